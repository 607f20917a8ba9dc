"""Look-ups answer what ``cases.tsv`` expects; ``-`` there is null."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kronik.errors import InstallError
from kronik.known import Known, Record, tables

CASES = Path(__file__).parent / "cases.tsv"
KNOWN = Known.load()


@dataclass(frozen=True)
class Case:
    question: str
    text: str
    lang: str
    on: date | None
    home: str | None
    expected: str | None


def cases() -> list[Case]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            Case(
                row["question"],
                row["text"],
                row["lang"],
                date.fromisoformat(row["on"]) if row["on"] else None,
                row["home"] or None,
                None if row["expected"] == "-" else row["expected"],
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def name_of(record: Record | None) -> str | None:
    return record.actor.name if record else None


def held_by(case: Case) -> str | None:
    assert case.on is not None
    return name_of(KNOWN.holder(case.text, case.home, case.on))


def office_of(case: Case) -> str | None:
    record = KNOWN.actor(case.text, case.on, case.home)
    assert record is not None
    return record.actor.office


ASK: dict[str, Callable[[Case], str | None]] = {
    "country": lambda case: KNOWN.country(case.text, case.lang),
    "state": lambda case: KNOWN.state(case.text, case.lang),
    "country_in": lambda case: KNOWN.country_in(case.text, case.lang),
    "actor": lambda case: name_of(KNOWN.actor(case.text, case.on, case.home)),
    "office": office_of,
    "holder": held_by,
    "sector": lambda case: KNOWN.sector_of(case.text, case.lang),
}


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.question}-{case.text}")
def test_case(case: Case) -> None:
    assert ASK[case.question](case) == case.expected


def test_an_ambiguous_acronym_keeps_both_readings() -> None:
    names = [record.actor.name for record in KNOWN.actors("PBB")]
    assert names == ["United Nations", "Partai Bulan Bintang"]


def test_an_actor_of_several_offices_gives_a_record_for_each() -> None:
    offices = {record.actor.office for record in KNOWN.actors("Anies Baswedan")}
    assert {"governor of Jakarta", "education minister"} <= offices


def test_an_office_brings_its_country_and_sector_along() -> None:
    record = KNOWN.actor("Ban Ki-moon", date(2005, 6, 1))
    assert record is not None
    assert (record.actor.country, record.actor.sector) == ("KOR", "GOV")
    assert record.valid_from == date(2004, 1, 17)


def test_without_a_day_no_office_is_claimed() -> None:
    record = KNOWN.actor("Joko Widodo")
    assert record is not None
    assert record.actor.office is None
    assert record.actor.sector == "GOV"


def test_an_office_knows_its_titles() -> None:
    office = KNOWN.office("Menlu")
    assert office is not None
    assert (office.name, office.sector) == ("foreign minister", "GOV")
    assert office.titles["id"] == "menteri luar negeri"


def test_country_info() -> None:
    country = KNOWN.country_info("DEU")
    assert country is not None
    assert (country.alpha2, country.numeric, country.titles["id"]) == ("DE", "276", "Jerman")
    assert KNOWN.country_info("XYZ") is None


def test_look_ups_are_quick() -> None:
    names = ["Putin", "KPK", "mantan Presiden Joko Widodo", "polisi", "militer Israel"] * 1000
    began = time.process_time()
    for name in names:
        KNOWN.actor(name, date(2018, 1, 1), "IDN")
        KNOWN.country_in(name, "id")
        KNOWN.sector_of(name, "id")
    assert 3 * len(names) / (time.process_time() - began) > 20_000


def test_a_table_with_another_heading_is_refused() -> None:
    with pytest.raises(InstallError, match="heading must be head, lang"):
        list(tables.rows("titles", ("head", "lang")))
