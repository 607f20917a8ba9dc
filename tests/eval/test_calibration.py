"""Whether scores are worth what they say, on predictions whose scores are known."""

from dataclasses import replace

import pytest

from eval import calibration
from eval.calibration import Bin, Judged
from eval.score import events, quotes
from eval.score.tally import Tally
from kronik.types import Span
from tests.eval.hand import ATTACK, CRITICISM, DIRECT, GOLD, INDIRECT, RECALL, reading

FOUR = Judged(((0.1, False), (0.62, True), (0.68, False), (1.0, True)), gold=5)


def test_predictions_are_right_where_f1_counts_them():
    wrong_type, elsewhere = replace(ATTACK, type="AID"), replace(RECALL, sentence=-1)
    wrong_place = replace(DIRECT, span=Span(0, 9), score=0.25)
    predicted = reading((ATTACK, wrong_type, elsewhere, CRITICISM), (wrong_place, INDIRECT))
    judged = calibration.judge(GOLD, predicted)
    assert [right for _, right in judged["events"].calls] == [True, False, False, True]
    assert judged["quotes"] == Judged(((0.25, False), (1.0, True)), gold=2)


def test_of_equal_predictions_one_is_right():
    near = replace(ATTACK, score=0.4)
    far = replace(ATTACK, trigger=GOLD.sentences[2], score=0.9)
    for predicted in ((far, near), (near, near)):
        calls = calibration.judge(GOLD, reading(predicted))["events"].calls
        assert [right for _, right in calls].count(True) == 1
    assert calibration.judge(GOLD, reading((far, near)))["events"].calls[1] == (0.4, True)


def test_without_a_least_score_the_trade_is_what_f1_says():
    predicted = reading((ATTACK, ATTACK, replace(RECALL, type="AID")), (DIRECT, DIRECT))
    judged = calibration.judge(GOLD, predicted)
    first = {kind: calibration.trade(found)[0] for kind, found in judged.items()}
    assert first == {
        "events": (0.0, events.score(GOLD, predicted)["events.type_f1"]),
        "quotes": (0.0, quotes.score(GOLD, predicted)["quotes.f1"]),
    }


def test_bins_hold_their_lower_bound_and_the_last_one_holds_certainty():
    assert calibration.bins(FOUR) == [
        Bin(0.1, 1, 0.1, 0.0),
        Bin(0.6, 2, pytest.approx(0.65), 0.5),
        Bin(0.9, 1, 1.0, 1.0),
    ]
    edges = Judged(tuple((n / 10, True) for n in range(10)))
    assert [(found.low, found.count) for found in calibration.bins(edges)] == [
        (n / 10, 1) for n in range(10)
    ]


def test_the_calibration_error_weighs_bins_by_what_they_hold():
    assert calibration.ece(FOUR) == pytest.approx((0.1 + 2 * 0.15 + 0.0) / 4)


def test_the_brier_score_is_the_mean_square():
    squares = 0.1**2 + 0.38**2 + 0.68**2 + 0.0
    assert calibration.brier(FOUR) == pytest.approx(squares / 4)


def test_a_least_score_drops_what_is_below_it_and_no_more():
    rows = dict(calibration.trade(Judged(((0.3, True), (0.29, False), (0.9, True)), gold=4)))
    assert list(rows) == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    assert rows[0.2] == Tally(2, 3, 4)
    assert rows[0.3] == Tally(2, 2, 4)
    assert rows[0.9] == Tally(1, 1, 4)


def test_nothing_predicted_has_no_error():
    nothing = Judged((), gold=3)
    assert (calibration.ece(nothing), calibration.brier(nothing)) == (None, None)
    assert calibration.bins(nothing) == []
    assert calibration.intervals([{"events": nothing}] * 3) == {}


def test_articles_are_pooled_before_anything_is_averaged():
    low, high = Judged(((0.55, True),), 1), Judged(((0.55, False),), 2)
    articles = [{"events": low}, {"events": high}]
    assert calibration.pooled(articles) == {"events": Judged(((0.55, True), (0.55, False)), 3)}
    assert calibration.values(articles) == {"events.ece": pytest.approx(0.05)}


def test_intervals_hold_the_figure_repeat_and_close_on_certainty():
    articles = [{"quotes": Judged(((0.9, number % 2 == 0),), 1)} for number in range(60)]
    low, high = calibration.intervals(articles)["quotes.ece"]
    assert 0.2 < low < 0.4 < high < 0.6
    assert calibration.intervals(articles) == calibration.intervals(articles)
    alike = [{"quotes": Judged(((0.75, True),), 1)}] * 5
    assert calibration.intervals(alike)["quotes.ece"] == pytest.approx((0.25, 0.25))


def test_one_article_has_no_interval():
    assert calibration.intervals([{"events": FOUR}]) == {}
