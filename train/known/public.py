"""Actors from public lists: leaders (REIGN, MIT) and members of parliament (DPR 2024, MIT)."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterator

from kronik.known.names import Titles
from train.known.actors import Entry, Spell, bare, personal_names
from train.known.authored import lines
from train.known.paths import SHARED

ACTORS = SHARED / "corpora" / "actors"
REIGN = ACTORS / "leaderlist_3_21.csv"
DPR = ACTORS / "dpr-2024" / "data_cleaned.csv"
SINCE = 2000
_NAME = re.compile(r"[A-Z][A-Za-z'. -]+ [A-Za-z'. -]+")
_NOT_ONE = (" and ", "acting")


def leaders() -> Iterator[Entry]:
    """Leaders of the countries in ``reign.txt`` who were in office since 2000."""
    offices = {code: (alpha3, office) for code, alpha3, office in _wanted()}
    with REIGN.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            name = row["leader"].strip()
            ended = float(row["eyear"] or "9999")
            usable = _NAME.fullmatch(name) and not any(word in name for word in _NOT_ONE)
            if row["stateabb"] in offices and ended >= SINCE and usable:
                alpha3, office = offices[row["stateabb"]]
                yield _leader(name, alpha3, _term(row, office))


def legislators() -> Iterator[Entry]:
    """Members of the Indonesian House from 2024 to 2029."""
    titles = Titles.load()
    with DPR.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = bare(row["Nama"], titles)
            if " " not in name:
                continue
            source = "DPR RI 2024-2029"
            entry = Entry(name, "IDN", "LEG", "PER", source=source)
            entry.call(name, "full")
            personal_names(entry, surname=False)
            entry.spells.append(
                Spell("member of parliament", "IDN", "2024-10-01", "2029-09-30", source)
            )
            yield entry


def _wanted() -> Iterator[tuple[str, str, str]]:
    for line in lines("reign", 3):
        code, alpha3, office = line.fields
        yield code, alpha3, office


def _leader(name: str, alpha3: str, term: Spell) -> Entry:
    entry = Entry(name, alpha3, "GOV", "PER", source="REIGN 2021-03", spells=[term])
    entry.call(name, "full")
    personal_names(entry, surname=True)
    return entry


def _term(row: dict[str, str], office: str) -> Spell:
    """REIGN gives the day of entry and the month of leaving; the month counts to its end."""
    start = f"{int(row['syear']):04}-{int(row['smonth']):02}-{int(row['sdate']):02}"
    end = ""
    if row["eyear"]:
        year, month = int(float(row["eyear"])), int(float(row["emonth"]))
        end = f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
    return Spell(office, "", start, end, "REIGN 2021-03")
