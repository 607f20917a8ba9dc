"""Countries: codes from the country-codes table (PDDL), names from CLDR and from our own list."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from babel import Locale

from train.known.authored import items, lines
from train.known.paths import SHARED

SOURCE = SHARED / "corpora" / "actors" / "country-codes.csv"
KOSOVO = ("KOS", "XK", "")
LANGS = ("en", "id")
_UNWANTED = re.compile(r"\bSAR\b| - ")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


def countries() -> list[list[str]]:
    """Rows alpha3, alpha2, numeric, en, id, wikidata, source."""
    rows = []
    own = {(alpha3, lang): name for alpha3, lang, kind, name in _own() if kind == "title"}
    for alpha3, alpha2, numeric, wikidata in _codes():
        titles = [own.get((alpha3, lang)) or _cldr(alpha2, lang) or alpha3 for lang in LANGS]
        rows.append([alpha3, alpha2, numeric, *titles, wikidata, "country-codes; CLDR"])
    return sorted(rows)


def names() -> list[list[str]]:
    """Rows alpha3, lang, kind, name: our own list first, so that it decides in doubt."""
    rows = [*(row for row in _own() if row[2] != "title"), *_provinces()]
    for alpha3, alpha2, _, _ in _codes():
        rows += [[alpha3, lang, "name", name] for lang in LANGS if (name := _cldr(alpha2, lang))]
    return [list(row) for row in dict.fromkeys(tuple(row) for row in rows)]


def codes() -> frozenset[str]:
    """Every alpha-3."""
    return frozenset(alpha3 for alpha3, *_ in _codes())


def _codes() -> Iterator[tuple[str, str, str, str]]:
    yield (*KOSOVO, "Q1246")
    with SOURCE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            alpha3 = row["ISO3166-1-Alpha-3"].strip()
            if alpha3:
                wikidata = row["wikidata_id"].rsplit("/", 1)[-1]
                numeric = row["ISO3166-1-numeric"].strip().zfill(3)
                yield alpha3, row["ISO3166-1-Alpha-2"].strip(), numeric, wikidata


def _cldr(alpha2: str, lang: str) -> str | None:
    name = Locale(lang).territories.get(alpha2)
    if not name:
        return None
    name = _PARENTHESIS.sub("", name).replace("SAR China", "").replace("DAK Tiongkok", "").strip()
    return None if _UNWANTED.search(name) else name


def _own() -> Iterator[list[str]]:
    for line in lines("country_names", 3):
        alpha3, label, field = line.fields
        kind, lang = label.split(".")
        for name in items(field):
            yield [alpha3, "both" if lang == "xx" else lang, kind, name]


def _provinces() -> Iterator[list[str]]:
    for line in lines("provinces", 4):
        english, indonesian, others, _ = line.fields
        yield ["IDN", "en", "region", english]
        for name in (indonesian, *items(others)):
            yield ["IDN", "id", "region", name]
