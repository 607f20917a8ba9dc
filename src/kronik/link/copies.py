"""Which articles tell what an earlier one told: reposts, wire texts, other views of a page."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from kronik.link.bands import METHOD, Bands, sign
from kronik.link.likeness import UPDATE, Likeness, runs, words
from kronik.store import Copy, Marked, Originals, Store
from kronik.store.copies import By
from kronik.types import Doc

MOST = 64
"""Articles that one is compared with at most, the likest first: of forms filled in anew each day,
a store may hold thousands."""
_ORDER: Sequence[By] = ("address", "text", "likeness")
"""What says most about an original first."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An article, as far as it matters to others; ``stored`` counts up as articles are stored."""

    id: str
    published: str | None
    stored: int
    words: Sequence[str]

    def precedes(self, other: Telling) -> bool:
        """Whether this one was first: published earlier, as far as both dates say, else stored
        earlier."""
        if self.published and other.published:
            known = min(len(self.published), len(other.published))
            own, theirs = self.published[:known], other.published[:known]
            if own != theirs:
                return own < theirs
        return self.stored < other.stored


class Copies:
    """Says of articles what they are copies of, and keeps what it must know for that in memory.

    It knows nothing but what the store tells, and asks what is new there before each answer: what
    a killed batch finds when it goes on, and two batches at once, is what an unbroken one finds.
    """

    method = METHOD

    def __init__(self, originals: Originals) -> None:
        self._originals = originals
        self._bands = Bands()
        self._numbers = array("q")
        self._last = 0

    @classmethod
    def of(cls, store: Store) -> Self:
        """Read what a store holds; articles that were stored unmarked are marked first."""
        copies = cls(store.originals)
        store.sign(copies)
        return copies

    def mark(self, doc: Doc) -> Marked:
        """Look for what an article is a copy of, within the transaction that stores it.

        Its original is the likest of those before it. Where there is none before it, those after
        it that are like it are its copies.
        """
        self._catch_up()
        told = words(doc.text)
        signature = sign(runs(told))
        first = self._originals.first(doc.page_id)
        new = Telling(doc.id, doc.published, sys.maxsize if first is None else first, told)
        before, after = [], []
        for number, here in self._candidates(doc, signature):
            known = self._telling(number)
            later, earlier = (known, new) if new.precedes(known) else (new, known)
            copy = _copy(later, earlier, here)
            if copy and later is known:
                after.append(copy)
            elif copy:
                before.append((_ORDER.index(copy.by), -copy.likeness, known.stored, copy))
        if before:
            return Marked(METHOD, signature, min(before)[-1])
        return Marked(METHOD, signature, None, tuple(after))

    def _catch_up(self) -> None:
        for made, number, signature in self._originals.signed(METHOD, self._last):
            self._bands.add(signature)
            self._numbers.append(number)
            self._last = made

    def _candidates(self, doc: Doc, signature: bytes) -> Iterable[tuple[int, bool]]:
        """Originals to compare with, and whether they stand at the same address."""
        near = [self._numbers[place] for place in self._bands.near(signature)]
        address = doc.canonical or ""
        here = self._originals.at(address, doc.page_id, METHOD) if _of_one(address) else []
        alike = self._originals.among(near, doc.page_id, MOST) if near else []
        return [(number, number in here) for number in dict.fromkeys((*here, *alike))]

    def _telling(self, number: int) -> Telling:
        told = self._originals.told(number)
        return Telling(told.id, told.published, told.stored, words(told.text))


def _of_one(address: str) -> bool:
    """Whether an address may be that of one article: a front page is that of many."""
    return bool(address.partition("://")[2].partition("/")[2])


def _copy(later: Telling, earlier: Telling, here: bool) -> Copy | None:
    """The later article as a copy of the earlier one, if it is one; ``here``: at its address."""
    likeness = Likeness.of(later.words, earlier.words)
    if here and likeness.shared >= UPDATE:
        return Copy(later.id, earlier.id, "address", likeness.shared)
    if later.words == earlier.words:
        return Copy(later.id, earlier.id, "text", likeness.shared)
    if likeness.copies:
        return Copy(later.id, earlier.id, "likeness", likeness.shared)
    return None
