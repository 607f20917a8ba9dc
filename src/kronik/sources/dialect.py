"""How the rows of a CSV file are written, told from its first lines, or that it is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from kronik.sources.columns import is_known, longest
from kronik.sources.delimited import Dialect, rows

_DELIMITERS = ",;\t|"
_ROWS = 50
"""Rows that are looked at."""
_FEWEST_ROWS = 3
"""Rows from which on a table is one whatever its columns are called."""
_FEWEST_FIT = 0.75
"""Share of rows with a cell for each name."""
_FEWEST_KNOWN = 0.5
"""The same, where one of the names is known."""
_LONGEST_NAME = 60
_ENDS_SENTENCE = re.compile(r"[.!?…]\W*$")
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


def dialect(opening: str, *, whole: bool, named: Collection[str] = ()) -> Dialect | None:
    """How a table is written that begins so; None where this is no table.

    A table opens with a row of names, and most rows below have as many cells. Where none of the
    names is ``named`` or well known, it takes more rows to tell it from prose.
    """
    first = opening.lstrip().partition("\n")[0]
    if first.startswith(("<", "{", "[")):
        return None
    best: tuple[float, Dialect | None] = (0.0, None)
    for mark in (mark for mark in _DELIMITERS if mark in first):
        for quoted in (True, False):
            names, *below = _sample(opening, Dialect(mark, quoted), whole) or [[]]
            names = [name.strip() for name in names]
            fit = _fit(names, below, whole, named)
            if fit > best[0]:
                best = fit, Dialect(mark, quoted, tuple(names), longest(names, below))
            if fit >= _FEWEST_FIT:  # quoted, as CSV is by its standard (RFC 4180)
                break
    return best[1]


def _sample(opening: str, form: Dialect, whole: bool) -> list[list[str]]:
    """Rows from the beginning, without the one that is cut off; a broken one has no cells."""
    lines = iter(_LINE.findall(opening))
    found = [row.cells for row in islice(rows(lines, form, len(opening)), _ROWS)]
    return found if whole or len(found) == _ROWS else found[:-1]


def _fit(
    names: Sequence[str], below: Sequence[Sequence[str]], whole: bool, named: Collection[str]
) -> float:
    """The share of rows that have a cell for each name; 0 where it takes more to call it a
    table."""
    if not _is_header(names):
        return 0.0
    known = any(name in named or is_known(name) for name in names)
    if not known and (len(below) < _FEWEST_ROWS or _is_prose(below)):
        return 0.0
    if not below:  # the first row may be longer than what is looked at
        return 0.0 if whole else 1.0
    fit = sum(map(bool, below)) / len(below)
    return fit if fit >= (_FEWEST_KNOWN if known else _FEWEST_FIT) else 0.0


def _is_header(names: Sequence[str]) -> bool:
    told = names[1:] if names and not names[0] else names  # an index has no name
    return (
        len(names) > 1
        and all(0 < len(name) <= _LONGEST_NAME and "\n" not in name for name in told)
        and not any(_ENDS_SENTENCE.search(name) for name in told)
        and len(set(names)) == len(names)
    )


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Whether every delimiter is followed by a space, as commas are in sentences."""
    return all(cell[:1].isspace() for row in rows for cell in row[1:])
