"""Bytes to characters, by what the bytes say and only then by what is said of them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kronik.types import Fetch

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = (
    (re.compile(rb"(?:[\t\n\r -~]\0){16}"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\n\r -~]){16}"), "utf-16-be"),
)
"""UTF-16 without a mark, by the NULs between Latin letters."""
_LABEL = r"""charset\s*=\s*["']?([\w.:-]+)"""
_SERVED = re.compile(_LABEL, re.I | re.A)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_LOOKED_AT = 4096
_GUESSED_BY = 20_000
_BETWEEN = (b"\n", b" ", b"<")
"""Bytes that are part of no longer character in any charset that is guessed."""
_LATIN = "cp1252"
_RUNS = re.compile(rb"[\x80-\xff]{2,}")
_FOREIGN = 0.5
"""Share of the bytes beyond ASCII that stand side by side, from which on they are no accented
letters and quotation marks between Latin ones."""
_MOST_LOST = 0.01
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")


def served(fetch: Fetch | None) -> str | None:
    """The charset that a page's server named in its Content-Type."""
    headers = fetch.headers if fetch else ()
    kinds = (value for name, value in headers if name.lower() == "content-type")
    labels = (label[1] for kind in kinds if (label := _SERVED.search(kind)))
    return next(labels, None)


def decode(body: bytes, served: str | None = None) -> str:
    """The characters of a page. Never fails: a byte that means nothing becomes U+FFFD.

    A byte order mark decides, and the NULs of UTF-16; then whatever is valid UTF-8 is UTF-8, since
    other encodings hardly ever are by chance; then the charset that the server named, ``served``;
    then the one that the page declares, both read as browsers do; then, where most letters are
    beyond ASCII, the likeliest; then Windows-1252. UTF-8 with a few damaged bytes stays UTF-8.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    if wide := next((name for mark, name in _UNMARKED if mark.match(body)), None):
        return body.decode(wide, errors="replace")
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken if broken else 0
    if broken <= whole // 4:
        return text
    for label in (served, _declared(body)):
        if label and (named := _named(body, label)):
            return named
    return body.decode(_likeliest(body), errors="replace")


def _declared(body: bytes) -> str | None:
    match = _DECLARED.search(body[:_LOOKED_AT])
    return match[1].decode("ascii") if match else None


@dataclass(frozen=True, slots=True)
class Charset:
    """What browsers read a codec of Python as (WHATWG Encoding), and whether it is tried unnamed.

    What is not in the table is no charset of web pages, or one that the bytes themselves tell.
    """

    read_as: str
    guessed: bool


@cache
def charsets() -> Mapping[str, Charset]:
    """The table ``charsets.tsv``, by the name of the codec."""
    table = files(__package__).joinpath("charsets.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {codec: Charset(read_as, guessed == "yes") for codec, read_as, guessed in rows}


def _named(body: bytes, label: str) -> str | None:
    """The characters in the charset of that name; None where it cannot be meant."""
    try:
        charset = charsets().get(codecs.lookup(label).name)
    except LookupError:
        return None
    if charset is None or (charset.read_as == _LATIN and _is_foreign(body)):
        return None  # Latin is what servers say that were not told
    text = body.decode(charset.read_as, errors="replace")
    return text if text.count("\ufffd") <= 1 + _MOST_LOST * len(text) else None


def _is_foreign(body: bytes) -> bool:
    looked_at = body[:_GUESSED_BY]
    beyond = len(looked_at) - len(looked_at.translate(None, bytes(range(0x80, 0x100))))
    return sum(map(len, _RUNS.findall(looked_at))) > _FOREIGN * beyond


def _likeliest(body: bytes) -> str:
    """The charset of letters beyond ASCII; Windows-1252 where they are few."""
    if not _is_foreign(body):
        return _LATIN
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to load, and seldom needed

    looked_at = body[:_GUESSED_BY]
    whole = max(looked_at.rfind(mark) for mark in _BETWEEN) if len(body) > _GUESSED_BY else -1
    tried = sorted(charset.read_as for charset in charsets().values() if charset.guessed)
    found = from_bytes(looked_at[:whole] if whole > 0 else looked_at, cp_isolation=tried).best()
    return found.encoding if found else _LATIN


def legible(text: str) -> str:
    """The text with ``\\n`` for every line break and without characters that cannot be seen:
    controls, zero-width ones, soft hyphens and marks of direction."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))
