"""Puts articles and rows on standard output in the form that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal

from rich.console import Console

from kronik import lang
from kronik.codebook import Codebook
from kronik.exchange import contract, table
from kronik.exchange.table import Row
from kronik.exchange.text import Line, People
from kronik.reasons import Ask
from kronik.types import Doc, Event, Lang, Versions

DocForm = Literal["text", "json", "jsonl"]
AnswerForm = Literal["text", "json"]
ENDLESS = 1_000_000
"""Columns of a file or pipe: evidence is never folded or cut there."""
RowForm = Literal["table", "json", "jsonl", "csv"]


def articles(
    docs: Iterable[Doc], form: DocForm, versions: Versions, ui: Lang, ask: Ask | None = None
) -> None:
    """Print each article as soon as it comes; ``ui`` is the language for people. With ``ask``,
    each event is told with the reasons for what it says."""
    if form == "text":
        people = _people(ui, ask)
        _print(line for doc in docs for line in people.lines(doc))
    else:
        write = contract.jsonl if form == "jsonl" else contract.json_array
        _put(write(contract.record(doc, versions, ask) for doc in docs))


def answer(doc: Doc, event: Event, ask: Ask, form: AnswerForm, ui: Lang) -> None:
    """Print one event of an article with the reasons for what it says."""
    if form == "text":
        _print(_people(ui, ask).event(doc, event))
    else:
        _put(contract.json_object(contract.answer(doc, event, ask)))


def rows(kind: type[Row], found: Iterator[Row], form: RowForm, most: int) -> None:
    """Print all rows, or ``most`` of them as a table, which says so where there are more."""
    if form == "table":
        Console(highlight=False).print(table.table(kind, islice(found, most)))
        if next(found, None):
            print(f"only {most} are shown: --limit shows more", file=sys.stderr)
    elif form == "csv":
        _put(table.csv_lines(kind, found))
    else:
        _put((contract.jsonl if form == "jsonl" else contract.json_array)(found))


def grid(titles: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Print a table of any values."""
    cells = ([(value,) for value in line] for line in lines)
    Console(highlight=False).print(table.grid(titles, cells))


def _people(ui: Lang, ask: Ask | None) -> People:
    console = _console()
    colour = console.is_terminal and not console.no_color
    names = {code: lang.get(code).name for code in lang.CODES}
    return People(Codebook.load(), ui, lang.get(ui).ui, names, colour, ask)


def _print(lines: Iterable[Line]) -> None:
    console = _console()
    for line in lines:
        console.print(line)


def _console() -> Console:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = ENDLESS
    return console


def _put(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line)
        sys.stdout.flush()
