"""Every SELECT that people, exports and pages look through, one ``Filter`` for all of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kronik.errors import StoreError
from kronik.store.search import match
from kronik.types import Doc, Versions


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; None is everything. All conditions must hold.

    ``actor``, ``recipient`` and ``speaker`` are part of a name, in any case, or an actor's id.
    ``country`` is the code of any party. ``since`` and ``until`` are inclusive and bound the
    article's date of publication: 2015-11-27, 2015-11 or 2015. ``text`` is words that all
    must occur, "some words" in that order, begin* as a beginning. Without ``copies``, articles
    that tell what an earlier one told are left out, with all that is claimed in them.
    """

    type: str | None = None
    actor: str | None = None
    recipient: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    text: str | None = None
    speaker: str | None = None
    lang: str | None = None
    limit: int | None = None
    offset: int = 0
    copies: bool = True


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One side of an event, with its place in the article's text."""

    start: int | None
    end: int | None
    text: str | None
    actor_id: str | None
    name: str | None
    country: str | None
    country_from: str | None
    sector: str | None
    office: str | None
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """A claim of one article about one event."""

    id: str
    published: str | None
    outlet: str | None
    type: str
    mode: str | None
    status: str
    actors: tuple[PartyRow, ...]
    recipients: tuple[PartyRow, ...]
    claimed_by: str | None
    quote_id: str | None
    evidence: str
    sentence: str
    score: float
    quad: int
    intensity: float
    contexts: tuple[str, ...]
    runner_up: str | None
    runner_up_score: float | None
    start: int
    end: int
    lang: str
    title: str | None
    url: str | None
    source_id: str
    article_id: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A stored event with the article as it was read, before any step, and what read it."""

    event: EventRow
    doc: Doc
    versions: Versions


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A stretch of speech in one article, and whose it is."""

    id: str
    published: str | None
    outlet: str | None
    speaker: str | None
    country: str | None
    country_from: str | None
    sector: str | None
    office: str | None
    actor_id: str | None
    wikidata: str | None
    manner: str
    cue: str | None
    text: str
    score: float
    start: int
    end: int
    lang: str
    title: str | None
    url: str | None
    source_id: str
    article_id: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article that was read, and how much was found in it."""

    id: str
    published: str | None
    published_precision: str | None
    outlet: str | None
    title: str | None
    bylines: tuple[str, ...]
    lang: str
    quotes: int
    events: int
    url: str | None
    source_id: str
    page_id: str
    sha256: str
    read_at: str
    text: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """A page that could not be read, where it broke, and what mends it.

    ``origin`` is the place it stands in: a path, or file and line.
    """

    origin: str
    step: str
    reason: str
    remedy: str | None
    at: str
    page_id: str | None


_IN_TIME: Mapping[str, str] = {
    "since": "substr(a.published, 1, length(:since)) >= substr(:since, 1, length(a.published))",
    "until": "substr(a.published, 1, length(:until)) <= substr(:until, 1, length(a.published))",
    "lang": "a.lang = :lang",
}
_CURRENT = "a.superseded_by IS NULL"
_NO_COPY = "c.article_id IS NULL"
_PARTY = "EXISTS (SELECT 1 FROM event_parties p WHERE p.event_id = e.id AND {condition})"
_NAMED = "(p.actor_id = :{name} OR instr(fold(p.name), fold(:{name})) > 0)"
_SPEAKER = "(q.actor_id = :speaker OR instr(fold(q.name), fold(:speaker)) > 0)"

_EVENT_CONDITIONS: Mapping[str, str] = {
    "type": "e.type = :type",
    "actor": _PARTY.format(condition=f"p.role = 'actor' AND {_NAMED.format(name='actor')}"),
    "recipient": _PARTY.format(
        condition=f"p.role = 'recipient' AND {_NAMED.format(name='recipient')}"
    ),
    "country": _PARTY.format(condition="p.country = :country"),
    "status": "e.status = :status",
    "text": "e.n IN (SELECT rowid FROM event_search WHERE event_search MATCH :text)",
    "speaker": _SPEAKER,
    **_IN_TIME,
}
_QUOTE_CONDITIONS: Mapping[str, str] = {
    "country": "q.country = :country",
    "text": "q.n IN (SELECT rowid FROM quote_search WHERE quote_search MATCH :text)",
    "speaker": _SPEAKER,
    **_IN_TIME,
}
_ARTICLE_CONDITIONS: Mapping[str, str] = {
    "country": "EXISTS (SELECT 1 FROM mentions m WHERE m.article_id = a.id"
    " AND m.country = :country)",
    "text": "a.n IN (SELECT rowid FROM article_search WHERE article_search MATCH :text)",
    **_IN_TIME,
}

_EVENTS = """
SELECT e.id, a.published, a.outlet, e.type, e.mode, e.status,
       q.name AS claimed_by, e.claimed_by AS quote_id,
       e.evidence, e.sentence_text AS sentence, e.score, e.quad, e.intensity, e.contexts,
       e.runner_up, e.runner_up_score, e.start, e.end,
       a.lang, a.title, a.url, a.source_id, e.article_id, c.original_id AS copy_of
FROM events e
JOIN articles a ON a.id = e.article_id
LEFT JOIN copies c ON c.article_id = a.id
LEFT JOIN quotes q ON q.id = e.claimed_by
"""
_QUOTES = """
SELECT q.id, a.published, a.outlet, q.name AS speaker, q.country, q.country_from, q.sector,
       q.office, q.actor_id, q.wikidata, q.manner, q.cue, q.text, q.score, q.start, q.end,
       a.lang, a.title, a.url, a.source_id, q.article_id, c.original_id AS copy_of
