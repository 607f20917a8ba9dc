"""Persons and bodies by name, and the offices they held over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from kronik.known.names import Folding
from kronik.known.offices import Office
from kronik.known.tables import rows
from kronik.types import Actor, Kind

HORIZON = date(2026, 12, 31)
"""The tables were written in 2026: who holds an office after that year, they do not know."""


@dataclass(frozen=True, slots=True)
class Record:
    """An actor as he stood for a while: in one office, or in none that the tables know.

    ``valid_from`` and ``valid_to`` are inclusive; null is open (up to ``HORIZON``), or not known.
    """

    actor: Actor
    kind: Kind
    valid_from: date | None = None
    valid_to: date | None = None

    def valid(self, on: date) -> bool:
        """Whether the record holds on that day."""
        began = self.valid_from is None or self.valid_from <= on
        return began and on <= (self.valid_to or HORIZON)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name may stand for.

    ``how`` is full, acronym, nickname, last (a surname) or short (a first name or the like);
    ``prior`` says how much commoner this reading is than others of the same name.
    """

    id: str
    how: str
    prior: int


class Actors:
    """Look-ups from names to actors, and from offices to their holders."""

    def __init__(self, offices: Mapping[str, Office]) -> None:
        table = list(rows("names", ("actor", "name", "lang", "kind", "prior")))
        self.folding = Folding.of(name for _, name, *_ in table)
        self._plain: dict[str, Record] = dict(_plain())
        self._held: dict[str, list[Record]] = {}
        self._holders: dict[tuple[str, str], list[Record]] = {}
        self._names: dict[str, list[Named]] = {}
        for found, name in ((Named(r[0], r[3], int(r[4])), r[1]) for r in table):
            self._names.setdefault(self.folding.key(name), []).append(found)
        for named in self._names.values():
            named.sort(key=lambda found: -found.prior)
        self._fill_offices(offices)

    def named(self, name: str) -> tuple[Named, ...]:
        """What the name may stand for, the commoner reading first."""
        return tuple(self._names.get(self.folding.key(name), ()))

    def records(self, actor: str) -> tuple[Record, ...]:
        """All records of an actor: one an office, or one alone where no office is known."""
        return tuple(self._held.get(actor, (self._plain[actor],)))

    def record(self, actor: str, on: date | None) -> Record:
        """The actor on that day: in the office he held, else in none."""
        held = self._held.get(actor, ())
        current = next((record for record in held if on and record.valid(on)), None)
        return current or self._plain[actor]

    def has_office(self, actor: str) -> bool:
        """Whether the tables know any office of this actor."""
        return actor in self._held

    def kind(self, actor: str) -> Kind:
        """PER or ORG."""
        return self._plain[actor].kind

    def holder(self, office: str, country: str, on: date) -> Record | None:
        """Who held the office of that country on that day; of several, who came in last."""
        held = [record for record in self._holders.get((office, country), ()) if record.valid(on)]
        return max(held, key=lambda record: record.valid_from or date.min, default=None)

    def _fill_offices(self, offices: Mapping[str, Office]) -> None:
        columns = ("actor", "office", "country", "from", "to", "source")
        for actor, office, country, start, end, _ in rows("spells", columns):
            plain = self._plain[actor]
            sector = offices[office].sector
            held = replace(plain.actor, country=country, sector=sector, office=office)
            record = Record(held, plain.kind, _day(start), _day(end))
            self._held.setdefault(actor, []).append(record)
            self._holders.setdefault((office, country), []).append(record)


def _plain() -> Iterator[tuple[str, Record]]:
    columns = ("id", "name", "country", "sector", "kind", "wikidata", "source")
    for id_, name, country, sector, kind, wikidata, _ in rows("actors", columns):
        actor = Actor(id_, name, country, sector, None, wikidata or None)
        yield id_, Record(actor, cast("Kind", kind))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
