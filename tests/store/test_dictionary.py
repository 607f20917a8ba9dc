"""The data dictionary tells every field of the record and every column, and no others."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kronik.store import Store

ROOT = Path(__file__).resolve().parents[2]
RECORD = json.loads((ROOT / "tests" / "exchange" / "contract.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def told() -> dict[str, list[str]]:
    """The rows that stand below each heading of the dictionary."""
    text = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    sections = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    rows = {
        part.partition("\n")[0]: re.findall(r"^\| `(\w+)`", part, re.MULTILINE) for part in sections
    }
    return {heading.replace("`", ""): fields for heading, fields in rows.items()}


def test_every_field_of_the_record(told: dict[str, list[str]]) -> None:
    assert {kind: told[kind] for kind in told if not kind.startswith("table ")} == RECORD


def test_every_column_of_every_table(told: dict[str, list[str]], tmp_path: Path) -> None:
    Store.open(tmp_path / "kronik.db").close()
    with closing(sqlite3.connect(tmp_path / "kronik.db")) as db:
        tables = "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict"
        columns = {
            f"table {table}": [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            for (table,) in db.execute(tables).fetchall()
        }
    assert {kind: told[kind] for kind in told if kind.startswith("table ")} == columns
