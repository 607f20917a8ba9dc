"""What sites put around an article is found, and prose that looks like it is left alone."""

from __future__ import annotations

import re

import pytest

from kronik import lang
from kronik.lang import LinePattern
from tests.lang.tables import rows

FINDS = {
    "noise": re.Pattern.fullmatch,
    "inserts": re.Pattern.search,
    "datelines": re.Pattern.match,
    "agos": re.Pattern.search,
    "desks": re.Pattern.fullmatch,
    "bylines": re.Pattern.search,
}
"""How each field says that its patterns are to be used."""


def patterns() -> list[object]:
    return [
        pytest.param(field, seen, id=f"{code} {field}: {seen.example[:40]}")
        for code in lang.CODES
        for field in FINDS
        for seen in getattr(lang.get(code), field)
    ]


@pytest.mark.parametrize(("field", "seen"), patterns())
def test_a_pattern_finds_its_example(field: str, seen: LinePattern) -> None:
    match = FINDS[field](seen.pattern, seen.example)
    assert match
    assert match.end() > match.start() or field == "bylines"


@pytest.mark.parametrize("row", rows("prose.tsv"), ids=lambda row: row["line"][:30])
def test_prose_is_left_alone(row: dict[str, str]) -> None:
    pack = lang.get(row["language"])
    for field in ("noise", "inserts", "bylines"):
        for seen in getattr(pack, field):
            assert not FINDS[field](seen.pattern, row["line"]), (field, seen.reason)


@pytest.mark.parametrize("row", rows("openings.tsv"), ids=lambda row: row["opening"][:30])
def test_datelines(row: dict[str, str]) -> None:
    pack = lang.get(row["language"])
    matches = (seen.pattern.match(row["opening"]) for seen in pack.datelines)
    match = next(filter(None, matches), None)
    found = match.groupdict() if match else {}
    assert row["opening"][match.end() if match else 0 :] == row["rest"]
    assert (found.get("place") or "") == row["place"]
    assert (found.get("outlet") or "") == row["outlet"]


@pytest.mark.parametrize(
    ("code", "line", "group", "names"),
    [
        ("id", "Penulis: Ratih Contoh", "names", "Ratih Contoh"),
        ("id", "Penulis: Ratih Contoh | Editor: Sari Contoh", "names", "Ratih Contoh"),
        ("id", "Reporter: Ratih Contoh Editor: Sari Contoh", "names", "Ratih Contoh"),
        ("id", "Oleh Ratih Contoh", "names", "Ratih Contoh"),
        ("id", "Warga pulang pada sore hari. (rtc/sri)", "initials", "rtc/sri"),
        ("id", "Warga pulang pada sore hari. [rtc]", "initials", "rtc"),
        ("en", "By Ruth Example", "names", "Ruth Example"),
        ("en", "By Ruth Example, staff writer", "names", "Ruth Example"),
        ("en", "(Reporting by Ruth Example)", "names", "Ruth Example"),
    ],
)
def test_bylines(code: str, line: str, group: str, names: str) -> None:
    matches = (seen.pattern.search(line) for seen in lang.get(code).bylines)
    match = next(filter(None, matches))
    assert match[group] == names
