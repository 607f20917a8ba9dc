"""The content of a database, to compare two of them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

TIMES = ("at", "read_at")


def dump(path: Path, *, times: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, the search index with them; ``times`` of writing only if asked."""
    with closing(sqlite3.connect(path)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        tables = {}
        for (name,) in names.fetchall():
            cursor = db.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor]
            tables[name] = [
                {key: value for key, value in row.items() if times or key not in TIMES}
                for row in rows
            ]
    return tables