FROM quotes q
JOIN articles a ON a.id = q.article_id
LEFT JOIN copies c ON c.article_id = a.id
"""
_ARTICLES = """
SELECT a.id, a.published, a.published_precision, a.outlet, a.title, a.bylines, a.lang,
       (SELECT count(*) FROM quotes q WHERE q.article_id = a.id) AS quotes,
       (SELECT count(*) FROM events e WHERE e.article_id = a.id) AS events,
       a.url, a.source_id, a.page_id, a.sha256, a.read_at, a.text, c.original_id AS copy_of
FROM articles a
LEFT JOIN copies c ON c.article_id = a.id
"""
_BEGINNING = """
SELECT e.id FROM events e
JOIN articles a ON a.id = e.article_id
WHERE e.id >= :beginning AND e.id < :beginning || char(0x10FFFF) AND a.superseded_by IS NULL
ORDER BY e.id LIMIT :limit
"""
_CLAIMED_ON = """
SELECT a.id, a.page_id, a.source_id, a.text, a.lang, a.title, a.bylines, a.published,
       a.published_precision, a.url, a.outlet
FROM articles a
JOIN events e ON e.article_id = a.id
WHERE e.id = :event
"""
_READ_BY = """
SELECT r.kronik, r.net, r.codebook
FROM readings r
JOIN events e ON e.reading = r.id
WHERE e.id = :event
"""
_PARTIES = """
SELECT start, end, text, actor_id, name, country, country_from, sector, office, wikidata
FROM event_parties
WHERE event_id = :event AND role = :role
ORDER BY position
"""
_NEWEST = "ORDER BY a.published IS NULL, a.published DESC, a.n, {order}"
_PAGE = "LIMIT :limit OFFSET :offset"


def events(db: sqlite3.Connection, wanted: Filter) -> Iterator[EventRow]:
    """Claims, newest articles first and in the order of their text."""
    sql, values = _select(_EVENTS, _EVENT_CONDITIONS, wanted, "e.start, e.n")
    for row in _rows(db, sql, values):
        yield _event(db, row)


def event_ids(db: sqlite3.Connection, beginning: str, limit: int) -> list[str]:
    """The ids of events that begin so, in order, or the first of them."""
    values = {"beginning": beginning, "limit": limit}
    return [row["id"] for row in _rows(db, _BEGINNING, values)]


def claim(db: sqlite3.Connection, event: str) -> Claim:
    """The event of this id, which must be there."""
    (row,) = _rows(db, f"{_EVENTS} WHERE e.id = :event", {"event": event})
    (article,) = _rows(db, _CLAIMED_ON, {"event": event})
    (reading,) = _rows(db, _READ_BY, {"event": event})
    article["bylines"] = tuple(json.loads(article["bylines"]))
    return Claim(_event(db, row), Doc(**article), Versions(**reading))


def quotes(db: sqlite3.Connection, wanted: Filter) -> Iterator[QuoteRow]:
    """Quotes, newest articles first and in the order of their text."""
    sql, values = _select(_QUOTES, _QUOTE_CONDITIONS, wanted, "q.start, q.n")
    for row in _rows(db, sql, values):
        yield QuoteRow(**row)


def articles(db: sqlite3.Connection, wanted: Filter) -> Iterator[ArticleRow]:
    """Articles, newest first."""
    sql, values = _select(_ARTICLES, _ARTICLE_CONDITIONS, wanted, "a.n")
    for row in _rows(db, sql, values):
        row["bylines"] = tuple(json.loads(row["bylines"]))
        yield ArticleRow(**row)


def quarantine(db: sqlite3.Connection) -> Iterator[RefusalRow]:
    """What was refused and not read since, by place."""
    sql = "SELECT origin, step, reason, remedy, at, page_id FROM quarantine ORDER BY origin"
    for row in _rows(db, sql, {}):
        yield RefusalRow(**row)


def _select(
    sql: str, conditions: Mapping[str, str], wanted: Filter, order: str
) -> tuple[str, dict[str, Any]]:
    """A query for what is wanted. Raises ``StoreError`` rather than ignore a condition."""
    values = {name: value for name, value in asdict(wanted).items() if value is not None}
    asked = [name for name in values if name not in ("limit", "offset", "copies")]
    if ignored := [name for name in asked if name not in conditions]:
        raise StoreError(f"these rows cannot be filtered by {', '.join(ignored)}")
    if wanted.text is not None:
        values["text"] = match(wanted.text)
    values.setdefault("limit", -1)
    where = [_CURRENT, *([] if wanted.copies else [_NO_COPY])]
    where += [conditions[name] for name in asked]
    parts = [sql, f"WHERE {' AND '.join(where)}", _NEWEST.format(order=order), _PAGE]
    return "\n".join(parts), values


def _rows(db: sqlite3.Connection, sql: str, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cursor = db.execute(sql, values)
    columns = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(columns, row, strict=True))


def _event(db: sqlite3.Connection, row: dict[str, Any]) -> EventRow:
    row["contexts"] = tuple(json.loads(row["contexts"]))
    row["actors"] = _parties(db, row["id"], "actor")
    row["recipients"] = _parties(db, row["id"], "recipient")
    return EventRow(**row)


def _parties(db: sqlite3.Connection, event: str, role: str) -> tuple[PartyRow, ...]:
    return tuple(PartyRow(**row) for row in _rows(db, _PARTIES, {"event": event, "role": role}))
