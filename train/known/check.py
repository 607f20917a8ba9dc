"""Validates the tables of ``kronik.known``: ``python -m train.known.check`` names the faults."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date

from kronik.codebook import Codebook
from train.known.paths import DATA

Rows = list[dict[str, str]]
PLACELESS = {"IGO", "NGO", "---"}
NAME_KINDS = {"full", "last", "short", "acronym", "nickname"}
COUNTRY_KINDS = {"name", "people", "capital", "seat", "region"}
LANGS = {"en", "id", "both"}
MOST_BYTES = 3_000_000
_WIKIDATA = re.compile(r"Q\d+")
_ALPHA3 = re.compile(r"[A-Z]{3}")


def main() -> int:
    """Print every fault; 1 where there is one."""
    found = list(faults({path.stem: load(path.stem) for path in sorted(DATA.glob("*.tsv"))}))
    print("\n".join(found) or "the tables are sound")
    return 1 if found else 0


def load(name: str) -> Rows:
    """A table as it stands on disk."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]


def faults(tables: dict[str, Rows]) -> Iterator[str]:
    """What is wrong with the tables, a line each."""
    sectors = set(Codebook.load().sectors)
    codes = {row["alpha3"] for row in tables["countries"]} | PLACELESS
    ids = {row["id"] for row in tables["actors"]}
    offices = {row["office"] for row in tables["offices"]}
    yield from _texts(tables)
    yield from _repeated("actors", (row["id"] for row in tables["actors"]))
    yield from _repeated("countries", (row["alpha3"] for row in tables["countries"]))
    yield from _repeated("heads", (f"{row['lang']} {row['head']}" for row in tables["heads"]))
    for name in ("actors", "heads", "offices"):
        yield from _outside(name, tables[name], "sector", sectors)
    for name in ("actors", "spells"):
        yield from _outside(name, tables[name], "country", codes)
    for name in ("heads", "offices"):
        yield from _outside(name, tables[name], "country", codes | {""})
    yield from _outside("country_names", tables["country_names"], "alpha3", codes)
    yield from _outside("country_names", tables["country_names"], "kind", COUNTRY_KINDS)
    yield from _outside("names", tables["names"], "kind", NAME_KINDS)
    yield from _outside("names", tables["names"], "actor", ids)
    yield from _outside("spells", tables["spells"], "actor", ids)
    yield from _outside("spells", tables["spells"], "office", offices)
    for name in ("names", "country_names", "heads", "offices"):
        yield from _outside(name, tables[name], "lang", LANGS)
    yield from _nameless(tables, ids)
    yield from _codes(tables)
    yield from _dates(tables["spells"])


def _texts(tables: dict[str, Rows]) -> Iterator[str]:
    for name, rows in tables.items():
        for number, row in enumerate(rows, start=2):
            for column, text in row.items():
                if text != unicodedata.normalize("NFC", text) or text != text.strip():
                    yield f"{name}:{number}: {column} {text!r} is not NFC or not stripped"
    size = sum(path.stat().st_size for path in DATA.glob("*.tsv"))
    if size > MOST_BYTES:
        yield f"the tables take {size} bytes, more than {MOST_BYTES}"


def _repeated(table: str, keys: Iterator[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{table}: {key!r} stands {times} times"


def _outside(table: str, rows: Rows, column: str, allowed: set[str]) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        if row[column] not in allowed:
            yield f"{table}:{number}: unknown {column} {row[column]!r}"


def _nameless(tables: dict[str, Rows], ids: set[str]) -> Iterator[str]:
    named = {row["actor"] for row in tables["names"]}
    yield from (f"actors: {missing} has no name" for missing in sorted(ids - named))


def _codes(tables: dict[str, Rows]) -> Iterator[str]:
    for row in tables["countries"]:
        if not _ALPHA3.fullmatch(row["alpha3"]):
            yield f"countries: {row['alpha3']!r} is not an alpha-3"
    for name in ("actors", "countries"):
        for row in tables[name]:
            if row["wikidata"] and not _WIKIDATA.fullmatch(row["wikidata"]):
                yield f"{name}: {row['wikidata']!r} is not a Wikidata id"


def _dates(spells: Rows) -> Iterator[str]:
    for number, row in enumerate(spells, start=2):
        try:
            days = [date.fromisoformat(row[end]) for end in ("from", "to") if row[end]]
        except ValueError as error:
            yield f"spells:{number}: {error}"
            continue
        if days != sorted(days):
            yield f"spells:{number}: {row['actor']} leaves {row['office']} before he enters it"


if __name__ == "__main__":
    sys.exit(main())
