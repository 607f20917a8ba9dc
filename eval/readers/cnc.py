"""Causal News Corpus, subtask 2: a folder of CSV, a sentence with one cause and effect a line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from eval.nouns import Act, Item, Reading
from eval.readers import english
from kronik.types import Span

FILES = ("train_subtask2.csv", "dev_subtask2.csv")
TAG = re.compile(r"<(/?)(ARG[01]|SIG\d)>")
KINDS = {"ARG0": "cause", "ARG1": "effect"}
"""Signals, the words that link the two, are no acts."""
TOKEN = re.compile(r"\S+")

Argument = tuple[Span, str]


def read(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """One item a sentence, with the arguments of all its relations; equal ones are one.

    Lost: lines without an argument, or whose marked sentence has other words than the sentence.
    """
    texts: dict[str, str] = {}
    arguments: dict[str, set[Argument]] = {}
    for row in _rows(path):
        text, found = _arguments(row.get("text_w_pairs") or "")
        key = f"{row.get('doc_id')}_{row.get('sent_id')}"
        if not found:
            lost["no cause and no effect"] += 1
        elif text != row.get("text") or text != texts.get(key, text):
            lost["marks do not fit the sentence"] += 1
        else:
            texts[key] = text
            arguments.setdefault(key, set()).update(found)
    for key, text in texts.items():
        yield _item(key, text, sorted(arguments[key]))


def _rows(path: Path) -> Iterator[Mapping[str, str | None]]:
    for file in (path / name for name in FILES):
        if file.exists():
            with file.open(encoding="utf-8-sig", newline="") as lines:
                yield from csv.DictReader(lines)


def _item(name: str, text: str, arguments: Iterable[Argument]) -> Item:
    """The sentence as print has it; an argument that ends within a token takes it whole."""
    tokens = [Span(*match.span()) for match in TOKEN.finditer(text)]
    printed, where = english.printed([token.of(text) for token in tokens])
    acts = tuple(
        Act(kind, english.cover(where, [i for i, t in enumerate(tokens) if t.overlap(span)]))
        for span, kind in arguments
    )
    return Item(name, printed, "en", Reading((Span(0, len(printed)),)), acts=acts)


def _arguments(marked: str) -> tuple[str, list[Argument]]:
    """The sentence without its tags, and where its arguments stand in it."""
    parts: list[str] = []
    opened: dict[str, int] = {}
    found: list[Argument] = []
    length = last = 0
    for tag in TAG.finditer(marked):
        parts.append(marked[last : tag.start()])
        length += tag.start() - last
        last = tag.end()
        closing, name = tag.groups()
        if not closing:
            opened[name] = length
        elif name in KINDS and opened.get(name, length) < length:
            found.append((Span(opened.pop(name), length), KINDS[name]))
    return "".join(parts) + marked[last:], found
