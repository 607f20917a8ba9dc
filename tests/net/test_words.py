"""Words and windows cover the text, whatever it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.net.reader import WEIGHTS
from kronik.net.words import WORD, Pieces, windows
from kronik.types import Span


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces.load(WEIGHTS / "tokenizer.json")


def lines(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


@given(text=st.text(max_size=400), size=st.integers(12, 60))
def test_windows_hold_every_word_once(pieces: Pieces, text: str, size: int) -> None:
    sentences = lines(text)
    cut = windows(text, sentences, pieces, size)
    words = [word for window in cut for word in window.words]
    expected = [
        Span(*match.span()) for s in sentences for match in WORD.finditer(text, s.start, s.end)
    ]
    assert words == expected
    for window in cut:
        assert len(window.first) == len(window.last) == len(window.words) == len(window.sentence)
        assert (window.first <= window.last).all()
        assert (np.diff(window.sentence) >= 0).all()
        assert window.last.max(initial=0) < len(window.pieces)


def test_windows_stay_within_their_size(pieces: Pieces) -> None:
    text = "\n".join("Menteri itu bertemu gubernur di kantor bupati." for _ in range(60))
    cut = windows(text, lines(text), pieces, 64)
    sizes = [len(window.pieces) for window in cut]
    assert max(sizes) <= 64
    assert min(sizes) >= 24, "an even share leaves no window with a lone sentence"


def test_a_word_knows_its_space(pieces: Pieces) -> None:
    assert pieces.of(" Jakarta") != pieces.of("Jakarta")
    assert len(pieces.of(" " + "a" * 5000)) < 60


def test_a_sentence_too_long_is_cut_into_parts(pieces: Pieces) -> None:
    text = "kata " * 500
    cut = windows(text, [Span(0, len(text))], pieces, 100)
    assert sum(len(window.words) for window in cut) == 500
    assert {int(n) for window in cut for n in window.sentence} == {0}
