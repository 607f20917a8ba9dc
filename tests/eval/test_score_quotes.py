"""Quote figures on predictions whose scores are known."""

from dataclasses import replace

import pytest

from eval.nouns import Party
from eval.score import quotes
from eval.score.tally import Tally
from kronik.types import Span
from tests.eval.hand import DIRECT, GOLD, INDIRECT, at, reading


def test_gold_against_itself_is_perfect_everywhere():
    scores = quotes.score(GOLD, GOLD)
    assert {name: tally.f1 for name, tally in scores.items()} == dict.fromkeys(scores, 1.0)
    assert scores["quotes.f1"] == Tally(2, 2, 2)
    assert scores["quotes.direct_f1"] == scores["quotes.indirect_f1"] == Tally(1, 1, 1)


def test_nothing_predicted_hits_nothing():
    scores = quotes.score(GOLD, reading())
    assert scores["quotes.f1"] == Tally(0, 0, 2)
    assert scores["quotes.speaker"].f1 is None


def test_a_duplicate_counts_as_predicted_and_hits_once():
    assert quotes.score(GOLD, reading(quotes=(DIRECT, DIRECT)))["quotes.f1"] == Tally(1, 2, 2)


def test_half_of_a_quote_matches_and_less_does_not():
    start, length = DIRECT.span.start, DIRECT.span.end - DIRECT.span.start
    assert length % 2 == 0
    half = replace(DIRECT, span=Span(start, start + length // 2))
    less = replace(DIRECT, span=Span(start, start + length // 2 - 1))
    assert quotes.score(GOLD, reading(quotes=(half,)))["quotes.f1"].hit == 1
    assert quotes.score(GOLD, reading(quotes=(less,)))["quotes.f1"].hit == 0


def test_a_shifted_quote_matches_by_the_longer_one_alone():
    length = DIRECT.span.end - DIRECT.span.start
    shift = length * 2 // 5
    moved = replace(DIRECT, span=Span(DIRECT.span.start + shift, DIRECT.span.end + shift))
    scores = quotes.score(GOLD, reading(quotes=(moved,)))
    assert (scores["quotes.f1"].hit, scores["quotes.of_longer_f1"].hit) == (0, 1)


def test_a_wrong_manner_costs_manner_and_its_class_only():
    scores = quotes.score(GOLD, reading(quotes=(replace(DIRECT, manner="indirect"), INDIRECT)))
    assert scores["quotes.f1"] == Tally(2, 2, 2)
    assert scores["quotes.manner"] == Tally(1, 2, 2)
    assert scores["quotes.direct_f1"] == Tally(0, 0, 1)
    assert scores["quotes.indirect_f1"] == Tally(1, 2, 1)


def test_a_wrong_speaker_costs_speaker_and_attribution():
    wrong = replace(DIRECT, speaker=Party(at("Kami"), "Kami"))
    scores = quotes.score(GOLD, reading(quotes=(wrong, INDIRECT)))
    assert scores["quotes.speaker"] == Tally(1, 2, 2)
    assert scores["quotes.attributed_f1"] == Tally(1, 2, 2)


def test_a_cue_is_right_where_it_shares_a_character_or_neither_has_one():
    missing, short = replace(DIRECT, cue=None), replace(INDIRECT, cue=at("nyata"))
    assert quotes.score(GOLD, reading(quotes=(missing, short)))["quotes.cue"] == Tally(1, 2, 2)
    assert quotes.score(reading(quotes=(missing,)), reading(quotes=(missing,)))["quotes.cue"].hit


ELSEWHERE = Span(0, 3)


@pytest.mark.parametrize(
    ("predicted", "right"),
    [
        (Party(at("Rukma Dewanti")), True),
        (Party(ELSEWHERE, "RUKMA"), True),
        (Party(None, "Menteri Rukma Dewanti, S.H."), True),
        (Party(ELSEWHERE, "Rukma Sari"), False),
        (Party(ELSEWHERE, ""), False),
        (Party(None, None), False),
        (None, False),
    ],
)
def test_a_speaker_is_right_by_place_or_by_name(predicted: Party | None, right: bool):
    assert quotes.speaker_right(predicted, DIRECT.speaker) is right


def test_no_speaker_is_right_where_gold_has_none():
    assert quotes.speaker_right(None, None)
    assert not quotes.speaker_right(Party(ELSEWHERE, "Rukma"), None)
