"""Triggers against acts that a set marks without codes."""

from dataclasses import replace

from eval.nouns import Act, Event
from eval.score import triggers
from eval.score.tally import Tally
from kronik.types import Span
from tests.eval.hand import ATTACK, ITEM, RECALL, at, reading

MARKED = replace(
    ITEM,
    acts=(
        Act("occurrence", (at("menembaki"),)),
        Act("occurrence", (at("akan"), at("duta besarnya"))),
        Act("reporting", (at("kata"),)),
    ),
)


def trigger(span: Span, sentence: int = 0) -> Event:
    return replace(ATTACK, trigger=span, sentence=sentence)


def test_every_act_has_its_trigger_and_every_trigger_its_act():
    found = (ATTACK, trigger(at("kata")), trigger(at("akan")))
    assert set(triggers.score(MARKED, reading(found)).values()) == {
        Tally(n, n, n) for n in (1, 2, 3)
    }


def test_an_act_is_found_in_any_of_its_parts_and_not_between_them():
    assert triggers.score(MARKED, reading((trigger(at("besarnya")),)))["triggers.recall"].hit == 1
    beside = triggers.score(MARKED, reading((RECALL,)))
    assert beside["triggers.recall"] == Tally(0, 3, 3)
    assert beside["triggers.precision"] == Tally(0, 1, 1)


def test_a_trigger_that_reaches_beyond_the_act_touches_it_and_is_not_inside():
    scores = triggers.score(MARKED, reading((trigger(at("menembaki kapal")),)))
    assert (scores["triggers.precision"].hit, scores["triggers.inside"].hit) == (1, 0)


def test_several_events_of_one_trigger_count_once():
    found = (ATTACK, replace(ATTACK, type="COERCE"))
    assert triggers.score(MARKED, reading(found))["triggers.precision"] == Tally(1, 1, 1)


def test_sentences_that_the_gold_leaves_out_are_not_looked_at():
    scores = triggers.score(MARKED, reading((trigger(at("kapal"), sentence=-1),)))
    assert scores["triggers.precision"].f1 is None


def test_kinds_of_acts_have_figures_of_their_own():
    scores = triggers.score(MARKED, reading((ATTACK,)))
    assert scores["triggers.recall_occurrence"] == Tally(1, 2, 2)
    assert scores["triggers.recall_reporting"] == Tally(0, 1, 1)
