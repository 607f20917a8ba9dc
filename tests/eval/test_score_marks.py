"""Statements as PFSA marks them, and entities."""

from dataclasses import replace

from eval.nouns import Entity, Item, Party, Reading
from eval.score import entities, statements
from eval.score.tally import Tally
from tests.eval.hand import DIRECT, INDIRECT, ITEM, TEXT, at, reading

SAID = at('"Kami mengecam serangan itu,"')
MARKED = Item(
    "p",
    TEXT,
    "id",
    Reading(
        entities=(
            Entity(SAID, "STATEMENT"),
            Entity(at("kata"), "CUE"),
            Entity(at("Rukma Dewanti"), "PERSON"),
        )
    ),
)


def test_statements_match_whatever_their_outer_marks():
    scores = statements.score(MARKED, reading(quotes=(DIRECT,)))
    assert set(scores.values()) == {Tally(1, 1, 1)}


def test_indirect_speech_is_not_scored():
    scores = statements.score(MARKED, reading(quotes=(DIRECT, INDIRECT)))
    assert scores["statements.f1"] == Tally(1, 1, 1)


def test_a_part_of_a_statement_overlaps_but_is_not_exact():
    part = replace(DIRECT, span=at("Kami mengecam serangan"), speaker=Party(at("duta")))
    scores = statements.score(MARKED, reading(quotes=(part,)))
    assert scores["statements.f1"] == Tally(1, 1, 1)
    assert scores["statements.exact_f1"] == Tally(0, 1, 1)
    assert scores["speakers.person"] == Tally(0, 1, 1)


def test_a_duplicate_statement_hits_once_and_its_cue_counts_once():
    scores = statements.score(MARKED, reading(quotes=(DIRECT, DIRECT)))
    assert scores["statements.f1"] == scores["statements.exact_f1"] == Tally(1, 2, 1)
    assert scores["cues.f1"] == Tally(1, 1, 1)


def test_a_cue_without_its_clitic_overlaps_but_is_not_exact():
    short = replace(DIRECT, cue=at("kat"))
    scores = statements.score(MARKED, reading(quotes=(short,)))
    assert (scores["cues.f1"].hit, scores["cues.exact_f1"].hit) == (1, 0)


NAMED = replace(
    ITEM,
    gold=Reading(entities=(Entity(at("Utara"), "LOC"), Entity(at("Rukma Dewanti"), "PER"))),
    labels=frozenset({"PER", "LOC"}),
)


def test_entities_need_span_and_label():
    found = (
        Entity(at("Utara"), "PER"),
        Entity(at("Rukma Dewanti"), "PER"),
        Entity(at("Dewanti"), "PER"),
    )
    scores = entities.score(NAMED, Reading(entities=found))
    assert scores["entities.f1"] == Tally(1, 3, 2)
    assert scores["entities.span_f1"] == Tally(2, 3, 2)
    assert scores["entities.type/PER"] == Tally(1, 3, 1)


def test_labels_that_the_set_does_not_mark_are_not_scored():
    found = (*NAMED.gold.entities, Entity(at("Menteri"), "ORG"))
    assert entities.score(NAMED, Reading(entities=found))["entities.f1"] == Tally(2, 2, 2)


def test_an_entity_predicted_twice_hits_once():
    found = NAMED.gold.entities[:1] * 2
    assert entities.score(NAMED, Reading(entities=found))["entities.f1"] == Tally(1, 2, 2)
