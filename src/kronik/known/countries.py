"""Countries by what the news call them: names, peoples, capitals, seats of power, regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kronik.known.names import Folding, words
from kronik.known.tables import rows
from kronik.types import Lang

_BOTH = "both"
_LONGEST = 5
REGION = 1
_TELLING = MappingProxyType({"name": 3, "people": 3, "seat": 2, "capital": 2, "region": REGION})


@dataclass(frozen=True, slots=True)
class Country:
    """A row of ISO 3166, with KOS for Kosovo. ``numeric`` is "" where ISO gives none."""

    alpha3: str
    alpha2: str
    numeric: str
    titles: Mapping[Lang, str]
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """How a language builds a phrase: see ``train/known/authored/phrases.txt``."""

    words: Mapping[tuple[Lang, str], frozenset[str]]

    @classmethod
    def load(cls) -> Phrases:
        """The table as shipped."""
        found: dict[tuple[Lang, str], set[str]] = {}
        for lang, kind, word in rows("phrases", ("lang", "kind", "word")):
            found.setdefault((lang, kind), set()).add(word)
        return cls(MappingProxyType({key: frozenset(value) for key, value in found.items()}))

    def head_last(self, lang: Lang) -> bool:
        """Whether the word that says what a phrase names comes last."""
        return "last" in self.words.get((lang, "head"), frozenset())

    def all(self, kind: str) -> frozenset[str]:
        """The words of a kind in all languages."""
        return frozenset().union(*(found for (_, k), found in self.words.items() if k == kind))


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    alpha3: str
    telling: int
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """The country a phrase names; ``sure`` where it names it outright, and as its owner."""

    alpha3: str
    sure: bool


class Countries:
    """Look-ups from words to ISO 3166 alpha-3."""

    def __init__(self, phrases: Phrases) -> None:
        table = list(rows("country_names", ("alpha3", "lang", "kind", "name")))
        self.folding = Folding.of(name for *_, name in table)
        self.by_code: Mapping[str, Country] = MappingProxyType(dict(_countries()))
        self._names: dict[Lang, dict[str, tuple[str, int]]] = {}
        for alpha3, lang, kind, name in table:
            found = (alpha3, _TELLING[kind])
            self._names.setdefault(lang, {}).setdefault(self.folding.key(name), found)
        self._before = phrases.all("before")
        self._behind = phrases.all("behind")
        self._joining = phrases.all("and")
        self._articles = phrases.all("article")

    def find(self, key: str, lang: Lang | None) -> tuple[str, int] | None:
        """Alpha-3 and how telling the word is, for a key; in any language where none is given."""
        langs: Iterable[Lang] = (_BOTH, lang) if lang else self._names
        return next((hit for code in langs if (hit := self._names.get(code, {}).get(key))), None)

    def inside(self, text: str, lang: Lang | None) -> Owner | None:
        """The country that a phrase names: see ``Known.country_in``."""
        parts = words(text)
        hits = list(self._hits(parts, lang))
        owners = [hit for hit in hits if not hit.aside]
        if not owners:
            return Owner(hits[0].alpha3, sure=False) if hits else None
        best = max(hit.telling for hit in owners)
        last = next(hit for hit in reversed(owners) if hit.telling == best)
        return Owner(last.alpha3, sure=best == _TELLING["name"])

    def _hits(self, parts: list[str], lang: Lang | None) -> Iterable[_Hit]:
        start, last = 0, None
        while start < len(parts):
            hit = self._longest(parts, start, lang)
            if hit:
                last = replace(hit, aside=self._aside(parts, hit, last))
                yield last
            start = hit.end if hit else start + 1

    def _longest(self, parts: list[str], start: int, lang: Lang | None) -> _Hit | None:
        if parts[start][0].islower():
            return None
        folded = [self.folding.fold(part) for part in parts[start : start + _LONGEST]]
        for length in range(len(folded), 0, -1):
            found = self.find(" ".join(folded[:length]), lang)
            if found:
                return _Hit(start, start + length, *found)
        return None

    def _aside(self, parts: list[str], hit: _Hit, last: _Hit | None) -> bool:
        """Whether the country is where, whither or with whom, and not whose.

        In "Irak dan Suriah" and "Amman, Yordania" the first stands for both.
        """
        ahead = [word.casefold() for word in parts[: hit.start]]
        before = next((word for word in reversed(ahead) if word not in self._articles), "")
        behind = parts[hit.end].casefold() if hit.end < len(parts) else ""
        gap = parts[last.end : hit.start] if last else parts
        listed = all(word in self._joining for word in gap) and len(gap) < 2
        return listed or before in self._before or behind in self._behind


def _countries() -> Iterable[tuple[str, Country]]:
    columns = ("alpha3", "alpha2", "numeric", "en", "id", "wikidata", "source")
    for alpha3, alpha2, numeric, en, indonesian, wikidata, _ in rows("countries", columns):
        titles = MappingProxyType({"en": en, "id": indonesian})
        yield alpha3, Country(alpha3, alpha2, numeric, titles, wikidata or None)
