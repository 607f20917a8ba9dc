"""One article with gold marks, and records made of it by hand; every word is our own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eval.nouns import Event, Item, Party, Quote, Reading
from kronik.types import Span

TEXT = (
    "Pasukan Selatan menembaki kapal nelayan Utara.\n"
    '"Kami mengecam serangan itu," kata Menteri Rukma Dewanti.\n'
    "Rukma menyatakan bahwa Utara akan menarik duta besarnya dari Selatan."
)


def at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def sentences() -> tuple[Span, ...]:
    spans, start = [], 0
    for line in TEXT.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)


ATTACK = Event(
    sentence=0,
    type="ASSAULT",
    mode="firearms",
    status="actual",
    trigger=at("menembaki"),
    actors=(Party(at("Pasukan Selatan"), "Selatan", "SEL"),),
    recipients=(Party(at("kapal nelayan Utara"), "nelayan", "UTA"),),
)
CRITICISM = Event(
    sentence=1,
    type="ACCUSE",
    mode="disapprove",
    status="actual",
    trigger=at("mengecam"),
    actors=(Party(at("Kami"), "Utara", "UTA"),),
    recipients=(Party(None, "Selatan", "SEL"),),
    claimed=True,
)
RECALL = Event(
    sentence=2,
    type="SANCTION",
    mode="withdraw",
    status="future",
    trigger=at("menarik"),
    actors=(Party(at("Utara", 1), "Utara", "UTA"),),
    recipients=(Party(at("Selatan", 1), "Selatan", "SEL"),),
    claimed=True,
)
DIRECT = Quote(
    span=at("Kami mengecam serangan itu"),
    manner="direct",
    cue=at("kata"),
    speaker=Party(at("Menteri Rukma Dewanti"), "Rukma Dewanti", "UTA"),
)
INDIRECT = Quote(
    span=at("bahwa Utara akan menarik duta besarnya dari Selatan"),
    manner="indirect",
    cue=at("menyatakan"),
    speaker=Party(at("Rukma", 1), "Rukma Dewanti", "UTA"),
)
GOLD = Reading(sentences(), (ATTACK, CRITICISM, RECALL), (DIRECT, INDIRECT))
ITEM = Item("hand-1", TEXT, "id", GOLD, date="2020-02-03", title="Insiden di laut")


def reading(events: tuple[Event, ...] = (), quotes: tuple[Quote, ...] = ()) -> Reading:
    return replace(GOLD, events=events, quotes=quotes)


def record_of(item: Item, marked: Reading | None = None) -> dict[str, Any]:
    """The contract's record that says what a reading says."""
    marks = item.gold if marked is None else marked
    text = item.text
    return {
        "article": {"id": f"d-{item.id}", "source_id": item.id, "lang": item.lang, "text": text},
        "sentences": [[span.start, span.end] for span in marks.sentences],
        "mentions": [{**_span(e.span, text), "kind": e.label} for e in marks.entities],
        "quotes": [_quote(quote, text) for quote in marks.quotes],
        "events": [_event(event, text) for event in marks.events],
    }


def _span(span: Span | None, text: str) -> dict[str, Any]:
    if span is None:
        return {"start": None, "end": None, "text": None}
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _party(party: Party, text: str) -> dict[str, Any]:
    return {**_span(party.span, text), "actor": {"name": party.name, "country": party.country}}


def _quote(quote: Quote, text: str) -> dict[str, Any]:
    return {
        **_span(quote.span, text),
        "manner": quote.manner,
        "cue": _span(quote.cue, text) if quote.cue else None,
        "speaker": _party(quote.speaker, text) if quote.speaker else None,
        "score": quote.score,
    }


def _event(event: Event, text: str) -> dict[str, Any]:
    return {
        "sentence": event.sentence,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "trigger": _span(event.trigger, text),
        "actors": [_party(party, text) for party in event.actors],
        "recipients": [_party(party, text) for party in event.recipients],
        "claimed_by": {"name": None, "quote": "q1"} if event.claimed else None,
        "score": event.score,
    }
