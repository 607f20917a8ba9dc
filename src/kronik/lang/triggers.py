"""The trigger lexicon of a language: phrases that can express an event, with their types.

It stands apart from the ``Pack`` because it is large, and only the language being read needs it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from kronik.lang.tables import Tables, damaged

Senses = tuple[tuple[str, float], ...]
"""PLOVER types that a phrase can mean, each with how likely that is (0 to 1) where the phrase is
met in political news."""
Triggers = Mapping[tuple[str, ...], Senses]
"""Senses of each phrase, which is given as its case-folded words."""

COLUMNS = ("phrase", "type", "mode", "weight", "example")
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*|[^\w\s\u200b-\u200f\u2060\ufeff]|_")
"""A word of a phrase, cut as the network cuts words (``kronik.net.words``)."""


def load(data: Tables) -> Triggers:
    """Read ``triggers.tsv``; its modes and examples are for people and tests. Raises
    ``InstallError`` naming what is amiss."""
    senses: dict[tuple[str, ...], dict[str, float]] = {}
    for phrase, kind, _, weight, _ in data.lines("triggers.tsv", "triggers", COLUMNS):
        known = senses.setdefault(tuple(WORD.findall(phrase)), {})
        try:
            known[kind] = max(float(weight), known.get(kind, 0.0))
        except ValueError:
            what = f"weight {weight!r} of {phrase!r} is no number"
            raise damaged("triggers.tsv", "triggers", what) from None
    return MappingProxyType({words: tuple(known.items()) for words, known in senses.items()})
