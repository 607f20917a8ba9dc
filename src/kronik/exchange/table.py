"""Rows of the store for people (table), for programs (JSON, JSONL) and for spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from kronik.exchange.guard import cell, printable
from kronik.exchange.ids import short
from kronik.exchange.times import minute
from kronik.store import ArticleRow, EventRow, PartyRow, QuoteRow, RefusalRow, SourceRow

Row = EventRow | QuoteRow | ArticleRow | RefusalRow | SourceRow

_SIDES = ("actors", "recipients")
_Lines = tuple[object, ...]
"""What stands in one cell, one thing a line; what is unknown is left out."""

_SHOWN: Mapping[type[Row], Mapping[str, Callable[[Any], _Lines]]] = {
    EventRow: {
        "published": lambda row: (row.published, row.outlet, short(row.id), _copy(row)),
        "who": lambda row: (_names(row.actors),),
        "did what": lambda row: (row.type, row.mode, row.status, _claim(row)),
        "to whom": lambda row: (_names(row.recipients),),
        "sentence": lambda row: (row.sentence,),
    },
    QuoteRow: {
        "published": lambda row: (row.published, row.outlet, _copy(row)),
        "speaker": lambda row: (row.speaker, row.office, row.country),
        "words": lambda row: (row.text,),
    },
    ArticleRow: {
        "published": lambda row: (row.published, short(row.id), _copy(row)),
        "outlet": lambda row: (row.outlet,),
        "lang": lambda row: (row.lang,),
        "title": lambda row: (row.title or row.source_id,),
        "quotes": lambda row: (row.quotes,),
        "events": lambda row: (row.events,),
    },
    RefusalRow: {
        "origin": lambda row: (row.origin,),
        "step": lambda row: (row.step,),
        "reason": lambda row: (row.reason, row.remedy),
    },
    SourceRow: {
        "source": lambda row: (row.name, row.url),
        "state": lambda row: (row.state,),
        "last poll": lambda row: (minute(row.polled_at),),
        "last new item": lambda row: (minute(row.last_item_at),),
        "items a day": lambda row: (f"{row.items_a_day_7} (7 d)", f"{row.items_a_day_30} (30 d)"),
        "failures": lambda row: (row.failures, row.last_failure),
    },
}


def table(kind: type[Row], rows: Iterable[Row]) -> Table:
    """What people look at first of each row."""
    shown = _SHOWN[kind]
    return grid(tuple(shown), ([show(row) for show in shown.values()] for row in rows))


def grid(titles: Sequence[str], lines: Iterable[Sequence[_Lines]]) -> Table:
    """A table, safe to print, of cells that may have several lines."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        least = len("2015-11-27") if title == "published" else None
        drawn.add_column(title, min_width=least, overflow="fold")
    for line in lines:
        drawn.add_row(*map(_print, line))
    return drawn


def csv_lines(kind: type[Row], rows: Iterable[Row]) -> Iterator[str]:
    """Every field of each row, a header first; lists are joined by "; ".

    A side of an event makes three columns, each in the order of its parties, with "" for
    what is unknown of one. Text that a spreadsheet would run as a formula, and such an item of
    a list, gets an apostrophe.
    """
    yield _csv(_columns(kind))
    for row in rows:
        yield _csv(_cells(row))


def _columns(kind: type[Row]) -> Iterator[str]:
    for field in fields(kind):
        yield field.name
        if field.name in _SIDES:
            yield from (f"{field.name}_country", f"{field.name}_sector")


def _cells(row: Row) -> Iterator[object]:
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name in _SIDES:
            yield _listed(party.name for party in value)
            yield _listed(party.country for party in value)
            yield _listed(party.sector for party in value)
        elif isinstance(value, tuple):
            yield _listed(value)
        else:
            yield cell(value) if isinstance(value, str) else value


def _listed(values: Iterable[str | None]) -> str:
    return "; ".join(cell(value or "") for value in values)


def _names(parties: tuple[PartyRow, ...]) -> str:
    return "; ".join(party.name or "" for party in parties)


def _csv(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _claim(row: EventRow) -> str | None:
    return f"says {row.claimed_by or 'somebody'}" if row.quote_id else None


def _copy(row: EventRow | QuoteRow | ArticleRow) -> str | None:
    return f"copy of {short(row.copy_of)}" if row.copy_of else None


def _print(lines: _Lines) -> Text:
    """A ``Text``, since Rich would take brackets in a string for markup."""
    return Text("\n".join(printable(str(line)) for line in lines if line is not None))
