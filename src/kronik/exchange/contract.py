"""The record of one article as machines read it: ``docs/data-dictionary.md`` tells each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from kronik.exchange.guard import escaped
from kronik.reasons import Answer, Ask, Explanation, Reason, Value
from kronik.store.party import actor_of
from kronik.types import Actor, Doc, Event, Mention, Party, Quote, Span, Versions

Json = dict[str, Any]


def record(doc: Doc, versions: Versions, ask: Ask | None = None) -> Json:
    """Everything that was read in one article. ``text`` of a span is the article's at its offsets.

    Unknown is null, a list that found nothing ``[]``. With ``ask``, each event has ``explain``.
    """
    return {
        "article": _article(doc),
        "sentences": [[span.start, span.end] for span in doc.sentences],
        "mentions": [_mention(doc, mention) for mention in doc.mentions],
        "quotes": [_quote(doc, quote) for quote in doc.quotes],
        "events": [_event(doc, event, ask) for event in doc.events],
        "notes": [{"step": note.step, "what": note.what} for note in doc.notes],
        "versions": {
            "kronik": versions.kronik,
            "net": versions.net,
            "codebook": versions.codebook,
        },
    }


def answer(doc: Doc, event: Event, ask: Ask) -> Json:
    """One event of an article, with ``explain``."""
    return {"article": _article(doc), "event": _event(doc, event, ask)}


def jsonl(items: Iterable[object]) -> Iterator[str]:
    """Each record or row as a line of JSON."""
    for item in items:
        yield escaped(msgspec.json.encode(item).decode()) + "\n"


def json_array(items: Iterable[object]) -> Iterator[str]:
    """One indented JSON array, written as the items come."""
    yield "["
    before = "\n"
    for item in items:
        yield before + _spread(item)
        before = ",\n"
    yield "\n]\n"


def json_object(item: object) -> Iterator[str]:
    """One indented JSON object."""
    yield _spread(item) + "\n"


def _spread(item: object) -> str:
    return escaped(msgspec.json.format(msgspec.json.encode(item), indent=2).decode())


def _article(doc: Doc) -> Json:
    return {
        "id": doc.id,
        "source_id": doc.source_id,
        "url": doc.url,
        "canonical": doc.canonical,
        "outlet": doc.outlet,
        "section": doc.section,
        "dateline": doc.dateline,
        "title": doc.title,
        "bylines": list(doc.bylines),
        "published": doc.published,
        "published_precision": doc.published_precision,
        "lang": doc.lang,
        "sha256": doc.sha256,
        "text": doc.text,
    }


def _mention(doc: Doc, mention: Mention) -> Json:
    return {
        "id": mention.id,
        **_span(doc, mention.span),
        "kind": mention.kind,
        "actor": _actor(mention.actor) if mention.actor else None,
        "why": mention.why,
    }


def _quote(doc: Doc, quote: Quote) -> Json:
    return {
        "id": quote.id,
        **_span(doc, quote.span),
        "manner": quote.manner,
        "cue": _span(doc, quote.cue) if quote.cue else None,
        "speaker": _party(doc, quote.speaker) if quote.speaker else None,
        "score": quote.score,
    }


def _event(doc: Doc, event: Event, ask: Ask | None) -> Json:
    explained = {"explain": _explain(doc, ask(doc, event.id))} if ask else {}
    return {
        "id": event.id,
        "sentence": event.sentence,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "trigger": _span(doc, event.trigger),
        "actors": [_party(doc, party) for party in event.actors],
        "recipients": [_party(doc, party) for party in event.recipients],
        "status": event.status,
        "claimed_by": _claim(doc, event.claimed_by),
        "place": None,
        "date": None,
        "casualties": None,
        "score": event.score,
        "runner_up": _runner_up(event),
        **explained,
    }


def _explain(doc: Doc, explanation: Explanation) -> Json:
    return {answer.field: _answer(doc, answer) for answer in explanation.answers}


def _answer(doc: Doc, answer: Answer) -> Json:
    return {
        "value": answer.value,
        "by": answer.by,
        "reasons": [_reason(doc, reason) for reason in answer.reasons],
    }


def _reason(doc: Doc, reason: Reason) -> Json:
    told = {name: _rounded(value) for name, value in reason.told.items()}
    return {"says": reason.says, **_words(doc, reason.span), "told": told}


def _rounded(value: Value) -> Value:
    return round(value, 4) if isinstance(value, float) else value


def _claim(doc: Doc, quote_id: str | None) -> Json | None:
    """The speaker in whose words alone an act is stated."""
    if quote_id is None:
        return None
    quote = next((quote for quote in doc.quotes if quote.id == quote_id), None)
    speaker = actor_of(doc, quote.speaker) if quote and quote.speaker else None
    return {"name": speaker.name if speaker else None, "quote": quote_id}


def _runner_up(event: Event) -> Json | None:
    if event.runner_up is None:
        return None
    code, score = event.runner_up
    return {"type": code, "score": score}


def _party(doc: Doc, party: Party) -> Json:
    return {**_words(doc, party.span), "actor": _actor(actor_of(doc, party))}


def _words(doc: Doc, span: Span | None) -> Json:
    """A span, or none, among other fields."""
    return _span(doc, span) if span else {"start": None, "end": None, "text": None}


def _span(doc: Doc, span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(doc.text)}


def _actor(actor: Actor | None) -> Json:
    return {
        "id": actor and actor.id,
        "name": actor and actor.name,
        "country": actor and actor.country,
        "country_from": actor and actor.country_from,
        "sector": actor and actor.sector,
        "office": actor and actor.office,
        "wikidata": actor and actor.wikidata,
    }
