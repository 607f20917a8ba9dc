"""How much of a later text an earlier one has, and whether that makes it a copy.

The thresholds were chosen on labelled pairs of news articles; ``docs/copies.md`` tells how.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

RUN = 4
"""Words of a run: texts are compared by the runs of so many words that they share."""
LEAST = 0.45
"""A copy shares at least so much of its runs."""
PASSAGE = 15
"""So many words in a row that share no run are a passage that is new: a sentence or more."""
NEW = 0.15
"""Of a copy, no more than so much stands in new passages: a follow-up has more to say."""
FIGURES = 8
"""A copy has no more than so many figures of its own: else it is the same form, filled in anew, as
each day's prices are."""
UPDATE = 0.3
"""What stands at the address of another is a copy if it shares so much of its runs: a second page
of an article has its address, but another text."""

_WORD = re.compile(r"[^\W_]+")

Run = tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a text, without case, punctuation and typographic variants."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def runs(words: Sequence[str], width: int = RUN) -> list[Run]:
    """Every ``width`` words in a row, in order; of fewer words, those there are."""
    return [tuple(words[at : at + width]) for at in range(max(1, len(words) - width + 1))]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a later text has of an earlier one: ``shared`` of its runs; ``new`` is the share of its
    words that stand in new passages, and ``figures`` counts numbers that are new."""

    shared: float
    new: float
    figures: int

    @classmethod
    def of(
        cls,
        later: Sequence[str],
        earlier: Sequence[str],
        width: int = RUN,
        passage: int = PASSAGE,
    ) -> Self:
        """Compare the words of two texts, by runs of ``width`` words and passages of ``passage``
        words or more."""
        own, known = runs(later, width), set(runs(earlier, width))
        shared = sum(run in known for run in set(own)) / len(set(own))
        figures = {word for word in later if word[0].isdecimal()} - set(earlier)
        return cls(shared, _new(own, known, passage), len(figures))

    @property
    def copies(self) -> bool:
        """Whether the later text is a copy of the earlier one."""
        return self.shared >= LEAST and self.new <= NEW and self.figures <= FIGURES


def _new(own: Sequence[Run], known: set[Run], passage: int) -> float:
    """The share of words that stand in passages of which the other text has no run."""
    old = [False] * (len(own) + len(own[0]) - 1)
    for at, run in enumerate(own):
        if run in known:
            old[at : at + len(run)] = [True] * len(run)
    stretches = (len(list(words)) for found, words in groupby(old) if not found)
    return sum(size for size in stretches if size >= passage) / max(1, len(old))
