"""From numbers to marks, with numbers written by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.net.card import Thresholds
from kronik.net.decode import Decoder, Read
from kronik.net.judge import Judge, Judges
from kronik.net.labels import RELATIONS
from kronik.types import Arc, ContentMark, CueMark, Marks, Span, Tagged, TriggerMark
from tests.net.written import LABELS, Arcs, Odds, read, span, window

THRESHOLDS = Thresholds(trigger=0.5, arc=0.6, spread=0.2, content=0.7)
ONE = [0] * 8
"""A window of one sentence."""
TWO = [0] * 4 + [1] * 4
ATTACK: Odds = {("trigger", 2): {"ASSAULT": 0.9}}


def marks(*reads: Read) -> Marks:
    return Decoder(LABELS, THRESHOLDS).marks(reads)


def trigger(odds: Odds, arcs: Arcs | None = None, sentences: list[int] = ONE) -> TriggerMark:
    (found,) = marks(read(sentences, odds, arcs)).triggers
    return found


def spans(arcs: tuple[Arc, ...]) -> list[Span]:
    return [arc.span for arc in arcs]


def test_nothing_read_gives_no_marks() -> None:
    assert marks() == Marks()


def test_a_network_that_sees_nothing_gives_no_marks() -> None:
    assert marks(read(ONE, {})) == Marks()


@pytest.mark.parametrize(("chance", "count"), [(0.51, 1), (0.49, 0)])
def test_a_trigger_begins_at_the_threshold_over_all_types(chance: float, count: int) -> None:
    odds: Odds = {("trigger", 2): {"ASSAULT": chance - 0.2, "PROTEST": 0.2}}
    assert len(marks(read(ONE, odds)).triggers) == count


def test_a_trigger_has_type_status_score_and_runner_up() -> None:
    odds: Odds = {
        ("trigger", 2): {"ASSAULT": 0.6, "PROTEST": 0.3},
        ("status", 2): {"future": 0.8},
    }
    found = trigger(odds)
    assert (found.span, found.type, found.status) == (span(2), "ASSAULT", "future")
    assert found.score == pytest.approx(0.6)
    assert found.runner_up is not None
    kind, chance = found.runner_up
    assert kind == "PROTEST"
    assert chance == pytest.approx(0.3)


def test_a_judge_weighs_what_the_network_says_into_the_score() -> None:
    """Log odds of 0.6 twice, one unit off for its type; the network alone would say 0.6."""
    judges = Judges(Judge({"odds": 2.0, "ASSAULT": -1.0}), Judge({"direct": 1.0}))
    odds: Odds = {("trigger", 2): {"ASSAULT": 0.6}, ("content", 5): {"B-direct": 0.9}}
    found = Decoder(LABELS, THRESHOLDS, judges).marks([read(ONE, odds)])
    weighed = 2 * np.log(0.6 / 0.4) - 1
    assert found.triggers[0].score == pytest.approx(1 / (1 + np.exp(-weighed)), abs=1e-4)
    assert found.contents[0].score == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-4)
    assert dict(found.triggers[0].odds)["odds"] == pytest.approx(np.log(0.6 / 0.4), abs=1e-3)


def test_of_neighbours_of_one_type_the_second_speaks_for_both_if_surer() -> None:
    odds: Odds = {("trigger", 2): {"ASSAULT": 0.6}, ("trigger", 3): {"ASSAULT": 0.9}}
    assert trigger(odds).span == span(3)


def test_of_neighbours_of_one_type_the_first_speaks_for_both_if_surer() -> None:
    odds: Odds = {("trigger", 2): {"ASSAULT": 0.9}, ("trigger", 3): {"ASSAULT": 0.6}}
    assert trigger(odds).span == span(2)


def test_neighbours_of_two_types_are_two_triggers() -> None:
    odds: Odds = {("trigger", 2): {"ASSAULT": 0.6}, ("trigger", 3): {"PROTEST": 0.9}}
    assert [found.type for found in marks(read(ONE, odds)).triggers] == ["ASSAULT", "PROTEST"]


def test_neighbours_in_two_sentences_are_two_triggers() -> None:
    odds: Odds = {("trigger", 3): {"ASSAULT": 0.6}, ("trigger", 4): {"ASSAULT": 0.9}}
    assert len(marks(read(TWO, odds)).triggers) == 2


def test_a_trigger_goes_on_over_words_inside_it() -> None:
    inside = {("trigger", word): {"I": 0.8} for word in (3, 4)}
    assert trigger({**ATTACK, **inside}).span == span(2, 4)


def test_a_trigger_ends_with_its_sentence() -> None:
    odds: Odds = {("trigger", 3): {"ASSAULT": 0.9}, ("trigger", 4): {"I": 0.9}}
    assert trigger(odds, sentences=TWO).span == span(3)


def test_a_word_inside_no_trigger_is_none() -> None:
    assert marks(read(ONE, {("trigger", 2): {"I": 0.9}})).triggers == ()


@pytest.mark.parametrize(
    ("kind", "modes", "expected"),
    [
        ("ASSAULT", {"ASSAULT/firearms": 0.7}, "firearms"),
        ("ASSAULT", {"PROTEST/riot": 0.8, "ASSAULT/beat": 0.15}, "beat"),
        ("ASSAULT", {"PROTEST/riot": 0.8}, None),
        ("AGREE", {"PROTEST/riot": 0.8, "ASSAULT/beat": 0.19}, None),
    ],
)
def test_a_mode_is_one_that_the_type_has(
    kind: str, modes: dict[str, float], expected: str | None
) -> None:
    assert trigger({("trigger", 2): {kind: 0.9}, ("mode", 2): modes}).mode == expected


def test_an_arc_needs_one_sure_word_and_spreads_over_fair_ones() -> None:
    fair = {3: 0.3, 4: 0.7, 5: 0.25, 6: 0.1}
    found = trigger(ATTACK, {("actor", 2, word): chance for word, chance in fair.items()})
    assert found.actors == (Arc(span(3, 5), 0.7),)
    assert found.recipients == found.places == found.dates == ()


def test_fair_words_alone_fill_no_role() -> None:
    assert trigger(ATTACK, {("actor", 2, 4): 0.55, ("actor", 2, 5): 0.55}).actors == ()


def test_fillers_with_a_word_between_them_are_two() -> None:
    found = trigger(ATTACK, {("place", 2, 4): 0.9, ("place", 2, 6): 0.8})
    assert found.places == (Arc(span(4), 0.9), Arc(span(6), 0.8))


def test_a_role_is_filled_by_words_of_one_sentence() -> None:
    arcs = {(relation, 2, word): 0.9 for relation in RELATIONS[2:] for word in (3, 4)}
    found = trigger(ATTACK, arcs, TWO)
    assert spans(found.actors) == spans(found.recipients) == [span(3), span(4)]
    assert spans(found.places) == spans(found.dates) == [span(3), span(4)]


def test_a_content_has_manner_score_and_speakers() -> None:
    odds: Odds = {
        ("content", 1): {"B-indirect": 0.9},
        ("content", 2): {"I-indirect": 0.7, "I-direct": 0.1},
    }
    (found,) = marks(read(ONE, odds, {("speaker", 1, 5): 0.9})).contents
    speakers = (Arc(span(5), 0.9),)
    assert found == ContentMark(span(1, 2), "indirect", 0.85, speakers, found.odds)
    assert dict(found.odds) == pytest.approx(
        {
            "1": 1,
            "odds": np.log(0.85 / 0.15),
            "weakest": np.log(0.8 / 0.2),
            "speaker": 0.9,
            "length": np.log(2),
            "indirect": 1,
        },
        abs=1e-3,
    )


@pytest.mark.parametrize(("threshold", "count"), [(0.72, 1), (0.73, 0)])
def test_a_content_whose_mean_is_below_the_threshold_is_dropped(
    threshold: float, count: int
) -> None:
    odds: Odds = {("content", 1): {"B-direct": 0.9}, ("content", 2): {"I-direct": 0.55}}
    decoder = Decoder(LABELS, Thresholds(trigger=0.5, arc=0.6, spread=0.2, content=threshold))
    assert len(decoder.marks([read(ONE, odds)]).contents) == count


def test_a_cue_has_speakers_and_contents() -> None:
    arcs = {("speaker", 4, 5): 0.9, ("content", 4, 1): 0.9, ("content", 4, 2): 0.8}
    found = marks(read(ONE, {("cue", 4): {"B-cue": 0.95}}, arcs)).cues
    assert found == (CueMark(span(4), 0.95, (Arc(span(5), 0.9),), (Arc(span(1, 2), 0.9),)),)


def test_every_party_and_speaker_has_a_sector_and_nobody_else() -> None:
    odds: Odds = {
        **ATTACK,
        ("cue", 4): {"B-cue": 0.9},
        ("sector", 0): {"GOV": 0.9},
        ("sector", 1): {"GOV": 0.5, "MIL": 0.5},
        ("sector", 6): {"MIL": 0.8},
        ("sector", 7): {"MIL": 0.9},
    }
    arcs = {
        ("actor", 2, 0): 0.9,
        ("actor", 2, 1): 0.9,
        ("recipient", 2, 3): 0.9,
        ("place", 2, 7): 0.9,
        ("speaker", 4, 6): 0.9,
        ("content", 4, 7): 0.9,
    }
    found = marks(read(ONE, odds, arcs)).sectors
    assert [(sector.span, sector.label) for sector in found] == [
        (span(0, 1), "GOV"),
        (span(3), "UNK"),
        (span(6), "MIL"),
    ]
    assert [sector.score for sector in found] == pytest.approx([0.7, 1.0, 0.8])


def test_a_content_goes_on_over_the_border_of_two_windows() -> None:
    odds: Odds = {("content", 3): {"B-direct": 0.9}, ("content", 4): {"I-direct": 0.9}}
    first = read([0] * 4, odds, {("speaker", 3, 0): 0.9})
    second = read([1] * 4, odds, {("speaker", 4, 6): 0.9}, first_word=4)
    (content,) = marks(first, second).contents
    assert content.span == span(3, 4)
    assert spans(content.speakers) == [span(0)], "the window of its first word is asked"


def test_arcs_of_a_second_window_count_from_its_first_word() -> None:
    odds: Odds = {("trigger", 5): {"ASSAULT": 0.9}, ("sector", 6): {"MIL": 0.9}}
    second = read([1] * 4, odds, {("actor", 5, 6): 0.9, ("place", 5, 7): 0.9}, first_word=4)
    found = marks(read([0] * 4, odds), second)
    (attack,) = found.triggers
    assert (attack.span, spans(attack.actors)) == (span(5), [span(6)])
    assert spans(attack.places) == [span(7)]
    assert [(sector.span, sector.label) for sector in found.sectors] == [(span(6), "MIL")]


Placed = Tagged | ContentMark | CueMark | TriggerMark


def noise(sizes: list[int], seed: int) -> list[Read]:
    """Windows of two sentences each, about which the network says anything at all."""
    source, at = np.random.default_rng(seed), 0
    reads: list[Read] = []
    for size in sizes:
        sentences = [2 * len(reads) + (word >= size // 2) for word in range(size)]
        tags = source.normal(0, 3, (size, sum(LABELS.sizes.values()))).astype(np.float32)
        arcs = source.normal(0, 3, (len(RELATIONS), size, size)).astype(np.float32)
        hints = source.random((size, len(LABELS.trigger) - 1)).astype(np.float32)
        reads.append(Read(window(sentences, at), tags, arcs, hints))
        at += size
    return reads


@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=3), seed=st.integers(0, 10**6))
def test_whatever_the_network_says_marks_are_in_order_and_do_not_cross(
    sizes: list[int], seed: int
) -> None:
    found = marks(*noise(sizes, seed))
    layers: tuple[tuple[Placed, ...], ...] = (
        found.entities,
        found.contents,
        found.cues,
        found.triggers,
    )
    for layer in layers:
        assert all(0 <= mark.score <= 1 for mark in layer)
        assert all(a.span.end <= b.span.start for a, b in pairwise(layer))
    for one in found.triggers:
        assert one.mode is None or f"{one.type}/{one.mode}" in LABELS.mode


@given(sizes=st.lists(st.integers(1, 12), min_size=2, max_size=3), seed=st.integers(0, 10**6))
def test_whatever_the_network_says_arcs_stay_in_their_window(sizes: list[int], seed: int) -> None:
    reads = noise(sizes, seed)
    found = marks(*reads)
    homes = [Span(r.window.words[0].start, r.window.words[-1].end) for r in reads]
    asked = [(content.span, content.speakers) for content in found.contents]
    asked += [(cue.span, cue.speakers) for cue in found.cues]
    asked += [(mark.span, (*mark.actors, *mark.places)) for mark in found.triggers]
    for mark, arcs in asked:
        home = next(home for home in homes if home.start <= mark.start < home.end)
        assert all(home.holds(arc.span) for arc in arcs)
