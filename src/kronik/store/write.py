"""One transaction a page: its article and every claim read on it, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import msgspec

from kronik.errors import KronikError
from kronik.store import copies, rows
from kronik.store.copies import Copy, Marker
from kronik.store.rows import Row
from kronik.types import Doc, Page, Versions


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was new: what it is a copy of, if it is one."""

    copy: Copy | None = None


@dataclass(frozen=True, slots=True)
class Adding:
    """A page with what was read on it, by what, and what the caller knew better, as JSON."""

    page: Page
    doc: Doc
    versions: Versions
    given: str | None = None


def add(db: sqlite3.Connection, new: Adding, at: str, marker: Marker | None = None) -> Added | None:
    """Write one page and what was read on it; None, and nothing written, if it is there."""
    page, doc = new.page, new.doc
    with db:
        db.execute("BEGIN IMMEDIATE")
        if has(db, page.id):
            return None
        db.execute("DELETE FROM quarantine WHERE origin = ? OR page_id = ?", [page.place, page.id])
        marked = marker.mark(doc) if marker else None
        _insert(db, "pages", [rows.page(page) | {"given": new.given}])
        article(db, doc, reading(db, new.versions), at)
        if marked:
            copies.put(db, doc.id, marked, at)
    return Added(marked.copy if marked else None)


def article(db: sqlite3.Connection, doc: Doc, reading: int, at: str) -> None:
    """Write an article of a page that is stored, with every claim of one reading."""
    row = rows.article(doc) | {"digest": rows.digest(doc), "read_at": at, "reading": reading}
    _insert(db, "articles", [row])
    _insert(db, "sentences", rows.sentences(doc))
    _insert(db, "mentions", rows.mentions(doc))
    _insert(db, "quotes", [row | {"reading": reading} for row in rows.quotes(doc)])
    _insert(db, "events", [row | {"reading": reading} for row in rows.events(doc)])
    _insert(db, "event_parties", rows.parties(doc))
    _insert(db, "notes", rows.notes(doc))


def reading(db: sqlite3.Connection, versions: Versions) -> int:
    """The number of what reads; it is given one where it has none."""
    key = asdict(versions)
    known = "SELECT id FROM readings WHERE (kronik, net, codebook) = (:kronik, :net, :codebook)"
    if not db.execute(known, key).fetchone():
        _insert(db, "readings", [key])
    return int(db.execute(known, key).fetchone()[0])


def refuse(db: sqlite3.Connection, source: Page | str, error: KronikError, at: str) -> None:
    """Put a page, or a place that gave none, into quarantine with the reason.

    A place is quarantined once: the same refusal changes nothing, another replaces it.
    """
    page = source if isinstance(source, Page) else None
    row = {
        "origin": page.place if page else source,
        "page_id": page.id if page else None,
        "step": error.step,
        "reason": error.what,
        "remedy": error.remedy,
        "at": at,
        "page": msgspec.json.encode(replace(page, body=b"")).decode() if page else None,
    }
    with db:
        db.execute(
            "INSERT INTO quarantine (origin, page_id, step, reason, remedy, at, page)"
            " VALUES (:origin, :page_id, :step, :reason, :remedy, :at, :page)"
            " ON CONFLICT (origin) DO UPDATE SET page_id = excluded.page_id, step = excluded.step,"
            " reason = excluded.reason, remedy = excluded.remedy, at = excluded.at,"
            " page = excluded.page"
            " WHERE (excluded.page_id, excluded.step, excluded.reason)"
            " IS NOT (quarantine.page_id, quarantine.step, quarantine.reason)",
            row,
        )


def has(db: sqlite3.Connection, page_id: str) -> bool:
    """Whether a page of this hash is stored."""
    return db.execute("SELECT 1 FROM pages WHERE id = ?", [page_id]).fetchone() is not None


def knows(db: sqlite3.Connection, address: str) -> bool:
    """Whether a page came from this address, be it stored or refused."""
    stored = "SELECT 1 FROM pages WHERE origin = :address OR url = :address"
    refused = "SELECT 1 FROM quarantine WHERE origin = :address AND page_id IS NOT NULL"
    found = db.execute(f"{stored} UNION ALL {refused} LIMIT 1", {"address": address})
    return found.fetchone() is not None


def _insert(db: sqlite3.Connection, table: str, lines: Sequence[Row]) -> None:
    if lines:
        columns = list(lines[0])
        values = ", ".join(f":{column}" for column in columns)
        db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", lines)
