"""JSONL: one article a line. A broken line is told by file, line and column; the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from kronik.errors import BadRecord, InputError, TooLarge
from kronik.types import Page

_AT = re.compile(r"\(byte (\d+)\)")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_BOM = b"\xef\xbb\xbf"


class _Keys(msgspec.Struct):
    text: str
    id: str | int | None = None


def records(lines: Iterable[bytes | None], where: str) -> Iterator[Page | InputError]:
    """A ``Page`` for each line, by its own id or ``where#line``; it was read from ``where:line``.

    Blank lines count, and are not read. ``None`` stands for a line that was too long to keep.
    """
    for number, line in enumerate(lines, start=1):
        place = f"{where}:{number}"
        if line is None:
            remedy = "an article is never that long: look at what the line holds"
            yield TooLarge("a line of more bytes than a page may have", where=place, remedy=remedy)
        elif body := line.removeprefix(_BOM).strip():
            yield _record(body, f"{where}#{number}", place)


def _record(body: bytes, origin: str, place: str) -> Page | BadRecord:
    try:
        keys = msgspec.json.decode(body, type=_Keys)
    except msgspec.ValidationError as error:
        remedy = 'a record is {"id": "...", "text": "..."} with title, published, url, outlet, lang'
        return BadRecord(str(error), where=f"{place}:1", remedy=remedy)
    except msgspec.DecodeError as error:
        at = _AT.search(str(error))
        column = len(body[: int(at[1])].decode(errors="replace")) if at else len(body.decode())
        what = _AT.sub("", str(error)).strip()
        if not at and body.endswith(b"}") and _HALF.search(body):
            what = "half of a surrogate pair, which is no character"
        remedy = "mend the line: one JSON object, closed, and no line break in it"
        return BadRecord(what, where=f"{place}:{column + 1}", remedy=remedy)
    except UnicodeDecodeError as error:
        what = f"a text that is not UTF-8 ({error.reason})"
        return BadRecord(what, where=place, remedy="turn the file into UTF-8: iconv -t UTF-8")
    except RecursionError:
        return BadRecord("objects nested too deeply", where=place, remedy="flatten the record")
    if not keys.text.strip():
        return BadRecord("the text is empty", where=place, remedy="leave the record out")
    own = "" if keys.id is None else str(keys.id)
    name = own if own.strip() else origin
    kind = "application/x-kronik-record+json"
    return Page(sha256(body).hexdigest(), name, kind, body, where=place)
