"""What a lexicon says of each word."""

from __future__ import annotations

import numpy as np
import pytest

from kronik.net.hints import LONGEST_PHRASE, Hints, Senses
from kronik.net.words import WORD
from kronik.types import Span

TYPES = ("AGREE", "ASSAULT", "PROTEST")
INSIDE = len(TYPES)
PHRASES: dict[tuple[str, ...], Senses] = {
    ("serang",): (("ASSAULT", 0.75),),
    ("unjuk",): (("AGREE", 0.25),),
    ("unjuk", "rasa"): (("PROTEST", 1.0),),
    ("mogok",): (("PROTEST", 0.5), ("ASSAULT", 0.25)),
}
HINTS = Hints(PHRASES, TYPES)


def rows(text: str, hints: Hints = HINTS) -> list[dict[int, float]]:
    """By word: its columns that are not nil."""
    table = hints.of(text, [Span(*match.span()) for match in WORD.finditer(text)])
    assert table.dtype == np.float32
    return [{int(i): float(row[i]) for i in np.flatnonzero(row)} for row in table]


def test_a_word_has_the_weight_of_its_type() -> None:
    assert rows("Mereka serang kapal") == [{}, {1: 0.75}, {}]


def test_the_longest_phrase_wins_and_its_other_words_are_inside() -> None:
    assert rows("unjuk rasa lagi") == [{2: 1.0}, {INSIDE: 1.0}, {}]


def test_without_its_second_word_the_shorter_phrase_holds() -> None:
    assert rows("unjuk gigi") == [{0: 0.25}, {}]


def test_a_word_inside_a_phrase_begins_none() -> None:
    phrases = {**PHRASES, ("rasa",): (("AGREE", 1.0),)}
    assert rows("unjuk rasa rasa", Hints(phrases, TYPES)) == [{2: 1.0}, {INSIDE: 1.0}, {0: 1.0}]


def test_phrases_follow_one_another() -> None:
    assert rows("serang unjuk rasa serang") == [{1: 0.75}, {2: 1.0}, {INSIDE: 1.0}, {1: 0.75}]


@pytest.mark.parametrize("text", ["UNJUK RASA", "Unjuk Rasa", "unjuk\nrasa"])
def test_case_and_spacing_do_not_matter(text: str) -> None:
    assert rows(text) == [{2: 1.0}, {INSIDE: 1.0}]


def test_case_is_folded_as_unicode_says() -> None:
    assert rows("STRASSE Straße", Hints({("strasse",): (("AGREE", 1.0),)}, TYPES)) == [
        {0: 1.0},
        {0: 1.0},
    ]


def test_a_phrase_with_several_senses_gives_them_all() -> None:
    assert rows("mogok") == [{1: 0.25, 2: 0.5}]


def test_a_phrase_of_the_greatest_length_is_found() -> None:
    words = tuple("abcdef")
    assert len(words) == LONGEST_PHRASE
    table = rows("a b c d e f", Hints({words: (("AGREE", 1.0),)}, TYPES))
    assert table == [{0: 1.0}] + [{INSIDE: 1.0}] * 5


def test_an_empty_lexicon_says_nothing() -> None:
    hints = Hints({}, TYPES)
    assert hints.of("serang", [Span(0, 6)]).shape == (1, hints.width) == (1, 4)
    assert rows("serang kapal", hints) == [{}, {}]


def test_no_words_give_no_rows() -> None:
    assert HINTS.of("", []).shape == (0, HINTS.width)
