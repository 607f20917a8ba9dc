"""What kind of thing a file is, told from its first bytes and never from its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

from kronik.errors import BadRecord, BinaryInput
from kronik.sources.dialect import dialect

MediaType: TypeAlias = Literal[
    "text/html",
    "text/plain",
    "text/csv",
    "application/x-kronik-record+json",
    "application/xml",
    "application/warc",
    "application/vnd.apache.parquet",
]
"""``application/xml`` is a feed or sitemap; ``text/csv`` any table with a delimiter."""

HEAD = 65_536
"""How many bytes ``media_type`` wants to see."""
_PARQUET = b"PAR1"
_MOST_CONTROLS = 0.02
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1a\x1b")) + b"\x7f"
_WIDE = (
    (re.compile(re.escape(codecs.BOM_UTF16_LE) + rb"|(?:[\t\n\r -~]\0){16}"), "utf-16-le"),
    (re.compile(re.escape(codecs.BOM_UTF16_BE) + rb"|(?:\0[\t\n\r -~]){16}"), "utf-16-be"),
)
"""UTF-16 by its mark, or by the NULs between Latin letters."""
_PROLOGUE = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.S)
_HTML_OPENS = re.compile(r"<!doctype\s+html|<(?:html|body)\b", re.I)
_HTML_TAG = re.compile(
    r"<(p|div|br|h[1-6]|a\s+href|span|article|section|meta|title|table|ul)\b[^<>]*>", re.I
)
_FEED = re.compile(r"\s*<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.I)
_RECORD = re.compile(r'\s*\{\s*"')
_SPREAD_JSON = re.compile(r'\s*(?:\{[^\S\r\n]*[\r\n]\s*"|\[\s*\{\s*")')


@dataclass(frozen=True, slots=True)
class Magic:
    """The bytes by which a kind of binary file is known, and what its owner can do about it."""

    offset: int
    mark: bytes
    kind: str
    remedy: str


@cache
def magics() -> tuple[Magic, ...]:
    """The table ``magic.tsv``."""
    table = files(__package__).joinpath("magic.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return tuple(Magic(int(at), bytes.fromhex(mark), kind, mend) for at, mark, kind, mend in rows)


def media_type(head: bytes, where: str, named: Collection[str] = ()) -> MediaType:
    """The kind of the input that opens with ``head``, its first ``HEAD`` bytes or all of it.

    Columns ``named`` by the caller make a table of what might be prose.
    Raises ``BinaryInput`` for what is not text, and ``BadRecord`` for JSON that is not an object
    a line.
    """
    if head.startswith(_PARQUET):
        return "application/vnd.apache.parquet"
    wide = wide_encoding(head)
    if not wide:
        _refuse_binary(head, where)
    opening = head.decode(wide or "utf-8", errors="ignore").lstrip("\ufeff")
    if opening.startswith("WARC/"):
        return "application/warc"
    if _FEED.match(_PROLOGUE.sub("", opening)):
        return "application/xml"
    if _SPREAD_JSON.match(opening):
        remedy = "turn a list into lines with jq -c '.[]', one object with jq -c ."
        raise BadRecord("JSON spread over lines, not one object a line", where=where, remedy=remedy)
    if _is_records(opening):
        if wide:
            remedy = "turn it into UTF-8: iconv -f UTF-16 -t UTF-8"
            raise BadRecord("JSONL in UTF-16", where=where, remedy=remedy)
        return "application/x-kronik-record+json"
    if dialect(opening, whole=len(head) < HEAD, named=named):
        return "text/csv"
    return "text/html" if _is_html(opening) else "text/plain"


def wide_encoding(head: bytes) -> str | None:
    """The UTF-16 that a text of Latin letters is in, if it is."""
    return next((name for mark, name in _WIDE if mark.match(head)), None)


def _is_records(opening: str) -> bool:
    """Whether the first line or most lines open an object: one broken line may come first."""
    opens = [bool(_RECORD.match(line)) for line in opening.splitlines() if line.strip()]
    return bool(opens) and (opens[0] or 2 * sum(opens) >= len(opens))


def _is_html(opening: str) -> bool:
    bare = _PROLOGUE.sub("", opening)
    tags = {tag.lower() for tag in _HTML_TAG.findall(bare)}
    return bool(_HTML_OPENS.search(bare) or len(tags) >= 3 or (tags and bare.lstrip()[:1] == "<"))


def _refuse_binary(head: bytes, where: str) -> None:
    for magic in magics():
        if head.startswith(magic.mark, magic.offset):
            raise BinaryInput(f"{magic.kind}, not text", where=where, remedy=magic.remedy)
    remedy = "give a file with text in it, best in UTF-8"
    if b"\0" in head:
        raise BinaryInput("binary data: it holds NUL bytes", where=where, remedy=remedy)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > max(2, _MOST_CONTROLS * len(head)):
        what = f"binary data: {controls} of its first {len(head)} bytes are control characters"
        raise BinaryInput(what, where=where, remedy=remedy)
