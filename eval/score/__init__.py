"""Pure functions over gold and prediction. ``docs/evaluation.md`` defines every figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eval.nouns import Item, Reading
from eval.score import entities, events, pairs, quotes, statements, triggers
from eval.score.tally import Tallies

Scorer = Callable[[Item, Reading], Tallies]
"""The tallies of one item: sums over items give the figures of a set."""


def articles(item: Item, predicted: Reading) -> Tallies:
    """Events and quotes of one article."""
    return {**events.score(item.gold, predicted), **quotes.score(item.gold, predicted)}


def _quotes(item: Item, predicted: Reading) -> Tallies:
    return quotes.score(item.gold, predicted)


SCORERS: Mapping[str, Scorer] = {
    "articles": articles,
    "quotes": _quotes,
    "statements": statements.score,
    "pairs": pairs.score,
    "roots": events.roots,
    "entities": entities.score,
    "triggers": triggers.score,
}
