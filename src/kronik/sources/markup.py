"""XML that strangers wrote: decoded, mended where that is safe, and parsed without trust.

No entity is ever expanded and no document type is looked at; nothing is fetched. Time and memory
grow with the length of what is given, whatever it holds.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from html.entities import name2codepoint

from lxml import etree

from kronik.errors import EmptyInput, InputError

HEAD = 65_536
"""The bytes in which the outermost element must begin to be seen by ``root_name``."""
_MOST_HEAD = 16 * HEAD

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_CHARSETS = re.compile(r"ascii|utf-(8|16|32)|iso8859|cp\d|koi8|gb|big5|euc|shift|mac-")
"""Codecs that hold text and take a time that grows with its length, unlike punycode."""
_BEFORE_ROOT = re.compile(
    r"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE\b[^\[>]*(?:\[[^\]]*\]\s*)?>", re.S | re.I
)
_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_ENTITY = re.compile(r"<!ENTITY\b")
_CHARACTER = re.compile(r"""<!ENTITY\s+[\w.-]+\s+(?:"(?:&\#\w+;|[^"&%]?)"|'(?:&\#\w+;|[^'&%]?)')""")
_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(
    r"&(?:#(?:(?P<number>\d{1,7})|[xX](?P<hex>[\da-fA-F]{1,6}));"
    r"|(?!(?:amp|lt|gt|quot|apos);)(?:(?P<name>\w{1,31});)?)",
    re.A,
)
_CDATA, _CDATA_ENDS = "<![CDATA[", "]]>"


def root_name(body: bytes) -> str | None:
    """The local name of the outermost element, if these bytes open as XML does."""
    return _opening(_text(body[:HEAD]))[1]


def tree(body: bytes, where: str) -> tuple[etree._Element | None, str | None]:
    """The outermost element with all that could be read, and what is broken about it, by line.

    Bare ampersands, HTML's names of characters and control characters are mended silently: no word
    is lost by that. Raises ``InputError`` for a document that declares entities of more than a
    character: those are only ever used to blow up a reader.
    """
    if not body.strip():
        remedy = "look at it in a browser: its site may have moved it"
        raise EmptyInput("nothing in it", where=where, remedy=remedy)
    text = _text(body)
    head, _ = _opening(text)
    _refuse_entities(head, where)
    lines = "\n" * head.count("\n")
    whole = (lines + "".join(_mended(_ended(text[len(head) :])))).encode("utf-8")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(whole, parser)
    except etree.XMLSyntaxError as error:  # not even an element
        return None, f"line {error.lineno}: {error.msg}"
    fatal = parser.error_log.filter_from_fatals()
    return root, f"line {fatal[0].line}: {fatal[0].message.strip()}" if len(fatal) else None


@lru_cache(maxsize=1024)
def local(tag: object) -> str:
    """The name of a tag without its namespace; "" where that is declared nowhere or no address, and
    for what is no element: lxml tags references that could not be mended with a function."""
    try:
        return etree.QName(etree.Element(tag)).localname if isinstance(tag, str) else ""
    except ValueError:
        return ""


def _text(body: bytes) -> str:
    """The characters, by mark, declaration, UTF-8, or else as Windows wrote in the west."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body.decode(codec, "replace").removeprefix("\ufeff")
    declared = _DECLARED.match(body)
    for name in ([declared[1].decode()] if declared else []) + ["utf-8"]:
        try:
            if _CHARSETS.match(codecs.lookup(name).name):
                return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("cp1252", "replace")


def _opening(text: str) -> tuple[str, str | None]:
    """What stands before the outermost element, and its name."""
    at = 0
    while at < _MOST_HEAD and (before := _BEFORE_ROOT.match(text, at)):
        at = before.end()
    root = _NAME.match(text, at)
    return text[:at], root[1] if root else None


def _refuse_entities(head: str, where: str) -> None:
    if len(_ENTITY.findall(head)) > len(_CHARACTER.findall(head)):
        what = "it declares entities of its own, as an entity bomb does"
        remedy = "do not trust it; if you must, take the <!ENTITY ...> lines out and give the file"
        raise InputError(what, where=where, remedy=remedy)


def _ended(text: str) -> str:
    """Without a last text that was cut off: half of an address is another address."""
    whole = text.rstrip()
    return whole if whole.endswith(">") else whole[: max(0, whole.rfind("<"))]


def _mended(text: str) -> Iterator[str]:
    """The pieces of the text, with each ampersand that no XML parser would take made one."""
    first, *rest = _UNFIT.sub("", text).split(_CDATA)
    yield _REFERENCE.sub(_reference, first)
    for piece in rest:
        inside, end, after = piece.partition(_CDATA_ENDS)
        yield _CDATA + inside + end
        yield _REFERENCE.sub(_reference, after)


def _reference(found: re.Match[str]) -> str:
    name = found["name"]
    if found["number"] or found["hex"]:
        code = int(found["number"] or found["hex"], 10 if found["number"] else 16)
        return found[0] if code <= sys.maxunicode and not _UNFIT.match(chr(code)) else ""
    if name in name2codepoint:
        return f"&#{name2codepoint[name]};"
    return f"&amp;{name};" if name else "&amp;"
