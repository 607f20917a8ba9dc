"""Pages read again: which are due, and what a later reading changes.

A claim is never rewritten. A reading that says the same confirms the article that is there; one
that says something else is an article of its own, and supersedes the earlier one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from kronik.store import copies, rows, write
from kronik.types import Doc, Fetch, Page, Versions

_DUE = """
SELECT p.* FROM pages p
JOIN articles a ON a.page_id = p.id AND a.superseded_by IS NULL
JOIN readings r ON r.id = a.reading
WHERE (r.kronik, r.net, r.codebook) != (:kronik, :net, :codebook)
AND NOT EXISTS (
    SELECT 1 FROM confirmations c JOIN readings t ON t.id = c.reading
    WHERE c.article_id = a.id AND (t.kronik, t.net, t.codebook) = (:kronik, :net, :codebook))
ORDER BY a.n
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as the store knows it, whose body is yet to be read from its file; and what the
    caller knew better than the page, as JSON, when it was added."""

    page: Page
    given: str | None


def due(db: sqlite3.Connection, versions: Versions) -> Iterator[Kept]:
    """Every page that these versions have not read yet, in the order they were added."""
    cursor = db.execute(_DUE, asdict(versions))
    names = [column[0] for column in cursor.description]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        yield Kept(_page(row), row["given"])


def _page(row: dict[str, Any]) -> Page:
    return Page(
        id=row["id"],
        origin=row["origin"],
        media_type=row["media_type"],
        body=b"",
        url=row["url"],
        fetched_at=row["fetched_at"],
        fetch=_fetch(row),
    )


def _fetch(row: dict[str, Any]) -> Fetch | None:
    if row["asked"] is None:
        return None
    headers = tuple((str(name), str(value)) for name, value in json.loads(row["headers"]))
    return Fetch(row["asked"], tuple(json.loads(row["redirects"])), row["status"], headers)


def reread(db: sqlite3.Connection, doc: Doc, versions: Versions, at: str) -> bool:
    """Write what a later reading says of a page; False where it says what is there already."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        reading = write.reading(db, versions)
        current = "SELECT id, digest FROM articles WHERE page_id = ? AND superseded_by IS NULL"
        before, known = db.execute(current, [doc.page_id]).fetchone()
        if known == rows.digest(doc):
            confirm = "INSERT OR IGNORE INTO confirmations VALUES (?, ?, ?)"
            db.execute(confirm, [before, reading, at])
            return False
        write.article(db, doc, reading, at)
        replace = "UPDATE articles SET superseded_by = ? WHERE id = ?"
        db.execute(replace, [doc.id, before])
        copies.succeed(db, before, doc.id)
    return True


def refused(db: sqlite3.Connection) -> Iterator[tuple[str, Page | None]]:
    """Every place in quarantine, with its page but for the bytes where one was had."""
    for origin, page in db.execute("SELECT origin, page FROM quarantine ORDER BY origin"):
        yield origin, msgspec.json.decode(page, type=Page) if page else None


def pardon(db: sqlite3.Connection, origins: Sequence[str]) -> None:
    """Take places out of quarantine."""
    with db:
        db.executemany("DELETE FROM quarantine WHERE origin = ?", [[o] for o in origins])
