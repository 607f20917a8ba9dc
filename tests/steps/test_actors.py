"""Mentions are resolved by the surest way, each answer says which, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from kronik import lang
from kronik.codebook import Codebook
from kronik.known import Known
from kronik.settings import Settings
from kronik.steps.actors import mentions
from kronik.steps.events import events
from kronik.steps.quotes import quotes
from kronik.types import Doc, Mention, Tagged
from tests.steps.marked import doc_of, unmark


@cache
def kit() -> Any:
    return SimpleNamespace(
        settings=Settings(), pack=lang.get, codebook=Codebook.load(), known=Known.load()
    )


def read(marked: str, code: str = "id", people: tuple[str, ...] = ()) -> Doc:
    """The steps before, with these names as the network's persons."""
    doc = doc_of(marked, code)
    text, _ = unmark(marked.replace("\\n", "\n"))
    found = []
    for name in people:
        at = text.index(name)
        found.append(Tagged(type(doc.sentences[0])(at, at + len(name)), "PER", 0.9))
    doc = replace(doc, marks=replace(doc.marks, entities=tuple(found)))
    doc = replace(doc, quotes=quotes(doc, kit()))
    doc = replace(doc, events=events(doc, kit()))
    return replace(doc, mentions=mentions(doc, kit()))


def who(doc: Doc, words: str) -> Mention:
    return next(m for m in doc.mentions if m.span.of(doc.text) == words)


def test_an_office_is_its_holder_on_the_articles_date() -> None:
    doc = read("<a:Presiden> <CONSULT:bertemu> <r:Presiden Rusia> di Jakarta.")
    assert doc.published == "2019-09-17"
    named = [(m.actor.name, m.actor.country) for m in doc.mentions if m.actor]
    assert named == [("Joko Widodo", "IDN"), ("Vladimir Putin", "RUS")]
    assert "2019-09-17" in (who(doc, "Presiden Rusia").why or "")


def test_after_the_tables_end_an_office_has_no_holder() -> None:
    doc = read("<a:Presiden Rusia> <CONSULT:bertemu> <r:Presiden Turki> di sana.")
    later = replace(doc, published="2043-11-27", mentions=())
    found = mentions(later, kit())
    assert [(m.actor and m.actor.id, m.actor and m.actor.country) for m in found] == [
        (None, "RUS"),
        (None, "TUR"),
    ]


def test_a_people_is_no_persons_name_whatever_the_network_says() -> None:
    doc = read("<a:the Russian president> <REJECT:refused> it.", "en", people=("Russian",))
    actor = who(doc, "the Russian president").actor
    assert actor is not None
    assert (actor.name, actor.country) != ("Russian", "RUS")
    assert actor.country == "RUS"


def test_a_capital_stands_for_its_state_and_a_region_does_not() -> None:
    doc = read("<a:Moskow> <REJECT:menolak> usul <r:Banjarmasin> itu.")
    state, region = who(doc, "Moskow"), who(doc, "Banjarmasin")
    assert state.actor
    assert (state.actor.id, state.actor.name, state.actor.country) == ("RUS", "Rusia", "RUS")
    assert region.actor
    assert (region.actor.id, region.actor.name) == (None, "Banjarmasin")


@pytest.mark.parametrize("later", ["Wijaya", "Ratna"])
def test_a_persons_names_stand_for_him_later(later: str) -> None:
    doc = read(
        "<s1:Menteri Ratna Wijaya> <q1:mengatakan> <i:jalan ditutup>. "
        f'"<d:Sabar,>" <q2:kata> <s2:{later}>.',
        people=("Ratna Wijaya",),
    )
    first, second = who(doc, "Menteri Ratna Wijaya"), who(doc, later)
    assert first.actor
    assert first.actor.office == "Menteri"
    assert second.actor == first.actor
    assert second.chain == first.chain


def test_what_stands_before_a_name_is_an_office_only_if_it_says_one() -> None:
    doc = read(
        "<s1:Banjarmasin Ratna Wijaya> <q1:mengatakan> <i:jalan ditutup>.", people=("Ratna Wijaya",)
    )
    actor = who(doc, "Banjarmasin Ratna Wijaya").actor
    assert actor
    assert (actor.name, actor.office) == ("Ratna Wijaya", None)


def test_pronouns_find_whoever_fits() -> None:
    doc = read(
        '<s1:Ratna Wijaya> <q1:mengatakan> <i:jalan ditutup>. "<d:Sabar,>" <q2:ujar> <s2:dia>.',
        people=("Ratna Wijaya",),
    )
    pronoun = who(doc, "dia")
    assert pronoun.actor
    assert pronoun.actor.name == "Ratna Wijaya"
    assert pronoun.score < who(doc, "Ratna Wijaya").score


def test_nobody_before_a_pronoun_is_null_with_a_reason() -> None:
    pronoun = who(read('"<d:Sabar,>" <q1:ujar> <s1:dia>.'), "dia")
    assert pronoun.actor is None
    assert pronoun.why


def test_a_party_of_an_article_about_several_countries_gets_none() -> None:
    doc = read("<a:Sejumlah warga> <PROTEST:berunjuk rasa>.", code="en")
    actor = who(doc, "Sejumlah warga").actor
    assert actor is None or actor.country is None


def test_mentions_come_in_order_and_once() -> None:
    doc = read('"<d:Kami menolak,>" <q1:kata> <s1:Ratna Wijaya>.', people=("Ratna Wijaya",))
    spans = [m.span for m in doc.mentions]
    assert spans == sorted(set(spans))
