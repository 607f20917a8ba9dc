"""Overlap and pairing."""

import pytest

from eval.score.match import jaccard, of_longer, one_to_one, touches
from kronik.types import Span


@pytest.mark.parametrize(
    ("left", "right", "union", "longer"),
    [
        (Span(0, 10), Span(0, 10), 1.0, 1.0),
        (Span(0, 10), Span(5, 15), 5 / 15, 5 / 10),
        (Span(0, 10), Span(0, 5), 0.5, 0.5),
        (Span(0, 10), Span(10, 20), 0.0, 0.0),
        (Span(3, 3), Span(3, 3), 0.0, 0.0),
    ],
)
def test_overlap_by_both_measures(left: Span, right: Span, union: float, longer: float):
    assert jaccard(left, right) == jaccard(right, left) == pytest.approx(union)
    assert of_longer(left, right) == of_longer(right, left) == pytest.approx(longer)


def test_spans_that_only_meet_do_not_touch():
    assert not touches(Span(0, 4), Span(4, 8))
    assert touches(Span(0, 5), Span(4, 8))
    assert not touches(None, Span(0, 1))


def test_each_number_is_used_once_and_the_best_score_goes_first():
    assert one_to_one([(0.6, 0, 0), (0.9, 1, 0), (0.5, 0, 1)]) == [(1, 0), (0, 1)]


def test_equal_scores_go_by_position():
    assert one_to_one([(1.0, 1, 1), (1.0, 1, 0), (1.0, 0, 0)]) == [(0, 0), (1, 1)]
