"""Offices and what each language calls them: "Menlu", "foreign minister"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kronik.known.names import Folding
from kronik.known.tables import rows
from kronik.types import Lang


@dataclass(frozen=True, slots=True)
class Office:
    """An office under its English name. ``country`` is set where only one country has it."""

    name: str
    sector: str
    country: str | None
    titles: Mapping[Lang, str]
    """What to call it in each language: the first title of the table."""


class Offices:
    """Look-ups from titles to offices."""

    def __init__(self) -> None:
        table = list(rows("offices", ("office", "sector", "country", "lang", "title")))
        self.folding = Folding.of(title for *_, title in table)
        titles: dict[str, dict[Lang, str]] = {}
        keys: dict[str, list[str]] = {}
        for office, _, _, lang, title in table:
            titles.setdefault(office, {}).setdefault(lang, title)
            named = keys.setdefault(self.folding.key(title), [])
            if office not in named:
                named.append(office)
        self.by_name: Mapping[str, Office] = MappingProxyType(
            {
                office: Office(office, sector, country or None, MappingProxyType(titles[office]))
                for office, sector, country, _, _ in table
            }
        )
        self._keys: Mapping[str, tuple[str, ...]] = MappingProxyType(
            {key: tuple(named) for key, named in keys.items()}
        )

    def called(self, title: str) -> tuple[Office, ...]:
        """The offices that go by this title, the likeliest first."""
        return tuple(self.by_name[name] for name in self._keys.get(self.folding.key(title), ()))
