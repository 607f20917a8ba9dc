"""Bytes to characters, by what the bytes say and only then by what the page says of them."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_LOOKED_AT = 4096
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")


def decode(body: bytes) -> str:
    """The characters of a page. Never fails: a byte that means nothing becomes U+FFFD.

    A byte order mark decides; then whatever is valid UTF-8 is UTF-8, since other encodings
    hardly ever are by chance; then the charset declared; then Windows-1252, which is what
    browsers read Latin-1 as. UTF-8 with a few damaged bytes stays UTF-8.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken if broken else 0
    if broken <= whole // 4:
        return text
    return _declared(body) or body.decode("cp1252", errors="replace")


def _declared(body: bytes) -> str | None:
    match = _DECLARED.search(body[:_LOOKED_AT])
    if match is None or match[1].lower() in {b"iso-8859-1", b"latin-1", b"us-ascii"}:
        return None
    try:
        return body.decode(match[1].decode("ascii"))
    except (LookupError, UnicodeError):
        return None


def legible(text: str) -> str:
    """The text with ``\\n`` for every line break and without characters that cannot be seen:
    controls, zero-width ones, soft hyphens and marks of direction."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))
