"""English inflection for the batches: from a lemma and one frame to its forms, each in a sentence.

The word that bends is the one before ``~``; without the mark it is the first word where a frame
asks for a verb, and the last where it asks for a noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

_IRREGULAR = Path(__file__).with_name("en") / "irregular.tsv"
_INFLECTS = re.compile(r"\{[vpn]\}")
_SHORT = re.compile(r"[^aeiou]*(?:qu)?[aeiou][bdgklmnprt]")
"""A syllable with one short vowel, which doubles its last letter: ban, stop, quit."""


def inflected(lemma: str, frame: str) -> Iterator[tuple[str, str]]:
    """The phrases of a lemma, each with its sentence. The frame holds ``{v}`` for the active
    forms of an English verb, ``{p}`` for its past participle, ``{n}`` for a noun in both numbers,
    or ``{}`` for the lemma as it stands, in any language."""
    slot = _INFLECTS.search(frame)
    if slot is None:
        yield lemma, frame.replace("{}", lemma)
        return
    for phrase, filling in _english().forms(lemma, slot[0]):
        yield phrase, frame.replace(slot[0], filling)


class English:
    """Inflects by rule, save for the words in ``en/irregular.tsv`` (lemma, past, participle,
    present participle, plural or third person; ``-`` where the rule holds)."""

    def __init__(self, table: Path = _IRREGULAR) -> None:
        lines = table.read_text(encoding="utf-8").splitlines()[1:]
        self._irregular = {cells[0]: cells[1:] for cells in (line.split("\t") for line in lines)}

    def forms(self, lemma: str, slot: str) -> Iterator[tuple[str, str]]:
        """The forms that a slot asks for, each as a phrase and as what fills the slot."""
        if slot == "{v}":
            for before, bend in self._tenses():
                phrase = _bent(lemma, bend, 0)
                yield phrase, before + phrase
        elif slot == "{p}":
            phrase = _bent(lemma, self.participle, 0)
            yield phrase, phrase
        else:
            for phrase in (lemma.replace("~", ""), _bent(lemma, self.plural, -1)):
                yield phrase, phrase

    def _tenses(self) -> tuple[tuple[str, Callable[[str], str]], ...]:
        return (
            ("", self.past),
            ("", self.plural),
            ("will ", str),
            ("is ", self.gerund),
            ("has ", self.participle),
        )

    def past(self, word: str) -> str:
        """The simple past."""
        if known := self._known(word, 0):
            return known
        if word.endswith("e"):
            return f"{word}d"
        return re.sub(r"(?<![aeiou])y$", "i", _doubled(word)) + "ed"

    def participle(self, word: str) -> str:
        """The past participle."""
        return self._known(word, 1) or self.past(word)

    def gerund(self, word: str) -> str:
        """The present participle."""
        if known := self._known(word, 2):
            return known
        return re.sub(r"(?<![eoy])e$", "", _doubled(word)) + "ing"

    def plural(self, word: str) -> str:
        """The plural of a noun, which a verb's third person shares."""
        if known := self._known(word, 3):
            return known
        if re.search(r"[^aeiou]y$", word):
            return f"{word[:-1]}ies"
        return word + ("es" if re.search(r"(s|x|z|ch|sh|[^aeiou]o)$", word) else "s")

    def _known(self, word: str, column: int) -> str:
        """The form in the table; of a compound ("machine-gun") its last part is looked up."""
        head, hyphen, last = word.rpartition("-")
        cells = self._irregular.get(word) or self._irregular.get(last, ["-"] * 4)
        if cells[column] == "-":
            return ""
        return cells[column] if word in self._irregular else head + hyphen + cells[column]


@cache
def _english() -> English:
    return English()


def _bent(lemma: str, bend: Callable[[str], str], place: int) -> str:
    words = lemma.split()
    marked = [at for at, word in enumerate(words) if word.endswith("~")]
    at = marked[0] if marked else place
    words[at] = bend(words[at].rstrip("~"))
    return " ".join(words)


def _doubled(word: str) -> str:
    return word + word[-1] if _SHORT.fullmatch(word.rpartition("-")[2]) else word
