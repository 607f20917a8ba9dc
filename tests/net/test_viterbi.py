"""Tag sequences are lawful and the likeliest of the lawful."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kronik.net.viterbi import best_tags


def lawful(tags: tuple[int, ...]) -> bool:
    before = 0
    for tag in tags:
        if tag and tag % 2 == 0 and before not in (tag - 1, tag):
            return False
        before = tag
    return True


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_best_of_all_lawful_sequences(seed: int, words: int) -> None:
    odds = np.random.default_rng(seed).dirichlet(np.ones(5), words).astype(np.float32)
    other = np.random.default_rng(seed + 1).dirichlet(np.ones(3), words).astype(np.float32)
    tagging = best_tags({"a": odds, "b": other})

    def score(tags: tuple[int, ...]) -> float:
        return float(np.log(np.maximum(odds[np.arange(words), list(tags)], 1e-9)).sum())

    best = max((t for t in itertools.product(range(5), repeat=words) if lawful(t)), key=score)
    chosen = tuple(int(tag) for tag in tagging.tags["a"])
    assert lawful(chosen)
    assert abs(score(chosen) - score(best)) < 1e-4
    assert lawful(tuple(int(tag) for tag in tagging.tags["b"]))


def test_runs_end_where_the_kind_changes() -> None:
    tags = [0, 1, 2, 1, 3, 4, 0]
    odds = np.full((len(tags), 5), 0.01, np.float32)
    odds[np.arange(len(tags)), tags] = 0.96
    tagging = best_tags({"a": odds})
    assert tagging.runs("a") == [range(1, 3), range(3, 4), range(4, 6)]
    assert tagging.score("a", range(1, 3)) == 0.99
