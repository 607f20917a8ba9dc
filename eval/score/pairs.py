"""PLV: source and target are given, the root code of what links them is asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from eval.nouns import Event, Item, Pair, Party, Reading
from eval.score.match import touches
from eval.score.tally import Tallies, Tally, share
from kronik.types import Span

CODES = Path(__file__).parents[1] / "plv_codes.tsv"
QUADS = Path(__file__).parents[1] / "plv_quads.tsv"
ANY = "*"


def score(item: Item, predicted: Reading) -> Tallies:
    """Accuracy, and a tally a class for the macro-F1 of roots, of quads, and of plain types."""
    if item.pair is None:
        return {}
    event = choose(predicted.events, item.pair)
    gold, answer = item.pair.root, code(event)
    return {
        "pairs.accuracy": share([answer == gold]),
        "pairs.answered": share([answer is not None]),
        **_classes("pairs.root", answer, gold),
        **_classes("pairs.quad", quad(answer), item.pair.quad),
        **_classes("pairs.status_blind", code(event, ANY), gold),
    }


def choose(events: Sequence[Event], pair: Pair) -> Event | None:
    """The event that links source and target best; then the best-scored one; none without any."""
    return max(events, key=lambda event: (_links(event, pair), event.score), default=None)


def code(event: Event | None, status: str | None = None) -> str | None:
    """An event's type in PLV's code book, which asks for the status as well; see the table.

    ``status`` stands in for the event's own, ``*`` for none at all.
    """
    if event is None:
        return None
    table = _codes()
    status = status or event.status
    return table.get((event.type, status)) or table.get((event.type, ANY), event.type)


def quad(root: str | None) -> str | None:
    """PLV's "penta" code of one of its roots."""
    return None if root is None else _quads().get(root)


def _links(event: Event, pair: Pair) -> int:
    """How well the event's parties fit the pair, from both in their roles (4) to none (0)."""
    by_source = _meet(event.actors, pair.sources)
    at_target = _meet(event.recipients, pair.targets)
    if by_source and at_target:
        return 4
    if by_source and not event.recipients and _meet(event.actors, pair.targets):
        return 3  # a symmetric act has all its parties as actors
    if by_source or at_target:
        return 2
    anybody = (*event.actors, *event.recipients)
    return int(_meet(anybody, (*pair.sources, *pair.targets)))


def _meet(parties: Iterable[Party], spans: Sequence[Span]) -> bool:
    return any(touches(party.span, span) for party in parties for span in spans)


def _classes(group: str, answer: str | None, gold: str) -> Tallies:
    if answer == gold:
        return {f"{group}/{gold}": Tally(1, 1, 1)}
    wrong = {} if answer is None else {f"{group}/{answer}": Tally(0, 1, 0)}
    return {f"{group}/{gold}": Tally(0, 0, 1), **wrong}


@cache
def _codes() -> Mapping[tuple[str, str], str]:
    with CODES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {(row["type"], row["status"]): row["code"] for row in rows}


@cache
def _quads() -> Mapping[str, str]:
    with QUADS.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["quad"] for row in csv.DictReader(lines, delimiter="\t")}
