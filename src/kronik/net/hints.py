"""What a lexicon of trigger phrases says of each word, as numbers for the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kronik.types import Span

Floats = npt.NDArray[np.float32]
Senses = tuple[tuple[str, float], ...]
"""Event types that a phrase can be the trigger of, each with how likely that is."""

LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Hints:
    """Looks phrases up. ``types`` are the columns; one more column marks words inside a phrase.

    A word gets the senses of the longest phrase that begins with it.
    """

    phrases: Mapping[tuple[str, ...], Senses]
    types: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many numbers each word gets."""
        return len(self.types) + 1

    def of(self, text: str, words: Sequence[Span]) -> Floats:
        """(words, width): weight of each type at a phrase's first word; 1 inside a phrase."""
        table = np.zeros((len(words), self.width), np.float32)
        if not self.phrases:
            return table
        forms = [word.of(text).casefold() for word in words]
        at = 0
        while at < len(forms):
            size, senses = self._longest(forms, at)
            for kind, weight in senses:
                table[at, self.types.index(kind)] = weight
            table[at + 1 : at + size, -1] = 1
            at += max(size, 1)
        return table

    def _longest(self, forms: Sequence[str], at: int) -> tuple[int, Senses]:
        for size in range(min(LONGEST_PHRASE, len(forms) - at), 0, -1):
            senses = self.phrases.get(tuple(forms[at : at + size]))
            if senses:
                return size, senses
        return 0, ()
