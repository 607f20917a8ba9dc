"""What a score is worth: the judges of ``kronik.net.judge``, fitted on articles that the network
has not read, and the scores below which leaving out is better (F1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from eval.nouns import Item
from eval.records import reading
from eval.run import article
from eval.score import events, quotes
from kronik.exchange import contract
from kronik.kit import Kit
from kronik.types import Odds, Versions

FOLDS = 5
LEASTS = np.arange(0.1, 0.7, 0.02)
"""Least scores that are tried."""
AS_GOOD = 0.003
"""F1 so near to the best is as good: it would differ more on other articles."""
NOBODY = Versions("", "", "")


@dataclass(slots=True)
class Sample:
    """Marks of one kind: what each one's score is weighed from, whether it is right, and the
    number of its article; ``gold`` counts all that should have been found."""

    odds: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    article: list[int] = field(default_factory=list)
    gold: int = 0

    def add(self, odds: Odds, right: bool, number: int) -> None:
        """One more mark."""
        self.odds.append(dict(odds))
        self.right.append(right)
        self.article.append(number)


def samples(items: Sequence[Item], kit: Kit) -> tuple[Sample, Sample]:
    """All triggers and all quoted stretches that the network marks, right or not."""
    everything = replace(kit, settings=replace(kit.settings, min_score=0.0))
    triggers, contents = Sample(), Sample()
    for number, item in enumerate(items):
        doc = article(item, everything)
        found = reading(contract.record(doc, NOBODY), item)
        hit = {one.trigger for one, _ in events.match(item.gold.events, found.events)}
        acts = {event.trigger for event in found.events}
        for mark in doc.marks.triggers:
            if mark.span in acts:
                triggers.add(mark.odds, mark.span in hit, number)
        said = [one.span for one, _ in quotes.match(item.gold.quotes, found.quotes)]
        for content in doc.marks.contents:
            contents.add(content.odds, any(content.span.overlap(s) for s in said), number)
        triggers.gold += len(item.gold.events)
        contents.gold += len(item.gold.quotes)
    return triggers, contents


def judge(sample: Sample, strength: float) -> tuple[dict[str, float], float]:
    """Weights, and the least score at which F1 is best among articles left out of the fit.

    ``strength`` is the inverse of the penalty on the weights.
    """
    vectors = DictVectorizer(sparse=False)
    rows, right = vectors.fit_transform(sample.odds), np.array(sample.right)
    apart = np.zeros(len(right))
    for fit, rest in GroupKFold(FOLDS).split(rows, right, sample.article):
        apart[rest] = _fitted(rows[fit], right[fit], strength).predict_proba(rows[rest])[:, 1]
    model = _fitted(rows, right, strength)
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    least = _least({at: _f1(apart >= at, right, sample.gold) for at in LEASTS.tolist()})
    kept = apart >= least
    print(
        f"{len(right)} marks, {right.mean():.3f} right; left out of the fit: F1"
        f" {_f1(kept, right, sample.gold):.3f} at {least:.2f}, mean score {apart.mean():.3f}"
    )
    return {name: round(weight, 4) for name, weight in weights.items()}, round(least, 2)


def _least(f1: Mapping[float, float]) -> float:
    """The lowest score that is as good as the best: who wants less can ask for less."""
    return min(at for at, value in f1.items() if value >= max(f1.values()) - AS_GOOD)


def _fitted(rows: npt.NDArray[Any], right: npt.NDArray[Any], strength: float) -> LogisticRegression:
    # the feature "1" is the constant
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000)
    return model.fit(rows, right)


def _f1(kept: npt.NDArray[np.bool_], right: npt.NDArray[Any], gold: int) -> float:
    return float(2 * (kept & right).sum() / max(kept.sum() + gold, 1))
