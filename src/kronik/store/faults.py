"""What SQLite complains of, said for people: each fault with its remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kronik.errors import StoreError

_FAULTS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_NOTADB: ("this file is not a database", "name another file"),
    sqlite3.SQLITE_CORRUPT: ("the database is damaged", "restore it from a copy"),
    sqlite3.SQLITE_BUSY: ("another program is writing to it", "wait until it is done"),
    sqlite3.SQLITE_LOCKED: ("another program is writing to it", "wait until it is done"),
    sqlite3.SQLITE_READONLY: ("it cannot be written to", "check the permissions of the file"),
    sqlite3.SQLITE_PERM: ("access is denied", "check the permissions of the file"),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "check that the folder exists and may be written to, and that this is no folder itself",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space; what was stored is intact"),
    sqlite3.SQLITE_IOERR: ("the disk failed to read or write", "check the disk"),
}


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn a fault of SQLite within the block into a ``StoreError`` that says the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        what, remedy = _FAULTS.get(primary, (str(error), None))
        raise StoreError(what, where=where, remedy=remedy) from error
