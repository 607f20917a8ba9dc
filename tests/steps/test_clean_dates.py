"""Dates of publication: read as each language writes them, and never made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik import lang
from kronik.steps.clean.dates import find, is_date_line, parse

CASES = Path(__file__).resolve().parents[1] / "cases"


def cases() -> list[tuple[str, str, str, str]]:
    rows = []
    for path in sorted(CASES.glob("*/published.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            line, published, precision = row.split("\t")
            rows.append((path.parent.name, line, published, precision))
    return rows


def packs(first: str) -> list[lang.Pack]:
    return [lang.get(code) for code in sorted(lang.CODES, key=lambda code: code != first)]


@pytest.mark.parametrize(("code", "line", "published", "precision"), cases())
def test_published(code: str, line: str, published: str, precision: str) -> None:
    found = parse(line, packs(code))
    said = (found.value, found.precision) if found else ("-", "-")
    assert said == (published, precision)


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("Selasa, 12 Agustus 2014 | 09:45 WIB", True),
        ("Warta Selat - 17/05/2023, 11:02 WIB", True),
        ("Gempa 12 Agustus 2014 merusak ratusan rumah dan dua jembatan", False),
        ("Sepuluh Lagu Terpopuler September 2019", False),
        ("Edisi Mei 1998", True),
        ("Rapat berlangsung 12 Agustus 2014.", False),
    ],
)
def test_a_date_line_says_hardly_more_than_its_date(line: str, alone: bool) -> None:
    assert is_date_line(line, packs("id")) is alone


def test_the_stretch_found_is_the_date() -> None:
    line = "Terbit Jumat, 27 November 2015 pukul 14:05"
    found = find(line, packs("id"))
    assert found is not None
    assert line[found.start : found.end] == "27 November 2015"


@pytest.mark.parametrize(
    "value",
    [
        "2015-11-27/2015-11-28",
        "2015-11-27/28",
        "2015-11/2015-12",
        "27-28 November 2015",
        "27 November 2015 - 1 Desember 2015",
        "November 2015 - Desember 2015",
        "2015-11-27 28",
    ],
)
def test_more_than_a_date_is_none(value: str) -> None:
    assert parse(value, packs("id")) is None


@pytest.mark.parametrize(
    "value",
    [
        "2015-11-27T14:05:00.123456Z",
        "2015-11-27T14:05:00+0700",
        "2015-11-27 14:05:00 -05",
        "2015-11-27 14.05 GMT+7",
        "20151127T140500Z",
        "27 November 2015, 2 pm",
        "27 Nov 2015 02:05 PM (Update 15:10)",
    ],
)
def test_a_time_of_day_does_no_harm(value: str) -> None:
    found = parse(value, packs("id"))
    assert found is not None
    assert found.value == "2015-11-27"


@given(value=st.text(st.characters(categories=["Nd", "Pd", "Po", "Zs", "Ll"]), max_size=40))
def test_no_value_breaks_it(value: str) -> None:
    found = parse(value, packs("en"))
    assert found is None or len(found.value) in {4, 7, 10}
