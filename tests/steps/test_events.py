"""Events are put together from triggers: codes, parties, and who claims them."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from kronik import lang
from kronik.codebook import Codebook
from kronik.settings import Settings
from kronik.steps.events import events, sides
from kronik.steps.quotes import quotes
from tests.steps.marked import doc_of


def kit() -> Any:
    return SimpleNamespace(settings=Settings(), pack=lang.get, codebook=Codebook.load())


def test_an_event_carries_its_code_and_evidence() -> None:
    doc = doc_of("<a:Pasukan Utara> <ASSAULT:menembaki> <r:desa Sela> pagi itu.", "id")
    (event,) = events(doc, kit())
    assert (event.type, event.quad, event.intensity) == ("ASSAULT", 4, -9.0)
    assert event.trigger.of(doc.text) == "menembaki"
    assert [party.span and party.span.of(doc.text) for party in event.actors] == ["Pasukan Utara"]
    assert [p.span and p.span.of(doc.text) for p in event.recipients] == ["desa Sela"]
    assert event.sentence == 0
    assert event.claimed_by is None


def test_an_act_told_only_in_a_quote_is_claimed() -> None:
    doc = doc_of('"<d:Kami akan mundur,>" <q1:kata> <s1:Ratna Wijaya>.', "id")
    at = doc.text.index("mundur")
    inside = doc_of("Kami akan <RETREAT:mundur>.", "id").marks.triggers[0]
    trigger = replace(inside, span=type(inside.span)(at, at + len("mundur")))
    doc = replace(doc, marks=replace(doc.marks, triggers=(trigger,)))
    doc = replace(doc, quotes=quotes(doc, kit()))
    (event,) = events(doc, kit())
    assert event.claimed_by == doc.quotes[0].id


def test_a_first_person_in_a_quote_is_its_speaker() -> None:
    plain = doc_of('"<d:Kami menolak usul itu,>" <q1:kata> <s1:Ratna Wijaya>.', "id")
    marked = doc_of('"<a:Kami> <REJECT:menolak> usul itu," kata Ratna Wijaya.', "id")
    assert plain.text == marked.text
    doc = replace(plain, marks=replace(plain.marks, triggers=marked.marks.triggers))
    doc = replace(doc, quotes=quotes(doc, kit()))
    (event,) = events(doc, kit())
    (actor,) = event.actors
    assert actor.span is not None
    assert actor.antecedent is not None
    assert (actor.span.of(doc.text), actor.antecedent.of(doc.text)) == ("Kami", "Ratna Wijaya")


def test_nobody_is_both_sides_of_one_act() -> None:
    doc = doc_of("<a:Pasukan Utara> <ASSAULT:menembaki> desa.", "id")
    trigger = doc.marks.triggers[0]
    both = replace(trigger, recipients=trigger.actors)
    doc = replace(doc, marks=replace(doc.marks, triggers=(both,)))
    (event,) = events(doc, kit())
    assert event.actors
    assert event.recipients == ()


def test_marks_around_a_party_go_and_its_acronym_stays() -> None:
    doc = doc_of('"<a:Komisi Contoh (KC>)" <ACCUSE:menuduh> <r:, bupati,>.', "id")
    (event,) = events(doc, kit())
    spans = [party.span for party in (*event.actors, *event.recipients)]
    assert [span and span.of(doc.text) for span in spans] == ["Komisi Contoh (KC)", "bupati"]


def test_a_request_without_subject_is_the_speakers() -> None:
    plain = doc_of('"<d:Segera tarik pasukan,>" <q1:kata> <s1:Ratna Wijaya>.', "id")
    for kind, acted in (("REQUEST", ["Ratna Wijaya"]), ("RETREAT", [])):
        marked = doc_of(f'"<{kind}:Segera tarik> pasukan," kata Ratna Wijaya.', "id")
        doc = replace(plain, marks=replace(plain.marks, triggers=marked.marks.triggers))
        doc = replace(doc, quotes=quotes(doc, kit()))
        (event,) = events(doc, kit())
        assert [p.named_at and p.named_at.of(doc.text) for p in event.actors] == acted
        assert all(party.span is None for party in event.actors)


def test_an_act_told_with_two_verbs_is_the_surer_ones_event() -> None:
    doc = doc_of(
        "<a:Warga> <PROTEST:turun> ke jalan dan <PROTEST:berunjuk rasa>. Mereka pulang.", "id"
    )
    less, more = doc.marks.triggers
    both = (replace(less, score=0.4, actors=more.actors or less.actors), more)
    doc = replace(doc, marks=replace(doc.marks, triggers=both))
    for triggers in (both, (replace(both[0], score=0.9), both[1])):
        marked = replace(doc, marks=replace(doc.marks, triggers=triggers))
        (event,) = events(marked, kit())
        assert event.trigger == max(triggers, key=lambda mark: mark.score).span


def test_two_acts_of_one_type_with_other_actors_stay_two() -> None:
    doc = doc_of("<a:Warga> <PROTEST:mogok> dan buruh <PROTEST:berpawai>.", "id")
    first, second = doc.marks.triggers
    alone = replace(second, actors=())
    doc = replace(doc, marks=replace(doc.marks, triggers=(first, alone)))
    assert len(events(doc, kit())) == 2


def test_a_party_of_another_sentence_counts_where_this_one_names_none() -> None:
    before = doc_of("<a:Partai Biru> berkumpul. Mereka <PROTEST:berunjuk rasa>.", "id")
    (event,) = events(before, kit())
    (actor,) = event.actors
    assert actor.span is None, "it is not in the sentence"
    assert actor.antecedent is not None
    assert actor.antecedent.of(before.text) == "Partai Biru"
    both = doc_of("<a:Partai Biru> berkumpul. <a:Warga> <PROTEST:berunjuk rasa>.", "id")
    (event,) = events(both, kit())
    assert [party.span and party.span.of(both.text) for party in event.actors] == ["Warga"]
    (rule,) = [one.rule for one in sides(both, kit(), both.marks.triggers[0]).actors if one.rule]
    assert rule == "afar"


def test_of_parties_of_other_sentences_the_surest_counts() -> None:
    doc = doc_of("<a:Partai Biru> datang. <a:Warga> ikut. Ada <PROTEST:unjuk rasa>.", "id")
    trigger = doc.marks.triggers[0]
    surer = replace(trigger.actors[1], score=trigger.actors[1].score / 2)
    trigger = replace(trigger, actors=(trigger.actors[0], surer))
    (event,) = events(replace(doc, marks=replace(doc.marks, triggers=(trigger,))), kit())
    assert [p.antecedent and p.antecedent.of(doc.text) for p in event.actors] == ["Partai Biru"]
