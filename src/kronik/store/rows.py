"""A document's layers as rows of the tables. Columns are told in ``docs/data-dictionary.md``."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from kronik.store.party import actor_of
from kronik.types import Actor, Doc, Event, Page, Quote, Span

Row = dict[str, Any]

_OF_A_READING = frozenset({"id", "article_id", "event_id", "page_id", "source_id", "claimed_by"})
"""Columns in which readings that say the same differ."""


def page(page: Page) -> Row:
    """The row of ``pages``: where the bytes came from, not the bytes."""
    fetch = page.fetch
    return {
        "asked": fetch and fetch.asked,
        "redirects": _json(fetch.redirects) if fetch else None,
        "status": fetch and fetch.status,
        "headers": _json(fetch.headers) if fetch else None,
        "id": page.id,
        "origin": page.origin,
        "url": page.url,
        "media_type": page.media_type,
        "fetched_at": page.fetched_at,
        "bytes": len(page.body),
    }


def article(doc: Doc) -> Row:
    """The row of ``articles``, but for when and by what it was read."""
    return {
        "id": doc.id,
        "page_id": doc.page_id,
        "source_id": doc.source_id,
        "url": doc.url,
        "canonical": doc.canonical,
        "section": doc.section,
        "dateline": doc.dateline,
        "outlet": doc.outlet,
        "title": doc.title,
        "bylines": _json(doc.bylines),
        "published": doc.published,
        "published_precision": doc.published_precision,
        "lang": doc.lang,
        "sha256": doc.sha256,
        "text": doc.text,
    }


def digest(doc: Doc) -> str:
    """A hash of all that a reading says of a page, but for its ids."""
    tables = [
        [article(doc)], sentences(doc), mentions(doc), quotes(doc),
        events(doc), parties(doc), notes(doc),
    ]  # fmt: skip
    said = [
        [{name: row[name] for name in row if name not in _OF_A_READING} for row in table]
        for table in tables
    ]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def sentences(doc: Doc) -> list[Row]:
    """The rows of ``sentences``."""
    return [
        {"article_id": doc.id, "position": position, "start": span.start, "end": span.end}
        for position, span in enumerate(doc.sentences)
    ]


def mentions(doc: Doc) -> list[Row]:
    """The rows of ``mentions``."""
    return [
        {
            "id": mention.id,
            "article_id": doc.id,
            "start": mention.span.start,
            "end": mention.span.end,
            "text": mention.span.of(doc.text),
            "kind": mention.kind,
            "chain": mention.chain,
            "score": mention.score,
            **_actor(mention.actor),
            "why": mention.why,
        }
        for mention in doc.mentions
    ]


def quotes(doc: Doc) -> list[Row]:
    """The rows of ``quotes``, but for the reading that claims them."""
    return [_quote(doc, quote) for quote in doc.quotes]


def events(doc: Doc) -> list[Row]:
    """The rows of ``events``, but for the reading that claims them."""
    return [_event(doc, event) for event in doc.events]


def parties(doc: Doc) -> list[Row]:
    """The rows of ``event_parties``."""
    return [
        {
            "event_id": event.id,
            "role": role,
            "position": position,
            **_span(doc, party.span),
            **_actor(actor_of(doc, party)),
        }
        for event in doc.events
        for role, side in (("actor", event.actors), ("recipient", event.recipients))
        for position, party in enumerate(side)
    ]


def notes(doc: Doc) -> list[Row]:
    """The rows of ``notes``."""
    return [
        {"article_id": doc.id, "position": position, "step": note.step, "what": note.what}
        for position, note in enumerate(doc.notes)
    ]


def _quote(doc: Doc, quote: Quote) -> Row:
    cue = _span(doc, quote.cue)
    speaker = _span(doc, quote.speaker.span if quote.speaker else None)
    return {
        "id": quote.id,
        "article_id": doc.id,
        **_span(doc, quote.span),
        "manner": quote.manner,
        "cue_start": cue["start"],
        "cue_end": cue["end"],
        "cue": cue["text"],
        "speaker_start": speaker["start"],
        "speaker_end": speaker["end"],
        "speaker": speaker["text"],
        **_actor(actor_of(doc, quote.speaker) if quote.speaker else None),
        "score": quote.score,
    }


def _event(doc: Doc, event: Event) -> Row:
    runner_up, runner_up_score = event.runner_up or (None, None)
    return {
        "id": event.id,
        "article_id": doc.id,
        "sentence": event.sentence,
        "sentence_text": doc.sentences[event.sentence].of(doc.text),
        "type": event.type,
        "mode": event.mode,
        "contexts": _json(event.contexts),
        "quad": event.quad,
        "intensity": event.intensity,
        "start": event.trigger.start,
        "end": event.trigger.end,
        "evidence": event.trigger.of(doc.text),
        "status": event.status,
        "claimed_by": event.claimed_by,
        "score": event.score,
        "runner_up": runner_up,
        "runner_up_score": runner_up_score,
    }


def _span(doc: Doc, span: Span | None) -> Row:
    if span is None:
        return {"start": None, "end": None, "text": None}
    return {"start": span.start, "end": span.end, "text": span.of(doc.text)}


def _actor(actor: Actor | None) -> Row:
    return {
        "actor_id": actor and actor.id,
        "name": actor and actor.name,
        "country": actor and actor.country,
        "country_from": actor and actor.country_from,
        "sector": actor and actor.sector,
        "office": actor and actor.office,
        "wikidata": actor and actor.wikidata,
    }


def _json(values: tuple[object, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)
