"""Counts that add up, their averages and their intervals."""

import pytest

from eval.score.tally import Tally, intervals, multiset, share, total, values


def test_a_ratio_over_nothing_is_null():
    assert (Tally().precision, Tally().recall, Tally().f1) == (None, None, None)


def test_nothing_hit_is_zero_and_not_null():
    assert Tally(0, 2, 3).f1 == 0.0


def test_f1_is_the_harmonic_mean_of_both_sides():
    tally = Tally(2, 4, 3)
    precision, recall = 2 / 4, 2 / 3
    assert (tally.precision, tally.recall) == (precision, recall)
    assert tally.f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_thing_predicted_twice_hits_once():
    assert multiset(["a", "a"], ["a"]) == Tally(1, 2, 1)
    assert multiset(["a", "a"], ["a", "a"]) == Tally(2, 2, 2)


def test_a_share_is_its_own_f1():
    assert share([True, True, False]).f1 == pytest.approx(2 / 3)


def test_totals_add_up_over_items_that_lack_a_figure():
    sums = total([{"a": Tally(1, 1, 1)}, {"a": Tally(0, 1, 0), "b": Tally(0, 0, 2)}])
    assert sums == {"a": Tally(1, 2, 1), "b": Tally(0, 0, 2)}


def test_macro_is_the_mean_over_classes_that_gold_has():
    sums = {"r/A": Tally(1, 1, 1), "r/B": Tally(0, 0, 4), "r/C": Tally(0, 3, 0)}
    assert values(sums) == {"r_macro_f1": 0.5}


def test_intervals_hold_the_figure_repeat_and_close_on_certainty():
    mixed = [{"f": Tally(i % 2, 1, 1)} for i in range(40)]
    low, high = intervals(mixed)["f"]
    assert 0.3 < low < 0.5 < high < 0.7
    assert intervals(mixed) == intervals(mixed)
    assert intervals([{"f": Tally(1, 1, 1)}] * 5)["f"] == (1.0, 1.0)


def test_one_item_has_no_interval():
    assert intervals([{"f": Tally(1, 1, 1)}]) == {}
