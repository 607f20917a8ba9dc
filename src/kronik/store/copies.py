"""Which articles tell what another told: the SQL of it. ``kronik.link`` decides.

A copy's original is itself no copy. ``mark`` is asked inside the transaction that stores an
article, so it sees all that others have stored, and what it says is stored with the article or not
at all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, Protocol

from kronik.types import Doc

By = Literal["address", "text", "likeness"]

_ORIGINAL = (
    "a.superseded_by IS NULL AND NOT EXISTS (SELECT 1 FROM copies c WHERE c.article_id = a.id)"
)
_FIRST = "(SELECT min(o.n) FROM articles o WHERE o.page_id = a.page_id)"
_SIGNED = f"""
SELECT s.n, a.n, s.signature FROM signatures s JOIN articles a ON a.id = s.article_id
WHERE s.n > :after AND s.method = :method AND {_ORIGINAL}
ORDER BY s.n
"""
_AMONG = f"""
SELECT a.n FROM json_each(:numbers) j JOIN articles a ON a.n = j.value
WHERE a.page_id != :page AND {_ORIGINAL}
ORDER BY j.key LIMIT :most
"""
_AT = """
SELECT DISTINCT o.n FROM articles a
JOIN signatures s ON s.article_id = a.id AND s.method = :method
LEFT JOIN copies c ON c.article_id = a.id
JOIN articles o ON o.id = coalesce(c.original_id, a.id)
WHERE a.canonical = :address AND a.superseded_by IS NULL AND :page NOT IN (a.page_id, o.page_id)
ORDER BY o.n
"""
_TOLD = f"SELECT a.id, a.published, {_FIRST} AS stored, a.text FROM articles a WHERE a.n = :n"
_UNSIGNED = """
SELECT a.id, a.page_id, a.source_id, a.text, a.lang, a.published, a.canonical FROM articles a
WHERE a.superseded_by IS NULL AND NOT EXISTS (
    SELECT 1 FROM signatures s WHERE s.article_id = a.id AND s.method = :method)
ORDER BY a.n LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that tells what an earlier one told. ``likeness`` is the share of its runs of
    words that the earlier one had, when it was found."""

    article_id: str
    original_id: str
    by: By
    likeness: float


@dataclass(frozen=True, slots=True)
class Marked:
    """What is known of an article among the others: by what it is found again, what it is a copy
    of, and which stored articles are copies of it."""

    method: str
    signature: bytes
    copy: Copy | None = None
    turned: tuple[Copy, ...] = ()


class Marker(Protocol):
    """Who decides what is a copy."""

    @property
    def method(self) -> str:
        """How its signatures are made: those of another method are made anew."""

    def mark(self, doc: Doc) -> Marked:
        """Look for what an article is a copy of, just before it is stored."""


@dataclass(frozen=True, slots=True)
class Told:
    """A stored article, as far as it matters to others. ``stored`` orders articles by when their
    page was stored first."""

    id: str
    published: str | None
    stored: int
    text: str


def put(db: sqlite3.Connection, article_id: str, marked: Marked, at: str) -> None:
    """Write what was found of an article that is stored; what was known of it before goes."""
    db.execute(
        "INSERT OR REPLACE INTO signatures (article_id, method, signature) VALUES (?, ?, ?)",
        [article_id, marked.method, marked.signature],
    )
    db.execute("DELETE FROM copies WHERE article_id = ?", [article_id])
    for copy in (*marked.turned, *([marked.copy] if marked.copy else [])):
        # Its own copies go along, so that no original is a copy.
        follow = "UPDATE copies SET original_id = :original_id WHERE original_id = :article_id"
        db.execute(follow, {"original_id": copy.original_id, "article_id": copy.article_id})
        db.execute(
            "INSERT INTO copies (article_id, original_id, by, likeness, at)"
            " VALUES (:article_id, :original_id, :by, :likeness, :at)",
            asdict(copy) | {"at": at},
        )


def succeed(db: sqlite3.Connection, earlier: str, later: str) -> None:
    """Let a later reading of a page stand where the earlier one stood."""
    for column in ("article_id", "original_id"):
        db.execute(f"UPDATE copies SET {column} = ? WHERE {column} = ?", [later, earlier])


def sign(db: sqlite3.Connection, marker: Marker, at: str) -> bool:
    """Mark the first article that has no signature of the marker's method; False where all have."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        cursor = db.execute(_UNSIGNED, {"method": marker.method})
        names = [column[0] for column in cursor.description]
        values = cursor.fetchone()
        if values is None:
            return False
        doc = Doc(**dict(zip(names, values, strict=True)))
        put(db, doc.id, marker.mark(doc), at)
    return True


@dataclass(frozen=True, slots=True)
class Originals:
    """What a marker may ask of a store: its articles that are no copies, by number."""

    db: sqlite3.Connection

    def signed(self, method: str, after: int) -> Iterator[tuple[int, int, bytes]]:
        """Every signature made after a number: its own number, the article's, and it, in order."""
        yield from self.db.execute(_SIGNED, {"method": method, "after": after})

    def among(self, numbers: Sequence[int], page: str, most: int) -> list[int]:
        """The first so many of these numbers that are originals, and of another page."""
        values = {"numbers": json.dumps(numbers), "page": page, "most": most}
        return [n for (n,) in self.db.execute(_AMONG, values)]

    def at(self, address: str, page: str, method: str) -> list[int]:
        """The originals of what was marked at an address, but for this page itself."""
        values = {"address": address, "page": page, "method": method}
        return [n for (n,) in self.db.execute(_AT, values)]

    def told(self, number: int) -> Told:
        """The article of a number, which must be there."""
        return Told(*self.db.execute(_TOLD, {"n": number}).fetchone())

    def first(self, page: str) -> int | None:
        """The number of the first reading of a page; None where it is not stored."""
        first = "SELECT min(n) FROM articles WHERE page_id = ?"
        number: int | None = self.db.execute(first, [page]).fetchone()[0]
        return number
