"""Look-ups over shipped tables: countries, actors and their offices over time, head words.

The tables in ``data/`` are built by ``train/known/build.py``; each says where its rows come from.
All look-ups are exact on normalised text: small letters, no accents, no full stops; acronyms
keep their capitals. Nothing is guessed: what no table knows is null.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kronik.known.actors import Actors, Named, Record
from kronik.known.countries import REGION, Countries, Country, Phrases
from kronik.known.heads import Heads
from kronik.known.names import Titles, words
from kronik.known.offices import Office, Offices
from kronik.types import Lang

__all__ = ["Country", "Known", "Office", "Record"]

_SHORTENED = ("last", "short")
_FURTHEST_NAME = 9
"""No role before a name ("Menteri Koordinator Bidang ...") is longer than this many words."""


class Known:
    """Immutable look-up tables. Load once and share."""

    def __init__(self) -> None:
        phrases = Phrases.load()
        self._links = phrases.all("link")
        self._joining = phrases.all("and")
        self._titles = Titles.load()
        self._countries = Countries(phrases)
        self._heads = Heads(phrases)
        self._offices = Offices()
        self._actors = Actors(self._offices.by_name)

    @classmethod
    def load(cls) -> Known:
        """The tables as shipped. Raises ``InstallError`` where one is damaged."""
        return cls()

    # Countries ---------------------------------------------------------------------------

    def country(self, text: str, lang: Lang | None = None) -> str | None:
        """Alpha-3 of a name, people, capital, seat of power or region of a country.

        The whole text must be the name; without ``lang`` every language is looked at.
        """
        key = self._countries.folding.key(self._titles.bare(text))
        found = self._countries.find(key, lang)
        return found[0] if found else None

    def state(self, text: str, lang: Lang | None = None) -> str | None:
        """As ``country``, of what news use for a state as a whole: never a region of it."""
        key = self._countries.folding.key(self._titles.bare(text))
        found = self._countries.find(key, lang)
        return found[0] if found and found[1] > REGION else None

    def country_in(self, text: str, lang: Lang | None = None) -> str | None:
        """Alpha-3 of the country that a phrase belongs to: "militer Israel" is ISR.

        Names and peoples count before capitals and seats, these before regions; of equals the
        last. A country behind a preposition ("duta besar Indonesia untuk Rusia") or before
        "-backed" counts only where there is no other. A phrase that names no country outright
        has that of its head word, where only one country has such ("KBRI Kairo", "bupati").
        """
        owner = self._countries.inside(text, lang)
        if owner and owner.sure:
            return owner.alpha3
        langs = (lang,) if lang else self._heads.langs
        heads = (self._heads.find(text, code) for code in langs)
        home = next((head.country for head in heads if head and head.country), None)
        return home or (owner.alpha3 if owner else None)

    def country_info(self, alpha3: str) -> Country | None:
        """The row of ISO 3166 for a code, with the country's name in each language."""
        return self._countries.by_code.get(alpha3)

    # Actors ------------------------------------------------------------------------------

    def actors(self, name: str) -> tuple[Record, ...]:
        """Every actor that goes by the name or acronym, the commoner reading first.

        An actor of several offices gives a record for each. Honorifics and degrees around the
        name do not matter.
        """
        found = self._named(name)
        return tuple(record for named in found for record in self._actors.records(named.id))

    def actor(self, name: str, on: date | None = None, home: str | None = None) -> Record | None:
        """The likeliest actor of that name on a day, in the office he then held.

        Whoever holds an office on the day comes first, then the commoner reading of the name
        ("PBB" is the United Nations), then an actor of the country ``home``; with surnames
        ``home`` goes before the commoner reading. A surname that several bear counts only for
        who is in office, a first name only for him in any case. A body whose name many
        countries share ("Ministry of Defence") counts only at home. Words for a person's task
        before the name are passed over ("mantan Ketua KPK Antasari Azhar").
        """
        for found in (self._named(name), *self._behind_role(name)):
            heard = tuple(named for named in found if self._heard(named, home))
            ranked = [named for named in heard if self._bears(named, heard, on)]
            if ranked:
                best = max(ranked, key=lambda named: self._rank(named, on, home))
                return self._actors.record(best.id, on)
        return None

    def _named(self, name: str) -> tuple[Named, ...]:
        return self._actors.named(name) or self._actors.named(self._titles.bare(name))

    def _behind_role(self, name: str) -> Iterator[tuple[Named, ...]]:
        """Persons whose name ends a phrase that begins with what they are."""
        parts = words(name)
        opens = self._titles.opens("role", parts) or self._titles.opens("former", parts)
        last = next((at for at, word in enumerate(parts) if word in self._joining), len(parts))
        for start in range(1, min(last, _FURTHEST_NAME + 1) if opens else 1):
            found = self._named(" ".join(parts[start:]))
            people = tuple(named for named in found if self._actors.kind(named.id) == "PER")
            if people:
                yield people

    def _heard(self, named: Named, home: str | None) -> bool:
        """A prior of 0 marks a name that bodies of many countries share."""
        return named.prior > 0 or self._actors.record(named.id, None).actor.country == home

    def _bears(self, named: Named, rivals: tuple[Named, ...], on: date | None) -> bool:
        if named.how not in _SHORTENED:
            return True
        in_office = self._actors.record(named.id, on).actor.office is not None
        alone = len(rivals) == 1
        lenient = named.how == "last" or on is None or not self._actors.has_office(named.id)
        return in_office or (alone and lenient)

    def _rank(self, named: Named, on: date | None, home: str | None) -> tuple[bool, int, bool, int]:
        record = self._actors.record(named.id, on)
        in_office = record.actor.office is not None
        settled = 0 if named.how in _SHORTENED else named.prior
        return in_office, settled, record.actor.country == home, named.prior

    # Offices -----------------------------------------------------------------------------

    def holder(self, office: str, country: str | None, on: date) -> Record | None:
        """Who held an office on a day: ``holder("Presiden", "IDN", date(2012, 5, 1))``.

        ``office`` is a title in any language, with or without its country ("Presiden Turki",
        "Menlu AS"). ``country`` may be null where the title says it or where only one country
        has the office ("Kapolri" of another country is asked for by its alpha-3).
        """
        for title, named in self._spelt(office):
            for found in self._offices.called(title):
                where = found.country or named or country
                record = self._actors.holder(found.name, where, on) if where else None
                if record:
                    return record
        return None

    def office(self, title: str) -> Office | None:
        """The office that a title names, with its sector and its titles in each language."""
        return next(
            (found for spelt, _ in self._spelt(title) for found in self._offices.called(spelt)),
            None,
        )

    def _spelt(self, title: str) -> Iterator[tuple[str, str | None]]:
        """The title as it stands, then without the country before or behind it."""
        yield title, None
        parts = words(title)
        for cut in range(min(4, len(parts) - 1), 0, -1):
            for rest, place in ((parts[:-cut], parts[-cut:]), (parts[cut:], parts[:cut])):
                country = self.country(" ".join(place))
                if country:
                    yield " ".join(self._unlinked(rest)), country

    def _unlinked(self, parts: list[str]) -> list[str]:
        """A title without the small words that tied a country to it ("president of the")."""
        while len(parts) > 1 and parts[-1].casefold() in self._links:
            parts = parts[:-1]
        return parts

    # Classes of party --------------------------------------------------------------------

    def sector_of(self, text: str, lang: Lang) -> str | None:
        """The sector of a phrase by its head word: "para mahasiswa UI" is EDU."""
        head = self._heads.find(text, lang)
        return head.sector if head else None
