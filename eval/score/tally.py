"""Counts that add up: what was hit, predicted and gold, per item and over a set."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MACRO = "_macro_f1"
ROUNDS = 1000
SEED = 20151127


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits among so many predicted and so many gold. A ratio over nothing is null."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hit + other.hit, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float | None:
        """Hits per predicted."""
        return self.hit / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Hits per gold."""
        return self.hit / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; for a share (``predicted == gold``) the share."""
        both = self.predicted + self.gold
        return 2 * self.hit / both if both else None


Tallies = Mapping[str, Tally]
"""By figure. ``name/CLASS`` holds one class of a figure that is averaged over classes."""


def multiset(predicted: Iterable[Hashable], gold: Iterable[Hashable]) -> Tally:
    """Equal members of two multisets: a thing predicted twice hits once where gold has it once."""
    left, right = Counter(predicted), Counter(gold)
    return Tally((left & right).total(), left.total(), right.total())


def share(verdicts: Iterable[bool]) -> Tally:
    """How many of the cases are right, as a tally whose F1 is that share."""
    cases = list(verdicts)
    return Tally(sum(cases), len(cases), len(cases))


def total(items: Iterable[Tallies]) -> dict[str, Tally]:
    """Sums by figure."""
    sums: dict[str, Tally] = {}
    for tallies in items:
        for name, tally in tallies.items():
            sums[name] = sums.get(name, Tally()) + tally
    return sums


def values(sums: Tallies) -> dict[str, float | None]:
    """F1 (or share) of every figure, and ``GROUP_macro_f1``: the mean over classes in gold."""
    figures: dict[str, float | None] = {}
    classes: dict[str, list[float]] = defaultdict(list)
    for name, tally in sums.items():
        group, slash, _ = name.partition("/")
        if not slash:
            figures[name] = tally.f1
        elif tally.gold:
            classes[group].append(tally.f1 or 0.0)
    for group, scores in classes.items():
        figures[group + MACRO] = sum(scores) / len(scores)
    return figures


def intervals(
    items: Sequence[Tallies], rounds: int = ROUNDS, seed: int = SEED
) -> dict[str, tuple[float, float]]:
    """95 % interval of every value: percentiles over ``rounds`` resamples of whole items."""
    if len(items) < 2:
        return {}
    names = sorted({name for tallies in items for name in tallies})
    empty = Tally()
    counts = np.zeros((len(items), len(names), 3))
    for row, tallies in enumerate(items):
        for column, name in enumerate(names):
            tally = tallies.get(name, empty)
            counts[row, column] = tally.hit, tally.predicted, tally.gold
    drawn: dict[str, list[float]] = defaultdict(list)
    for weights in resamples(len(items), rounds, seed):
        sums = np.tensordot(weights, counts, axes=1).astype(int)
        resampled = {name: Tally(*map(int, sums[i])) for i, name in enumerate(names)}
        for name, value in values(resampled).items():
            if value is not None:
                drawn[name].append(value)
    return {name: middle(found) for name, found in drawn.items()}


def resamples(size: int, rounds: int = ROUNDS, seed: int = SEED) -> Iterator[NDArray[np.intp]]:
    """How often each of so many items is drawn, round after round; the same for the same seed."""
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        yield np.bincount(rng.integers(size, size=size), minlength=size)


def middle(drawn: Sequence[float]) -> tuple[float, float]:
    """From the 2.5th to the 97.5th percentile."""
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
