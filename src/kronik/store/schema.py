"""The schema grows by numbered migrations, each recorded by name in the transaction it runs in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from kronik.errors import StoreError

APPLICATION_ID = 1263685195
"""``PRAGMA application_id`` of every database of ours: the bytes "KRNK"."""


def migrations() -> dict[str, str]:
    """Name and SQL of every migration that this version knows, oldest first."""
    folder = files("kronik.store") / "migrations"
    scripts = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return {script.name.removesuffix(".sql"): script.read_text("utf-8") for script in scripts}


def migrate(db: sqlite3.Connection, path: Path, known: Mapping[str, str]) -> Path | None:
    """Bring a database up to the newest of ``known``; a current one is not touched.

    An older one is copied first, to a file beside it whose path is returned. Raises
    ``StoreError`` for a database of another program and for one of a newer Kronik.
    """
    done = _recorded(db, path)
    if newer := done - known.keys():
        raise StoreError(
            f"made by a newer Kronik (it has {max(newer)})",
            where=str(path),
            remedy="upgrade: pip install --upgrade kronik",
        )
    pending = [name for name in known if name not in done]
    backup = _back_up(db, path, pending[0]) if done and pending else None
    for name in pending:
        _apply(db, name, known[name])
    return backup


def _recorded(db: sqlite3.Connection, path: Path) -> set[str]:
    """The migrations that a database has been through: none where it is empty."""
    if db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return {name for (name,) in db.execute("SELECT name FROM migrations")}
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(
            "this is the database of another program", where=str(path), remedy="name another file"
        )
    return set()


def _back_up(db: sqlite3.Connection, path: Path, name: str) -> Path:
    copy = path.with_name(f"{path.name}.before-{name}")
    with sqlite3.connect(copy) as target:
        db.backup(target)
    target.close()
    return copy


def _apply(db: sqlite3.Connection, name: str, script: str) -> None:
    with db:
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT"
        )
        if db.execute("SELECT 1 FROM migrations WHERE name = ?", [name]).fetchone():
            return  # another process was faster
        for statement in _statements(script):
            db.execute(statement)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        db.execute("INSERT INTO migrations VALUES (?, ?)", [name, at])


def _statements(script: str) -> Iterator[str]:
    """Split a script, since ``executescript`` would end the transaction it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
