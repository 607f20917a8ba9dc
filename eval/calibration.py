"""Whether scores mean what they say: of what is scored so high, how much is right?"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from eval.nouns import Event, Quote, Reading
from eval.score import events, quotes
from eval.score.tally import Tally, middle, resamples

EDGES = tuple(n / 10 for n in range(10))
"""Lower bounds of the bins, all of equal width; the last one holds 1.0 as well. These are also
the least scores at which precision and recall are taken."""
ECE = ".ece"

Call = TypeVar("Call", Event, Quote)
Sums = NDArray[np.float64]
"""A row a bin: how many predictions, the sum of their scores, how many are right."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Every prediction of one kind, as (score, whether it is right), and how many gold has."""

    calls: tuple[tuple[float, bool], ...] = ()
    gold: int = 0

    def __add__(self, other: Judged) -> Judged:
        return Judged(self.calls + other.calls, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions with scores from ``low`` on: how many, their mean score, the share right."""

    low: float
    count: int
    score: float
    right: float


Verdicts = Mapping[str, Judged]
"""``events`` and ``quotes``, of one article or of a set."""


def judge(gold: Reading, predicted: Reading) -> Verdicts:
    """An event is right where it hits in ``events.type_f1``, a quote where in ``quotes.f1``.

    Of several events of the same sentence and type those nearest to gold's triggers hit.
    """
    acts = Counter(p for p, _ in events.match(gold.events, predicted.events))
    said = Counter(p for p, _ in quotes.match(gold.quotes, predicted.quotes))
    return {
        "events": Judged(_calls(predicted.events, acts), len(gold.events)),
        "quotes": Judged(_calls(predicted.quotes, said), len(gold.quotes)),
    }


def pooled(articles: Iterable[Verdicts]) -> dict[str, Judged]:
    """What was judged in all articles together."""
    found: dict[str, Judged] = {}
    for article in articles:
        for kind, judged in article.items():
            found[kind] = found.get(kind, Judged()) + judged
    return found


def bins(judged: Judged) -> list[Bin]:
    """The bins that hold anything, from low to high."""
    return [
        Bin(low, int(count), score / count, right / count)
        for low, (count, score, right) in zip(EDGES, _sums(judged), strict=True)
        if count
    ]


def ece(judged: Judged) -> float | None:
    """Expected calibration error: |mean score - share right|, averaged over all predictions."""
    return float(_error(_sums(judged))) if judged.calls else None


def brier(judged: Judged) -> float | None:
    """Mean of (score - 1)² over right and score² over wrong predictions; 0 is best."""
    if not judged.calls:
        return None
    return sum((score - right) ** 2 for score, right in judged.calls) / len(judged.calls)


def trade(judged: Judged) -> list[tuple[float, Tally]]:
    """What is left, hit and gold, if all below a least score is left out."""
    rows = []
    for least in EDGES:
        kept = [right for score, right in judged.calls if score >= least]
        rows.append((least, Tally(sum(kept), len(kept), judged.gold)))
    return rows


def values(articles: Sequence[Verdicts]) -> dict[str, float | None]:
    """The calibration error of each kind, as a figure of the set."""
    return {kind + ECE: ece(judged) for kind, judged in pooled(articles).items()}


def intervals(articles: Sequence[Verdicts]) -> dict[str, tuple[float, float]]:
    """95 % interval of each figure, over the same resamples of articles as any other's."""
    if len(articles) < 2:
        return {}
    weights = list(resamples(len(articles)))
    found = {}
    for kind in articles[0]:
        sums = np.stack([_sums(article[kind]) for article in articles])
        drawn = [np.tensordot(weight, sums, axes=1) for weight in weights]
        errors = [float(_error(resample)) for resample in drawn if resample[:, 0].any()]
        if errors:
            found[kind + ECE] = middle(errors)
    return found


def _calls(predicted: Sequence[Call], matched: Counter[Call]) -> tuple[tuple[float, bool], ...]:
    """Of equal predictions as many are right as were matched."""
    seen: Counter[Call] = Counter()
    calls = []
    for one in predicted:
        seen[one] += 1
        calls.append((one.score, seen[one] <= matched[one]))
    return tuple(calls)


def _sums(judged: Judged) -> Sums:
    sums = np.zeros((len(EDGES), 3))
    for score, right in judged.calls:
        sums[bisect_right(EDGES, score) - 1] += 1, score, right
    return sums


def _error(sums: Sums) -> np.float64:
    count, score, right = sums.T
    return np.float64(np.abs(score - right).sum() / count.sum())
