"""Rows of CSV: a broken one is told by its line, and the next line begins the next row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Rows are bounded before csv sees them; its own limit to a cell is 128 KiB.
csv.field_size_limit(1 << 30)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What stands between cells, and whether quotation marks hold cells together."""

    delimiter: str
    quoted: bool
    names: tuple[str, ...] = ()
    longest: str | None = None
    """The column whose cells hold most: that of the text, as a rule."""

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The rows of lines; raises ``csv.Error`` at a broken one, and can be read on."""
        if self.quoted:
            return csv.reader(lines, delimiter=self.delimiter, strict=True)
        return csv.reader(
            lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, quotechar=None, strict=True
        )


@dataclass(frozen=True, slots=True)
class Row:
    """Cells with the number of their row, the header being 1, and of the line it begins in."""

    number: int
    line: int
    cells: list[str]
    broken: str | None = None
    """Why it has no cells."""


def rows(lines: Iterator[str | None], form: Dialect, limit: int) -> Iterator[Row]:
    """Every row with a cell for each of the first, and what is amiss with the others.

    ``None`` stands for a line too long to keep; so is a row of more than ``limit`` characters.
    """
    feed = _Feed(lines, limit)
    reader = form.reader(feed)
    number, width = 0, 0
    while True:
        feed.mark()
        begins = feed.line + 1
        try:
            cells = next(reader)
            width = width or len(cells)
            fits = len(cells) in {0, width}
            broken = None if fits else f"{len(cells)} cells, and there are {width} columns"
        except StopIteration:
            return
        except csv.Error as error:
            cells, broken = [], str(error)
        number += 1
        if broken:
            feed.back()
            yield Row(number, begins, [], broken)
        elif cells:
            yield Row(number, begins, cells)


class _Feed:
    """Lines for one row after another, which can begin again behind the first line of a row."""

    def __init__(self, lines: Iterator[str | None], limit: int) -> None:
        self._lines = lines
        self._limit = limit
        self._again: deque[str | None] = deque()
        self._taken: list[str | None] = []
        self._held = 0
        self.line = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.line += 1
        self._taken.append(line)
        if line is None:
            raise csv.Error("a line of more bytes than a page may have")
        self._held += len(line)
        if self._held > self._limit:
            raise csv.Error(f"more than {self._limit:,} characters, or a quotation mark too many")
        return line

    def mark(self) -> None:
        """A row begins here."""
        self._taken.clear()
        self._held = 0

    def back(self) -> None:
        """Give the lines of this row again, but for the first."""
        self.line -= len(self._taken[1:])
        self._again.extendleft(reversed(self._taken[1:]))
