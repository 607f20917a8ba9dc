"""Names made comparable: folding of letters, and what may be stripped from around a name.

A name is compared by its key: the words of it in small letters, without marks, full stops and
apostrophes. A word that some table lists as an acronym keeps its capitals, so that "AS" is the
United States and "as" is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kronik.known.tables import rows

_DROPPED = re.compile(r"[.'’‘`´\"“”]")
_WORD = re.compile(r"[^\W_]+[+&]?")
_ACRONYM = re.compile(r"(?=.*[A-Z].*)[A-Z0-9]{2,}[+&]?")
_POSSESSIVE = re.compile(r"['’]s\b")
_LETTERS = str.maketrans("ıøłđßæœĐØŁ", "ioldseoDOL")


def plain(text: str) -> str:
    """The text without marks on letters, possessive endings, full stops and quotation marks."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
        text = text.translate(_LETTERS)
    return _DROPPED.sub("", _POSSESSIVE.sub("", text))


def words(text: str) -> list[str]:
    """The words of a text, capitals kept, parted at spaces, hyphens, slashes and commas."""
    return _WORD.findall(plain(text))


def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals throughout: "KPK", "G20"; not "Polri"."""
    return _ACRONYM.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class Folding:
    """How words become keys, given the acronyms that keep their capitals."""

    acronyms: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Folding:
        """The folding for a table of names: what it writes in capitals is an acronym."""
        found = (word for name in names for word in words(name) if is_acronym(word))
        return cls(frozenset(found))

    def fold(self, word: str) -> str:
        """One word as it stands in a key."""
        return word if word in self.acronyms else word.casefold()

    def split(self, text: str) -> list[str]:
        """The words of a text as they stand in a key."""
        return [self.fold(word) for word in words(text)]

    def key(self, text: str) -> str:
        """What two spellings of one name have in common."""
        return " ".join(self.split(text))


@dataclass(frozen=True, slots=True)
class Titles:
    """Words around a name that are no part of it: ``before``, ``after``, ``former``, ``role``."""

    kinds: Mapping[str, frozenset[tuple[str, ...]]]

    @classmethod
    def load(cls) -> Titles:
        """The table as shipped."""
        kinds: dict[str, set[tuple[str, ...]]] = {}
        for kind, title in rows("titles", ("kind", "title")):
            kinds.setdefault(kind, set()).add(tuple(words(title.casefold())))
        return cls(MappingProxyType({kind: frozenset(found) for kind, found in kinds.items()}))

    def bare(self, name: str) -> str:
        """The name without honorifics and ranks before it and degrees behind it.

        At least one word is left, so that a title standing alone stays as it is.
        """
        parts = words(name)
        while cut := self._opening("before", parts):
            parts = parts[cut:]
        while len(parts) > 1 and (parts[-1].casefold(),) in self.kinds["after"]:
            parts = parts[:-1]
        return " ".join(parts)

    def opens(self, kind: str, parts: list[str]) -> bool:
        """Whether the words begin with a title of this kind, and go on after it."""
        return self._opening(kind, parts) > 0

    def _opening(self, kind: str, parts: list[str]) -> int:
        """Length of the longest title that the words begin with, leaving one word over."""
        folded = tuple(part.casefold() for part in parts[:4])
        for length in range(min(len(parts) - 1, 3), 0, -1):
            if folded[:length] in self.kinds[kind]:
                return length
        return 0
