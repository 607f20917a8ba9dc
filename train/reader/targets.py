"""What the network should say of a window, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kronik.net.labels import RELATIONS, Labels
from kronik.net.words import Window
from kronik.types import Span
from train.reader.gold import GoldQuote, Role, Text

UNKNOWN = -100
"""Not labelled here: no loss."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """One cue, trigger or content at ``word``; ``filled`` are (relation, word) pairs that hold,
    ``asked`` the relations that were looked for."""

    word: int
    asked: tuple[int, ...]
    filled: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Targets:
    """A class for each word and layer, and the arcs."""

    layers: dict[str, Ints]
    rows: tuple[Row, ...]


class _Words:
    """Which words of a window a span of text covers."""

    def __init__(self, window: Window) -> None:
        self._starts = np.array([w.start for w in window.words])
        self._ends = np.array([w.end for w in window.words])

    def of(self, span: Span) -> range:
        first = int(np.searchsorted(self._ends, span.start, side="right"))
        last = int(np.searchsorted(self._starts, span.end, side="left"))
        return range(first, last)


def targets(text: Text, window: Window, labels: Labels) -> Targets:
    """The targets of one window of a labelled text."""
    size = len(window.words)
    blank = {name: np.full(size, UNKNOWN, np.int64) for name in labels.sizes}
    words = _Words(window)
    rows: list[Row] = []
    if text.entities is not None:
        blank["entity"][:] = 0
        for span, kind in text.entities:
            _tag(blank["entity"], words.of(span), labels.entity.index(f"B-{kind}"), 1)
    if text.quotes is not None:
        rows += _quotes(text.quotes, words, blank, labels)
    if text.events is not None:
        rows += _events(text, words, blank, labels)
    return Targets(blank, tuple(rows))


def _tag(layer: Ints, at: range, first: int, step: int) -> None:
    """Begin and inside tags; what is labelled already stays."""
    if len(at) and not layer[at.start : at.stop].any():
        layer[at.start] = first
        layer[at.start + 1 : at.stop] = first + step


def _quotes(
    quotes: Sequence[GoldQuote], words: _Words, layers: dict[str, Ints], labels: Labels
) -> list[Row]:
    layers["content"][:] = 0
    layers["cue"][:] = 0
    rows = []
    for quote in sorted(quotes, key=lambda q: q.span.start - q.span.end):
        content = words.of(quote.span)
        _tag(layers["content"], content, labels.content.index(f"B-{quote.manner}"), 1)
        roles = list(quote.speakers)
        if len(content):
            rows.append(_row(content.start, ("speaker",), roles, words))
        cue = words.of(quote.cue) if quote.cue else range(0)
        if len(cue):
            _tag(layers["cue"], cue, 1, 1)
            roles.append(Role("content", quote.span))
            rows.append(_row(cue.start, ("speaker", "content"), roles, words))
        _sectors(roles, words, layers, labels)
    return _merged(rows)


def _events(text: Text, words: _Words, layers: dict[str, Ints], labels: Labels) -> list[Row]:
    layers["trigger"][:] = 0
    rows = []
    for event in text.events or ():
        at = words.of(event.trigger)
        if not len(at):
            continue
        _tag(layers["trigger"], at, labels.trigger.index(event.type), 0)
        layers["trigger"][at.start + 1 : at.stop] = labels.trigger.index("I")
        mode = f"{event.type}/{event.mode}" if event.mode else "-"
        # a mode that the type does not have is an annotator's slip: no loss
        layers["mode"][at.start] = labels.mode.index(mode) if mode in labels.mode else UNKNOWN
        layers["status"][at.start] = labels.status.index(event.status)
        asked = ("actor", "recipient", "place", "date")
        rows.append(_row(at.start, asked, event.roles, words))
        _sectors(event.roles, words, layers, labels)
    return rows


def _sectors(roles: Sequence[Role], words: _Words, layers: dict[str, Ints], labels: Labels) -> None:
    for role in roles:
        if role.sector:
            for word in words.of(role.span):
                layers["sector"][word] = labels.sector.index(role.sector)


def _row(word: int, asked: Sequence[str], roles: Sequence[Role], words: _Words) -> Row:
    numbers = {name: RELATIONS.index(name) for name in asked}
    filled = [
        (numbers[r.relation], w) for r in roles if r.relation in numbers for w in words.of(r.span)
    ]
    return Row(word, tuple(numbers.values()), tuple(filled))


def _merged(rows: Sequence[Row]) -> list[Row]:
    """One row a word: a cue that introduces two stretches reports both."""
    found: dict[tuple[int, tuple[int, ...]], set[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault((row.word, row.asked), set()).update(row.filled)
    return [Row(word, asked, tuple(sorted(filled))) for (word, asked), filled in found.items()]
