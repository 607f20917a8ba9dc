"""The shipped tables are sound, and the check that says so can fail."""

from __future__ import annotations

import copy

import pytest

from train.known import check
from train.known.paths import DATA, SHARED

TABLES = {path.stem: check.load(path.stem) for path in sorted(DATA.glob("*.tsv"))}


def test_the_tables_are_sound() -> None:
    assert list(check.faults(TABLES)) == []


def test_the_tables_are_as_large_as_promised() -> None:
    assert len(TABLES["actors"]) >= 2500
    assert len(TABLES["names"]) >= 6000
    assert sum(row["lang"] == "id" for row in TABLES["heads"]) >= 350
    assert sum(row["lang"] == "en" for row in TABLES["heads"]) >= 300
    assert len(TABLES["countries"]) >= 249


@pytest.mark.parametrize(
    ("table", "column", "value", "fault"),
    [
        ("actors", "sector", "XYZ", "unknown sector 'XYZ'"),
        ("actors", "country", "Indonesia", "unknown country 'Indonesia'"),
        ("actors", "wikidata", "7747", "'7747' is not a Wikidata id"),
        ("names", "actor", "per.idn.nobody", "unknown actor 'per.idn.nobody'"),
        ("names", "name", "Erdog\u0306an", "is not NFC"),
        ("names", "kind", "pet", "unknown kind 'pet'"),
        ("spells", "from", "2999-01-01", "before he enters it"),
        ("spells", "to", "yesterday", "yesterday"),
        ("spells", "office", "gardener", "unknown office 'gardener'"),
        ("countries", "alpha3", "USA", "'USA' stands 2 times"),
    ],
)
def test_a_fault_is_found(table: str, column: str, value: str, fault: str) -> None:
    damaged = copy.deepcopy(TABLES)
    row = next(row for row in damaged[table] if table != "spells" or row["to"])
    row[column] = value
    assert any(fault in found for found in check.faults(damaged))


def test_the_tables_are_what_the_build_writes() -> None:
    build = pytest.importorskip(
        "train.known.build", reason="the build needs Babel", exc_type=ImportError
    )
    if not SHARED.is_dir():
        pytest.skip("the public lists the tables are built from are not here")
    for name, text in build.tables().items():
        assert (DATA / f"{name}.tsv").read_text(encoding="utf-8") == text, name
