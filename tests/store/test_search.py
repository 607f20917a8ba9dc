"""Whatever is typed into a search box is a query, never a syntax error."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.store.search import match


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("kapal", '"kapal"'),
        ("  kapal   nelayan ", '"kapal" "nelayan"'),
        ('"kapal nelayan" laut', '"kapal nelayan" "laut"'),
        ('"kapal nelayan', '"kapal nelayan"'),
        ("menem*", '"menem"*'),
        ('"di la"*', '"di la"*'),
        ("kapal OR laut", '"kapal" "OR" "laut"'),
        ("", '""'),
        ("kapal\0laut", '"kapal" "laut"'),
    ],
)
def test_match(typed: str, query: str) -> None:
    assert match(typed) == query


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_sqlite_understands_every_query(typed: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE found USING fts5 (text)")
        db.execute("INSERT INTO found VALUES ('kapal nelayan')")
        rows = db.execute("SELECT text FROM found WHERE found MATCH ?", [match(typed)]).fetchall()
        assert len(rows) <= 1
