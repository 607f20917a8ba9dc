"""How sure a mark is: the network's odds for it, weighed into one score.

The network's own probabilities say less than they seem to: of what it gives .7, not 7 in 10 are
right. A logistic regression over them, fitted on articles that the network has not read (Platt
1999; ``train/reader/judges.py``), makes a score of .8 right about 8 times in 10.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from kronik.types import Odds

EDGE = 1e-6
"""Probabilities are kept this far from 0 and 1, so that their logits are finite."""
PLAIN: Mapping[str, float] = {"odds": 1.0}


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights by name; a name without one counts nothing. ``PLAIN`` believes the network."""

    weights: Mapping[str, float] = field(default_factory=lambda: PLAIN)

    def score(self, odds: Odds) -> float:
        """Probability that a mark with these odds is right, to four digits."""
        total = math.fsum(self.weights.get(name, 0.0) * value for name, value in odds)
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


@dataclass(frozen=True, slots=True)
class Judges:
    """One for each kind of mark that gets a score of its own."""

    trigger: Judge = field(default_factory=Judge)
    content: Judge = field(default_factory=Judge)


def logit(probability: float) -> float:
    """Log odds."""
    kept = min(max(probability, EDGE), 1 - EDGE)
    return math.log(kept / (1 - kept))
