"""JSONL: one article a line. A broken line is told by file, line and column; the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import msgspec

from kronik.errors import BadRecord, InputError, TooLarge
from kronik.sources.columns import RECORD, well_known
from kronik.types import Page

_AT = re.compile(r"\(byte (\d+)\)")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_BOM = b"\xef\xbb\xbf"
_LONGEST_LIST = 200


class _Keys(msgspec.Struct):
    text: str
    id: str | int | None = None


def records(
    lines: Iterable[bytes | None], where: str, columns: Mapping[str, str] | None = None
) -> Iterator[Page | InputError]:
    """A ``Page`` for each line, by its own id or ``where#line``; it was read from ``where:line``.

    Blank lines count, and are not read. ``None`` stands for a line that was too long to keep.
    ``columns`` give the keys of fields (``text`` -> ``isi``) that have other names; a record that
    has them is put into ours, and any other stays as it is.
    """
    for number, line in enumerate(lines, start=1):
        place = f"{where}:{number}"
        if line is None:
            remedy = "an article is never that long: look at what the line holds"
            yield TooLarge("a line of more bytes than a page may have", where=place, remedy=remedy)
        elif body := line.removeprefix(_BOM).strip():
            origin = f"{where}#{number}"
            if columns:
                yield _renamed(body, columns, origin, place)
            else:
                yield _record(body, origin, place)


def _renamed(body: bytes, columns: Mapping[str, str], origin: str, place: str) -> Page | BadRecord:
    """The record with its fields under our names; a broken one is told as any other."""
    try:
        said = msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _record(body, origin, place)
    key = columns.get("text", "text")
    if key not in said:
        there = ", ".join(said)[:_LONGEST_LIST] or "none"
        remedy = "give a key that there is: --map text=KEY"
        return BadRecord(f"no key {key!r}; there are {there}", where=place, remedy=remedy)
    ours = {field: said[key] for field, key in columns.items() if key in said}
    return _record(msgspec.json.encode(said | ours), origin, place)


def _record(body: bytes, origin: str, place: str) -> Page | BadRecord:
    try:
        keys = msgspec.json.decode(body, type=_Keys)
    except msgspec.ValidationError as error:
        return BadRecord(str(error), where=f"{place}:1", remedy=_remedy(body))
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
    return Page(sha256(body).hexdigest(), name, RECORD, body, where=place)


def _remedy(body: bytes) -> str:
    """What a record looks like; where a key is known to be that of the text, the option for it."""
    try:
        said = msgspec.json.decode(body, type=dict[str, object])
    except msgspec.DecodeError:  # no object at all
        said = {}
    if "text" not in said:
        for key in said:
            if key.lower() in well_known()["text"]:
                return f"name the key that holds it: --map text={key}"
    return 'a record is {"id": "...", "text": "..."} with title, published, url, outlet, lang'
