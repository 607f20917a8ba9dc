"""One transaction a page: its article and every claim read on it, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict

from kronik.errors import KronikError
from kronik.store import rows
from kronik.store.rows import Row
from kronik.types import Doc, Page, Versions


def add(db: sqlite3.Connection, page: Page, doc: Doc, versions: Versions, at: str) -> bool:
    """Write one page and what was read on it; False, and nothing written, if it is there."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        if has(db, page.id):
            return False
        db.execute("DELETE FROM quarantine WHERE origin = ? OR page_id = ?", [page.place, page.id])
        _insert(db, "pages", [rows.page(page)])
        reading = _reading(db, versions)
        _insert(db, "articles", [rows.article(doc) | {"read_at": at, "reading": reading}])
        _insert(db, "sentences", rows.sentences(doc))
        _insert(db, "mentions", rows.mentions(doc))
        _insert(db, "quotes", [row | {"reading": reading} for row in rows.quotes(doc)])
        _insert(db, "events", [row | {"reading": reading} for row in rows.events(doc)])
        _insert(db, "event_parties", rows.parties(doc))
        _insert(db, "notes", rows.notes(doc))
    return True


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
    }
    with db:
        db.execute(
            "INSERT INTO quarantine (origin, page_id, step, reason, remedy, at)"
            " VALUES (:origin, :page_id, :step, :reason, :remedy, :at)"
            " ON CONFLICT (origin) DO UPDATE SET page_id = excluded.page_id, step = excluded.step,"
            " reason = excluded.reason, remedy = excluded.remedy, at = excluded.at"
            " WHERE (excluded.page_id, excluded.step, excluded.reason)"
            " IS NOT (quarantine.page_id, quarantine.step, quarantine.reason)",
            row,
        )


def has(db: sqlite3.Connection, page_id: str) -> bool:
    """Whether a page of this hash is stored."""
    return db.execute("SELECT 1 FROM pages WHERE id = ?", [page_id]).fetchone() is not None


def _insert(db: sqlite3.Connection, table: str, lines: Sequence[Row]) -> None:
    if lines:
        columns = list(lines[0])
        values = ", ".join(f":{column}" for column in columns)
        db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", lines)


def _reading(db: sqlite3.Connection, versions: Versions) -> int:
    key = asdict(versions)
    known = "SELECT id FROM readings WHERE (kronik, net, codebook) = (:kronik, :net, :codebook)"
    if not db.execute(known, key).fetchone():
        _insert(db, "readings", [key])
    return int(db.execute(known, key).fetchone()[0])
