"""The likeliest lawful sequence of begin and inside tags, for several layers in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Tagging:
    """The chosen class of each word by layer, beside the probabilities it was chosen from.

    Class 0 is "outside"; odd classes begin a stretch, the even class after each goes on with it.
    """

    tags: Mapping[str, npt.NDArray[np.int64]]
    odds: Mapping[str, Floats]

    def runs(self, layer: str) -> list[range]:
        """The stretches of a layer, as ranges of words."""
        tags = self.tags[layer]
        begins = np.flatnonzero(tags % 2 == 1)
        found = []
        for start in begins.tolist():
            stop = start + 1
            while stop < len(tags) and tags[stop] == tags[start] + 1:
                stop += 1
            found.append(range(start, stop))
        return found

    def score(self, layer: str, run: range) -> float:
        """Mean probability that the words of a stretch are inside one at all."""
        inside = 1 - self.odds[layer][run.start : run.stop, 0]
        return round(float(inside.mean()), 4)

    def least(self, layer: str, run: range) -> float:
        """The same probability of its weakest word."""
        return float(1 - self.odds[layer][run.start : run.stop, 0].max())


def _lawful(classes: int) -> Floats:
    """Score of going from a class to the next: an inside tag follows its own kind only."""
    steps = np.zeros((classes, classes), np.float32)
    for inside in range(2, classes, 2):
        steps[:, inside] = NEVER
        steps[inside - 1, inside] = steps[inside, inside] = 0
    return steps


def best_tags(layers: Mapping[str, Floats]) -> Tagging:
    """Viterbi over probabilities (words, classes) of each layer, all layers side by side."""
    width = max(odds.shape[1] for odds in layers.values())
    count = len(next(iter(layers.values())))
    scores = np.full((count, len(layers), width), NEVER, np.float32)
    steps = np.full((len(layers), width, width), NEVER, np.float32)
    for i, odds in enumerate(layers.values()):
        classes = odds.shape[1]
        scores[:, i, :classes] = np.log(np.maximum(odds, 1e-9))
        steps[i, :classes, :classes] = _lawful(classes)
    scores[0, :, 2::2] = NEVER  # nothing to go on with before the first word
    back = np.zeros((count, len(layers), width), np.int64)
    best = scores[0]
    for word in range(1, count):
        ways = best[:, :, None] + steps
        back[word] = ways.argmax(axis=1)
        best = ways.max(axis=1) + scores[word]
    path = np.zeros((count, len(layers)), np.int64)
    path[-1] = best.argmax(axis=1)
    each = np.arange(len(layers))
    for word in range(count - 1, 0, -1):
        path[word - 1] = back[word, each, path[word]]
    return Tagging({name: path[:, i] for i, name in enumerate(layers)}, dict(layers))
