"""The sector that the head word of a phrase gives away: "polisi" COP, "anggota DPR" LEG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kronik.known.countries import Phrases
from kronik.known.names import Folding, words
from kronik.known.tables import rows
from kronik.types import Lang


@dataclass(frozen=True, slots=True)
class Head:
    """A word or phrase that names a class of party.

    A weak head ("juru bicara", "group") counts only where no strong one stands beside it.
    ``country`` is set where the class exists in one country only ("bupati").
    """

    sector: str
    strong: bool
    country: str | None


class Heads:
    """Look-ups from phrases to the class of party they name."""

    def __init__(self, phrases: Phrases) -> None:
        table = list(rows("heads", ("head", "lang", "sector", "strength", "country")))
        self._folding = Folding.of(head for head, *_ in table)
        self._heads: dict[tuple[Lang, str], Head] = {}
        for head, lang, sector, strength, country in table:
            found = Head(sector, strength == "strong", country or None)
            self._heads[lang, self._folding.key(head)] = found
        self._longest = max(len(key.split()) for _, key in self._heads)
        self._phrases = phrases
        self.langs: tuple[Lang, ...] = tuple(sorted({lang for lang, _ in self._heads}))

    def find(self, text: str, lang: Lang) -> Head | None:
        """The strongest head in the phrase; of these the longest.

        Words behind a preposition come after all others; of equals, the one that stands nearest
        to where the language puts the head of a phrase comes first.
        """
        parts = [self._folding.fold(word) for word in words(text)]
        marks = self._phrases.words.get((lang, "part"), frozenset())
        main = next((at for at, word in enumerate(parts) if at and word in marks), len(parts))
        side = 1 if self._phrases.head_last(lang) else -1
        best = max(
            (
                (head.strong, start < main, length, side * start, head)
                for start, length, head in self._standing(parts, lang)
            ),
            key=lambda found: found[:-1],
            default=None,
        )
        return best[-1] if best else None

    def _standing(self, parts: list[str], lang: Lang) -> Iterator[tuple[int, int, Head]]:
        """The longest head that begins at each word: start, length in words, head."""
        for start in range(len(parts)):
            for length in range(min(self._longest, len(parts) - start), 0, -1):
                head = self._heads.get((lang, " ".join(parts[start : start + length])))
                if head:
                    yield start, length, head
                    break
