"""What a network might say, written by hand: probabilities by class, arcs by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kronik.net.decode import Floats, Read
from kronik.net.labels import RELATIONS, Labels
from kronik.net.words import Window
from kronik.types import Span

LABELS = Labels(
    content=("O", "B-direct", "I-direct", "B-indirect", "I-indirect"),
    cue=("O", "B-cue", "I-cue"),
    entity=("O", "B-PER", "I-PER"),
    trigger=("O", "I", "AGREE", "ASSAULT", "PROTEST"),
    mode=("-", "ASSAULT/beat", "ASSAULT/firearms", "PROTEST/riot"),
    status=("actual", "future"),
    sector=("UNK", "GOV", "MIL"),
)
STEP = 5
"""Every word has four characters and a space after it."""

Odds = Mapping[tuple[str, int], Mapping[str, float]]
"""(layer, word) -> probability by class; the first class of the layer takes the rest."""
Arcs = Mapping[tuple[str, int, int], float]
"""(relation, from word, to word) -> probability; every other is nil."""


def span(first: int, last: int | None = None) -> Span:
    """Where these words stand, both in."""
    return Span(first * STEP, (first if last is None else last) * STEP + STEP - 1)


def read(
    sentences: Sequence[int], odds: Odds, arcs: Arcs | None = None, *, first_word: int = 0
) -> Read:
    """One window, of which ``sentences`` gives the sentence of each word.

    Words are counted through the whole text; ``first_word`` is the window's first.
    """
    count = len(sentences)
    layers = [_logits(name, odds, range(first_word, first_word + count)) for name in LABELS.sizes]
    table = np.full((len(RELATIONS), count, count), -30, np.float32)
    for (relation, start, end), chance in (arcs or {}).items():
        place = RELATIONS.index(relation), start - first_word, end - first_word
        table[place] = np.log(chance / (1 - chance))
    hints = np.zeros((count, len(LABELS.trigger) - 1), np.float32)
    return Read(window(sentences, first_word), np.concatenate(layers, axis=1), table, hints)


def window(sentences: Sequence[int], first_word: int = 0) -> Window:
    """The window alone; a word is one piece."""
    places = np.arange(1, len(sentences) + 1)
    words = tuple(span(first_word + i) for i in range(len(sentences)))
    return Window(np.arange(len(sentences) + 2), places, places, words, np.asarray(sentences))


def _logits(layer: str, odds: Odds, words: range) -> Floats:
    classes: tuple[str, ...] = getattr(LABELS, layer)
    table = np.zeros((len(words), len(classes)), np.float32)
    for row, word in enumerate(words):
        for name, chance in odds.get((layer, word), {}).items():
            table[row, classes.index(name)] = chance
        table[row, 0] = 1 - table[row, 1:].sum()
    return np.log(np.maximum(table, np.float32(1e-9)))
