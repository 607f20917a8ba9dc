"""Actors, their names and their offices, from our own lists, REIGN and the list of DPR members."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from kronik.known.names import Titles, is_acronym, words
from train.known.authored import Line, items, lines

OWN = "kronik"
_MUHAMMAD = re.compile(r"(Muhammad|Mohammad|Mohamad|Mohammed|Mohamed|Mochamad|Muhamad) (?=[A-Z])")
_BRACKETS = re.compile(r"\([^)]*\)")
_PARTICLES = {"bin", "binti", "al", "van", "von", "der", "de", "del", "da", "dos", "el", "ben"}
_NUMERALS = {"I", "II", "III", "IV", "V", "VI", "X", "XIV", "XVI", "Jr", "Jr."}
_ACRONYM_LENGTH = 8
_FOREMOST = {"president", "prime minister", "chancellor", "supreme leader"}


@dataclass(frozen=True, slots=True)
class Spell:
    """Time in an office. Dates are ISO 8601 or empty; ``country`` is empty for the actor's own."""

    office: str
    country: str
    start: str
    end: str
    source: str = OWN


@dataclass(slots=True)
class Entry:
    """An actor with all that the tables say of him. Names map to (language, kind, prior)."""

    name: str
    country: str
    sector: str
    kind: str
    wikidata: str = ""
    source: str = OWN
    names: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    spells: list[Spell] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Stable as long as name and country are: ``per.idn.joko-widodo``."""
        country = "xxx" if self.country == "---" else self.country.lower()
        return f"{self.kind.lower()}.{country}.{_slug(self.name)}"

    def call(self, name: str, kind: str, lang: str = "both", prior: int = 1) -> None:
        """Give the actor a name, unless he has it; a name of both languages is in ``both``."""
        known = self.names.get(name)
        if known is None:
            self.names[name] = (lang, kind, prior)
        elif known[0] != lang:
            self.names[name] = ("both", known[1], max(prior, known[2]))


def bodies() -> Iterator[Entry]:
    """Organisations of the two lists."""
    for name in ("orgs_idn", "orgs_world"):
        for line in lines(name, 5):
            yield _body(line, line.group or "IDN")


def people() -> Iterator[Entry]:
    """Persons of the two lists."""
    for line in lines("people_idn", 4):
        yield _person(line, "IDN", surname=False)
    for line in lines("people_world", 5):
        country, _, order = line.group.partition(" ")
        yield _person(line, country, surname=order != "family-first")


def provinces() -> Iterator[Entry]:
    """Government, police, council and prosecutors of every Indonesian province."""
    patterns = (
        ("GOV", "Pemerintah Provinsi {}", ("Pemprov {}", "{en} administration")),
        ("LEG", "DPRD {}", ("DPRD Provinsi {}", "{en} legislative council")),
        ("JUD", "Kejaksaan Tinggi {}", ("Kejati {}", "{en} Prosecutor's Office")),
        ("COP", "Polda {}", ("Kepolisian Daerah {}", "Polda {}", "{en} Police", "{en} police")),
    )
    for line in lines("provinces", 4):
        english, indonesian, others, police = line.fields
        for sector, pattern, more in patterns:
            if sector == "COP" and police:
                continue
            entry = Entry(pattern.format(indonesian), "IDN", sector, "ORG")
            for form in (pattern, *more):
                lang = "en" if "{en}" in form else "id"
                for place in (indonesian, *items(others)):
                    entry.call(form.format(place, en=english), "full", lang)
            yield entry


def personal_names(entry: Entry, *, surname: bool) -> None:
    """Add what a full name is commonly shortened to."""
    parts = entry.name.split()
    if short := _MUHAMMAD.sub("M ", entry.name, count=1):
        entry.call(short, "full")
    inner = {part.casefold() for part in parts[1:-1]} & _PARTICLES
    plain = not inner and not parts[-1].startswith("al-") and parts[-1] not in _NUMERALS
    if len(parts) > 2 and plain:
        entry.call(f"{parts[0]} {parts[-1]}", "full")
    if surname and plain and len(parts) > 1 and len(parts[-1]) > 2:
        foremost = any(spell.office in _FOREMOST for spell in entry.spells)
        entry.call(parts[-1], "last", prior=2 if foremost else 1)


def bare(name: str, titles: Titles) -> str:
    """A name without titles and what stands in brackets, spelt as it came."""
    name = _BRACKETS.sub("", name)
    kept = words(titles.bare(name))
    spelt = [part.strip(",") for part in name.split()]
    return " ".join(part for part in spelt if "".join(words(part)) and words(part)[0] in kept)


def _body(line: Line, country: str) -> Entry:
    listed_name, sector, english, indonesian, wikidata = line.fields
    name, prior = _prior(listed_name)
    entry = Entry(name, country, sector, "ORG", wikidata)
    entry.call(name, _how(name), prior=prior)
    for lang, listed in (("en", english), ("id", indonesian)):
        for alias in items(listed):
            spelt, prior = _prior(alias)
            entry.call(spelt, _how(spelt), "both" if is_acronym(spelt) else lang, prior)
    return entry


def _person(line: Line, country: str, *, surname: bool) -> Entry:
    name, sector, spells, aliases = line.fields[:4]
    wikidata = "".join(line.fields[4:])
    short = name.startswith("=")
    entry = Entry(name.lstrip("="), country, sector, "PER", wikidata)
    entry.spells += [_spell(spell, line.where) for spell in items(spells)]
    entry.call(entry.name, "short" if short else "full")
    if not short:
        personal_names(entry, surname=surname)
    for alias in items(aliases):
        if alias.startswith("="):
            entry.call(alias[1:], "short")
        else:
            _nickname(entry, alias)
    return entry


def _nickname(entry: Entry, alias: str) -> None:
    """A name that stands for the person at any time, even where it is a surname too."""
    name, prior = _prior(alias)
    kind = "full" if " " in name else "acronym" if is_acronym(name) else "nickname"
    entry.names[name] = ("both", kind, prior)


def _spell(text: str, where: str) -> Spell:
    office, _, dates = text.rpartition(" ")
    start, dots, end = dates.partition("..")
    if not dots or not office:
        raise ValueError(f"{where}: not an office with dates: {text!r}")
    country, colon, rest = office.partition(":")
    return Spell(rest, country, start, end) if colon else Spell(office, "", start, end)


def _prior(alias: str) -> tuple[str, int]:
    """A name and how common its reading is: ``PBB^2``; 1 where the list says nothing."""
    name, _, prior = alias.partition("^")
    return name, int(prior or 1)


def _how(name: str) -> str:
    return "acronym" if is_acronym(name) and len(name) <= _ACRONYM_LENGTH else "full"


def _slug(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold().replace("'", "")).strip("-")
