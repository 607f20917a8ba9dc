"""Which column of a table, or key of a record, holds which field of an article."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from importlib.resources import files

import msgspec

from kronik.errors import BadRecord, InputError, TooLarge
from kronik.types import Page

RECORD = "application/x-kronik-record+json"
_MOST_SHOWN = 30
_LONGEST_SHOWN = 60


@cache
def well_known() -> Mapping[str, tuple[str, ...]]:
    """The table ``columns.tsv``: field -> the names that columns with it have, the likeliest
    first."""
    table = files(__package__).joinpath("columns.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {field: tuple(names.split(",")) for field, names in rows}


def is_known(name: str) -> bool:
    """Whether columns of that name hold a field of articles."""
    return any(_plain(name) in names for names in well_known().values())


def choose(
    names: Sequence[str], given: Mapping[str, str], likely: str | None, where: str
) -> dict[str, int]:
    """Field -> number of its column: what is ``given``, else by its name.

    Raises ``InputError``, with the columns that there are and the option that mends it, for a given
    column that there is not, and where none holds the text: then ``likely`` is the one that may.
    """
    found: dict[str, int] = {}
    for field, name in given.items():
        if name not in names:
            raise _missing(name, names, field, where)
        found[field] = names.index(name)
    plain = [_plain(name) for name in names]
    for field, known in well_known().items():
        at = next((plain.index(name) for name in known if name in plain), None)
        if field not in found and at is not None and at not in found.values():
            found[field] = at
    if "text" not in found:
        remedy = f"name the column that holds it: --map text={likely or names[0]}"
        what = f"no column is known to hold the text; there are {_shown(names)}"
        raise InputError(what, where=where, remedy=remedy)
    return found


def longest(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str | None:
    """The column whose cells hold most: that of the text, as a rule."""
    held = dict.fromkeys(names, 0)
    for row in rows:
        for name, cell in zip(names, row, strict=False):
            held[name] += len(cell) if isinstance(cell, str | bytes) else 0
    return max(held, key=lambda name: held[name], default=None)


def page(cells: Mapping[str, object], where: str, number: int, limit: int) -> Page | InputError:
    """The record that a row tells, from field -> cell; the error of a row without a text."""
    place = f"{where}:{number}"
    said = {field: text for field in well_known() if (text := _text(cells.get(field)))}
    if "text" not in said:
        return BadRecord("the text is empty", where=place, remedy="leave the row out")
    body = msgspec.json.encode(said)
    if len(body) > limit:
        remedy = "an article is never that long: look at what the row holds"
        return TooLarge("a row of more bytes than a page may have", where=place, remedy=remedy)
    origin = said.get("id") or f"{where}#{number}"
    return Page(sha256(body).hexdigest(), origin, RECORD, body, where=place)


def _text(cell: object) -> str:
    """A cell as text, without half characters; empty where it says nothing."""
    if cell is None:
        return ""
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", errors="replace")
    said = str(cell)
    return said.encode(errors="replace").decode() if said.strip() else ""


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _missing(name: str, names: Sequence[str], field: str, where: str) -> InputError:
    what = f"no column {name!r}; there are {_shown(names)}"
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    remedy = f"give one that there is: --map {field}={near[0] if near else names[0]}"
    return InputError(what, where=where, remedy=remedy)


def _shown(names: Collection[str]) -> str:
    shown = ", ".join(name[:_LONGEST_SHOWN] for name in list(names)[:_MOST_SHOWN])
    left = len(names) - _MOST_SHOWN
    return f"{shown} and {left} more" if left > 0 else shown
