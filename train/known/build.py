"""Writes the tables of ``kronik.known``: ``python -m train.known.build``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from train.known import actors, countries, offices, public
from train.known.actors import Entry, Spell
from train.known.authored import items, lines
from train.known.paths import DATA

_REIGN_ENDS = "2021-03"
_ACTOR = "id name country sector kind wikidata source"


def main() -> None:
    """Write every table."""
    for name, text in tables().items():
        (DATA / f"{name}.tsv").write_text(text, encoding="utf-8")


def tables() -> dict[str, str]:
    """The text of every table, by its name."""
    entries = _entries()
    held = (spell.office for entry in entries for spell in entry.spells)
    posts = _unique(offices.offices(held, _bodies(entries)))
    homes = {row[0]: row[2] for row in posts}
    return {
        "titles": _text("kind title", _pairs("titles")),
        "phrases": _text("lang kind word", _phrases()),
        "heads": _text("head lang sector strength country", _heads()),
        "countries": _text("alpha3 alpha2 numeric en id wikidata source", countries.countries()),
        "country_names": _text("alpha3 lang kind name", countries.names()),
        "offices": _text("office sector country lang title", posts),
        "actors": _text(_ACTOR, ([getattr(e, c) for c in _ACTOR.split()] for e in entries)),
        "names": _text("actor name lang kind prior", _names(entries)),
        "spells": _text("actor office country from to source", _spells(entries, homes)),
    }


def _text(columns: str, rows: Iterable[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in (columns.split(), *rows)) + "\n"


def _entries() -> list[Entry]:
    """Every actor once: what several lists say of one is put together under the first."""
    found: dict[str, Entry] = {}
    lists = (actors.people(), actors.bodies(), actors.provinces(), public.legislators())
    for entry in chain(*lists, public.leaders()):
        known = found.setdefault(entry.id, entry)
        if known is not entry:
            _merge(known, entry)
    for entry in found.values():
        entry.spells = [_closed(spell, entry, found.values()) for spell in entry.spells]
    return list(found.values())


def _merge(known: Entry, entry: Entry) -> None:
    for name, (lang, kind, prior) in entry.names.items():
        known.call(name, kind, lang, prior)
    offices_known = {spell.office for spell in known.spells}
    known.spells += [spell for spell in entry.spells if spell.office not in offices_known]


def _closed(spell: Spell, entry: Entry, entries: Iterable[Entry]) -> Spell:
    """REIGN ends in March 2021: an open term ends where our own list names a successor."""
    if spell.end or spell.source != "REIGN 2021-03":
        return spell
    later = [
        other.start
        for rival in entries
        if rival.country == entry.country and rival is not entry
        for other in rival.spells
        if other.office == spell.office and other.start >= _REIGN_ENDS
    ]
    return replace(spell, end=min(later, default=""))


def _bodies(entries: Iterable[Entry]) -> dict[str, tuple[str, list[str]]]:
    return {
        name: (entry.sector, list(entry.names))
        for entry in entries
        if entry.kind == "ORG" and entry.country == "IDN"
        for name in entry.names
    }


def _spells(entries: list[Entry], homes: dict[str, str]) -> Iterable[list[str]]:
    """``homes`` gives the country of offices that one country alone has."""
    for entry in entries:
        for spell in entry.spells:
            country = spell.country or homes[spell.office] or entry.country
            yield [entry.id, spell.office, country, spell.start, spell.end, spell.source]


def _names(entries: list[Entry]) -> Iterable[list[str]]:
    for entry in entries:
        for name, (lang, kind, prior) in entry.names.items():
            yield [entry.id, name, lang, kind, str(prior)]


def _pairs(name: str) -> Iterable[list[str]]:
    for line in lines(name, 2):
        kind, field = line.fields
        yield from ([kind, item] for item in items(field))


def _phrases() -> Iterable[list[str]]:
    for line in lines("phrases", 3):
        lang, kind, field = line.fields
        yield from ([lang, kind, word] for word in items(field))


def _heads() -> Iterable[list[str]]:
    seen: set[tuple[str, str]] = set()
    for line in lines("heads", 5):
        lang, sector, strength, country, field = line.fields
        for head in items(field):
            if (lang, head) not in seen:
                seen.add((lang, head))
                yield [head, lang, sector, strength, country]


def _unique(rows: list[list[str]]) -> list[list[str]]:
    return [list(row) for row in dict.fromkeys(tuple(row) for row in rows)]


if __name__ == "__main__":
    main()
