"""PLV: which event answers for a pair, and in which code."""

from dataclasses import replace

import pytest

from eval.nouns import Event, Item, Pair, Party, Reading
from eval.score import pairs
from eval.score.tally import Tally, total, values
from kronik.codebook import Codebook
from kronik.types import Span

SOURCE, TARGET, ELSE = Span(0, 5), Span(10, 15), Span(20, 25)
PAIR = Pair((SOURCE,), (TARGET,), "ASSAULT", "4")


def act(kind: str, source: Span | None, target: Span | None, score: float = 0.5) -> Event:
    actors = (Party(source),) if source else ()
    recipients = (Party(target),) if target else ()
    return Event(0, kind, None, "actual", Span(6, 9), actors, recipients, score=score)


LINKING = act("ASSAULT", SOURCE, TARGET, 0.1)
SYMMETRIC = replace(act("CONSULT", SOURCE, None, 0.2), actors=(Party(SOURCE), Party(TARGET)))
HALF = act("AID", ELSE, TARGET, 0.3)
REVERSED = act("REJECT", TARGET, SOURCE, 0.8)
BEST = act("PROTEST", ELSE, None, 0.9)


@pytest.mark.parametrize(
    ("events", "chosen"),
    [
        ((BEST, HALF, SYMMETRIC, LINKING), LINKING),
        ((BEST, HALF, SYMMETRIC), SYMMETRIC),
        ((BEST, REVERSED, HALF), HALF),
        ((BEST, REVERSED), REVERSED),
        ((replace(BEST, score=0.0), BEST), BEST),
        ((), None),
    ],
)
def test_the_event_that_links_the_pair_best_answers(
    events: tuple[Event, ...], chosen: Event | None
):
    assert pairs.choose(events, PAIR) == chosen


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("ASSAULT", "actual", "ASSAULT"),
        ("ASSAULT", "historical", "ASSAULT"),
        ("ASSAULT", "future", "THREATEN"),
        ("CONCEDE", "actual", "YIELD"),
        ("RETREAT", "actual", "YIELD"),
        ("RETREAT", "hypothetical", "AGREE"),
        ("CONSULT", "future", "AGREE"),
        ("AID", "negated", "REJECT"),
        ("ACCUSE", "future", "ACCUSE"),
    ],
)
def test_types_and_status_become_codes_of_the_set(kind: str, status: str, code: str):
    assert pairs.code(replace(act(kind, SOURCE, TARGET), status=status)) == code


def test_every_code_has_a_quad():
    codebook = Codebook.load()
    for kind in codebook.types:
        for status in ("actual", "future", "hypothetical", "negated", "historical"):
            code = pairs.code(replace(act(kind, None, None), status=status))
            assert pairs.quad(code) in {"1", "2", "3", "4"}, (kind, status)


def figures(*answers: tuple[str, Event | None]) -> dict[str, float | None]:
    quads = {"ASSAULT": "4", "AID": "2"}
    return values(
        total(
            pairs.score(
                Item("x", "", "en", Reading(), pair=Pair((SOURCE,), (TARGET,), gold, quads[gold])),
                Reading(events=(event,) if event else ()),
            )
            for gold, event in answers
        )
    )


def test_macro_f1_averages_over_the_roots_of_gold():
    aid = act("AID", SOURCE, TARGET)
    found = figures(("ASSAULT", LINKING), ("ASSAULT", aid), ("AID", aid), ("AID", None))
    assert found["pairs.accuracy"] == 0.5
    assert found["pairs.answered"] == 0.75
    assert found["pairs.root_macro_f1"] == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_a_wrong_root_of_the_right_quad_counts_for_quads():
    found = figures(("ASSAULT", act("COERCE", SOURCE, TARGET)))
    assert (found["pairs.root_macro_f1"], found["pairs.quad_macro_f1"]) == (0.0, 1.0)


def test_the_status_blind_figure_takes_the_type_alone():
    found = figures(("ASSAULT", replace(LINKING, status="future")))
    assert (found["pairs.root_macro_f1"], found["pairs.status_blind_macro_f1"]) == (0.0, 1.0)


def test_an_item_without_a_pair_is_not_scored():
    assert pairs.score(Item("x", "", "en", Reading()), Reading()) == {}


def test_no_answer_is_a_miss_and_no_wrong_prediction():
    item = Item("x", "", "en", Reading(), pair=PAIR)
    assert pairs.score(item, Reading())["pairs.root/ASSAULT"] == Tally(0, 0, 1)
