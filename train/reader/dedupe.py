"""No sentence that anything is measured on is trained on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from eval.corpora import corpora
from train.reader.gold import Text

LEAST = 30
"""Letters below which a sentence ("Ia menolak.") is nobody's: many texts share it."""


def mark(sentence: str) -> bytes | None:
    """Equal for sentences of the same letters, whatever the spaces, case and marks; null for a
    sentence too short to tell."""
    letters = re.sub(r"[\W_]+", "", sentence.casefold())
    return sha256(letters.encode()).digest() if len(letters) >= LEAST else None


@dataclass(frozen=True, slots=True)
class Measured:
    """The marks of every sentence of the sets that ``python -m eval`` measures on."""

    marks: frozenset[bytes]

    @classmethod
    def load(cls) -> Measured:
        """From every such set that is there."""
        found: set[bytes] = set()
        for corpus in corpora().values():
            if corpus.present and corpus.default:
                items, _ = corpus.items()
                for item in items:
                    found |= marks(span.of(item.text) for span in item.gold.sentences)
                    found |= marks([item.text])
        return cls(frozenset(found))

    def texts(self, texts: Iterable[Text], dropped: Counter[str]) -> Iterator[Text]:
        """Those that share no sentence with a measured set; what is left out is counted."""
        for text in texts:
            if all(self._free(span.of(text.text)) for span in text.sentences):
                yield text
            else:
                dropped["text that shares a sentence with a measured set"] += 1

    def sentence(self, dropped: Counter[str]) -> Callable[[str], bool]:
        """Whether a sentence stands in no measured set; what is not free is counted."""

        def free(sentence: str) -> bool:
            found = self._free(sentence)
            dropped["sentence that a measured set has"] += not found
            return found

        return free

    def _free(self, sentence: str) -> bool:
        return mark(sentence) not in self.marks


def marks(sentences: Iterable[str]) -> set[bytes]:
    """Of all that are long enough."""
    return {found for sentence in sentences if (found := mark(sentence))}
