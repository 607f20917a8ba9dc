"""Event figures on predictions whose scores are known."""

from dataclasses import replace

import pytest

from eval.nouns import Event, Item, Party, Reading
from eval.score import events
from eval.score.tally import Tally
from tests.eval.hand import ATTACK, CRITICISM, GOLD, RECALL, at, reading


def test_gold_against_itself_is_perfect_everywhere():
    scores = events.score(GOLD, GOLD)
    assert {name: tally.f1 for name, tally in scores.items()} == dict.fromkeys(scores, 1.0)
    assert scores["events.type_f1"] == Tally(3, 3, 3)


def test_nothing_predicted_hits_nothing():
    scores = events.score(GOLD, reading())
    assert scores["events.type_f1"] == Tally(0, 0, 3)
    assert scores["events.parties_f1"] == Tally(0, 0, 5)
    assert scores["events.mode"].f1 is None


def test_nothing_predicted_of_nothing_has_no_figure():
    assert events.score(reading(), reading())["events.type_f1"].f1 is None


def test_a_duplicate_counts_as_predicted_and_hits_once():
    scores = events.score(GOLD, reading((ATTACK, ATTACK)))
    assert scores["events.type_f1"] == Tally(1, 2, 3)
    assert scores["events.countries_f1"] == Tally(1, 2, 3)
    assert scores["events.parties_f1"] == Tally(2, 4, 5)
    assert scores["events.type/ASSAULT"] == Tally(1, 2, 1)


WRONG: list[tuple[Event, dict[str, int]]] = [
    (replace(ATTACK, type="COERCE"), {"sentence_f1": 1, "type_f1": 0, "parties_f1": 0}),
    (replace(ATTACK, sentence=1), {"sentence_f1": 1, "type_f1": 0}),
    (replace(ATTACK, sentence=-1), {"sentence_f1": 0, "type_f1": 0}),
    (
        replace(ATTACK, status="negated"),
        {"type_f1": 1, "type_status_f1": 0, "countries_f1": 1, "status": 0},
    ),
    (replace(ATTACK, mode=None), {"type_f1": 1, "mode": 0, "status": 1}),
    (replace(ATTACK, claimed=True), {"claimed": 0, "mode": 1}),
    (replace(ATTACK, trigger=at("kapal")), {"type_f1": 1, "trigger": 0}),
    (
        replace(ATTACK, actors=()),
        {"countries_f1": 0, "party_country_f1": 1, "parties_f1": 1, "actor": 0, "recipient": 1},
    ),
    (
        replace(ATTACK, actors=ATTACK.recipients, recipients=ATTACK.actors),
        {"countries_f1": 0, "party_country_f1": 0, "parties_f1": 0, "actor": 0},
    ),
    (
        replace(ATTACK, actors=(Party(at("Selatan"), None, None),)),
        {"countries_f1": 0, "party_country_f1": 1, "parties_f1": 2, "actor": 1},
    ),
]


@pytest.mark.parametrize(("event", "hits"), WRONG)
def test_one_thing_wrong_costs_its_figures_and_no_other(event: Event, hits: dict[str, int]):
    scores = events.score(GOLD, reading((event,)))
    assert {name: scores[f"events.{name}"].hit for name in hits} == hits


def test_countries_are_sets_and_a_null_party_of_gold_counts_among_them():
    twice = replace(ATTACK, actors=ATTACK.actors * 2)
    assert events.score(GOLD, reading((twice,)))["events.countries_f1"].hit == 1
    silent = replace(CRITICISM, recipients=())
    assert events.score(GOLD, reading((silent,)))["events.countries_f1"].hit == 0


def test_parties_outside_the_sentence_are_left_out_on_both_sides():
    far = replace(CRITICISM, recipients=(Party(at("Pasukan Selatan"), "Selatan", "SEL"),))
    scores = events.score(GOLD, reading((far,)))
    assert scores["events.parties_of_matched_f1"] == Tally(1, 1, 1)
    assert scores["events.recipient"] == Tally(1, 1, 1)


def test_one_long_party_cannot_hit_two():
    pair = replace(RECALL, actors=(*RECALL.actors, Party(at("Rukma", 1), "Rukma", "UTA")))
    whole = replace(RECALL, actors=(Party(GOLD.sentences[2]),))
    scores = events.score(reading((pair,)), reading((whole,)))
    assert scores["events.parties_of_matched_f1"] == Tally(2, 2, 3)


def test_the_nearer_trigger_is_matched():
    near, far = replace(ATTACK, mode=None), replace(ATTACK, trigger=at("nelayan"))
    (matched,) = events.match((ATTACK,), (far, near))
    assert matched[0] is near


def test_confusions_pair_equal_types_before_unlike_ones():
    wrong = replace(RECALL, type="COERCE")
    extra = replace(ATTACK, type="MOBILIZE", trigger=at("Pasukan"))
    found = events.confusions(GOLD, reading((extra, ATTACK, wrong)))
    assert found == {
        ("ASSAULT", "ASSAULT"): 1,
        ("SANCTION", "COERCE"): 1,
        ("-", "MOBILIZE"): 1,
        ("ACCUSE", "-"): 1,
    }


def test_events_outside_any_sentence_are_never_confused_with_gold():
    lost = replace(ATTACK, sentence=-1)
    assert events.confusions(reading((lost,)), reading((replace(lost, type="AID"),))) == {
        ("-", "AID"): 1,
        ("ASSAULT", "-"): 1,
    }


def test_roots_are_a_multiset_of_types():
    item = Item("x", "", "en", Reading(), roots=("AID", "AID", "REJECT"))
    scores = events.roots(item, reading((replace(ATTACK, type="AID"), ATTACK)))
    assert scores["roots.f1"] == Tally(1, 2, 3)
    assert scores["roots.type/AID"] == Tally(1, 1, 2)
    assert scores["roots.type/ASSAULT"] == Tally(0, 1, 0)
