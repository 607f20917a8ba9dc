"""``Store``: one SQLite file with everything that was read, safe to kill at any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar

from kronik.errors import KronikError, StepError, StoreError
from kronik.store import again, copies, read, schema, write
from kronik.store.again import Kept
from kronik.store.copies import Marker, Originals
from kronik.store.faults import explained
from kronik.store.health import Health
from kronik.store.read import ArticleRow, Claim, EventRow, Filter, QuoteRow, RefusalRow
from kronik.store.write import Added, Adding
from kronik.types import Doc, Page, Versions

Row = TypeVar("Row")
NAMED = 3
"""How many of the events that an id may stand for are named."""


class Store:
    """The record of many pages. Every method raises ``StoreError`` with a remedy.

    The file is in WAL mode: others may read while this process writes.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True, patience: float = 10.0) -> Self:
        """Open a database, or make one where ``create`` allows it, at the newest schema.

        ``patience`` is how many seconds to wait while another program writes. An older
        database is copied to a file beside it before it is migrated.
        """
        path = Path(path)
        if not create and not path.exists():
            raise StoreError(
                "no such database", where=str(path), remedy="make one: kronik add INPUT --db FILE"
            )
        with explained(str(path)):
            db = sqlite3.connect(path, timeout=patience, isolation_level=None)
            try:
                _prepare(db, path)
            except (sqlite3.Error, StoreError):
                db.close()
                raise
        return cls(db, path)

    def has(self, page_id: str) -> bool:
        """Whether a page of this hash is stored."""
        with explained(str(self.path)):
            return write.has(self._db, page_id)

    def knows(self, address: str) -> bool:
        """Whether a page came from this address, be it stored or refused."""
        with explained(str(self.path)):
            return write.knows(self._db, address)

    def add(
        self,
        page: Page,
        doc: Doc,
        versions: Versions,
        *,
        copies: Marker | None = None,
        given: str | None = None,
    ) -> Added | None:
        """Write one page and what was read on it, whole or not at all.

        None, and nothing changes, if it is there already. ``copies`` says what the article is a
        copy of; ``given`` is what the caller knew better than the page, as JSON. Raises
        ``StepError`` for a document that contradicts itself (two events of one id, a claim in a
        quote that is not there).
        """
        with explained(str(self.path)):
            try:
                return write.add(self._db, Adding(page, doc, versions, given), _now(), copies)
            except sqlite3.IntegrityError as error:
                raise StepError("store", str(error), where=page.place) from error

    def refuse(self, source: Page | str, error: KronikError) -> None:
        """Put a page, or a place that gave none, into quarantine with the reason."""
        with explained(str(self.path)):
            write.refuse(self._db, source, error, _now())

    def events(self, wanted: Filter | None = None) -> Iterator[EventRow]:
        """The claims that a filter lets through, newest articles first."""
        return self._explained(read.events(self._db, wanted or Filter()))

    def claim(self, beginning: str) -> Claim:
        """The event whose id begins so, with its article. Raises ``StoreError`` where there is
        none, or more than one."""
        with explained(str(self.path)):
            found = read.event_ids(self._db, beginning, limit=NAMED + 1)
            if len(found) == 1:
                return read.claim(self._db, found[0])
        raise _not_one(beginning, found, self.path)

    def quotes(self, wanted: Filter | None = None) -> Iterator[QuoteRow]:
        """The quotes that a filter lets through, newest articles first."""
        return self._explained(read.quotes(self._db, wanted or Filter()))

    def articles(self, wanted: Filter | None = None) -> Iterator[ArticleRow]:
        """The articles that a filter lets through, newest first."""
        return self._explained(read.articles(self._db, wanted or Filter()))

    def quarantine(self) -> Iterator[RefusalRow]:
        """What was refused and not read since."""
        return self._explained(read.quarantine(self._db))

    def refused(self) -> Iterator[tuple[str, Page | None]]:
        """Every place in quarantine, with all that is known of its page but the bytes."""
        return self._explained(again.refused(self._db))

    def refusal(self, place: str) -> tuple[RefusalRow, Page | None]:
        """What is known of one place in quarantine, by its name or enough of its end. Raises
        ``StoreError`` where that is no place, or several."""
        rows = {row.origin: row for row in self.quarantine() if row.origin.endswith(place)}
        if place in rows:
            rows = {place: rows[place]}
        if len(rows) != 1:
            what = (
                f"{len(rows)} places in quarantine end in {place!r}"
                if rows
                else (f"nothing in quarantine ends in {place!r}")
            )
            remedy = f"give one as it is listed: kronik quarantine list --db {self.path}"
            raise StoreError(what, where=str(self.path), remedy=remedy)
        ((origin, row),) = rows.items()
        return row, dict(self.refused())[origin]

    def pardon(self, origins: Sequence[str]) -> None:
        """Take places out of quarantine."""
        with explained(str(self.path)):
            again.pardon(self._db, origins)

    def due(self, versions: Versions) -> Iterator[Kept]:
        """Every page that these versions have not read, in the order they were added."""
        return self._explained(again.due(self._db, versions))

    def reread(self, doc: Doc, versions: Versions) -> bool:
        """Put a later reading of a page beside the one it supersedes; False, and it is only
        confirmed, where it says the same."""
        with explained(str(self.path)):
            return again.reread(self._db, doc, versions, _now())

    @property
    def originals(self) -> Originals:
        """What is asked of the store to find copies, within ``add`` and ``sign``."""
        return Originals(self._db)

    @property
    def health(self) -> Health:
        """Of the sources that are watched."""
        return Health(self._db, str(self.path))

    def sign(self, marker: Marker) -> None:
        """Have every article marked that was stored without, each in a transaction of its own."""
        with explained(str(self.path)):
            while copies.sign(self._db, marker, _now()):
                pass

    def close(self) -> None:
        """Give the file back; safe to call twice."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _explained(self, rows: Iterator[Row]) -> Iterator[Row]:
        with explained(str(self.path)):
            yield from rows


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.create_function("fold", 1, _fold, deterministic=True)
    db.execute("PRAGMA foreign_keys = ON")
    schema.migrate(db, path, schema.migrations())
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")


def _not_one(beginning: str, found: Sequence[str], path: Path) -> StoreError:
    """What to say where an id stands for no event, or for several."""
    if not found:
        what, remedy = f"no event {beginning!r}", f"look its id up: kronik events --db {path}"
    else:
        named = ", ".join(found[:NAMED]) + (", ..." if len(found) > NAMED else "")
        what = f"{beginning!r} may be {named}"
        remedy = f"give more of it: kronik explain {found[0]} --db {path}"
    return StoreError(what, where=str(path), remedy=remedy)


def _fold(name: str | None) -> str | None:
    """SQLite's own ``lower`` knows ASCII alone."""
    return None if name is None else name.casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
