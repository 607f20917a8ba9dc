"""From text to what the network eats: words, their pieces, and windows of whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from kronik.types import Span

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*|[^\w\s\u200b-\u200f\u2060\ufeff]|_")
"""A run of letters (with their accents) and digits, or one mark that can be seen. Spans of the
network start and end at words."""

LONGEST_WORD = 48
"""A longer word is cut before it is split into pieces: it is no word, and must cost no more."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences that the encoder reads at once.

    ``pieces`` are ids with the boundary tokens in; ``first`` and ``last`` give, for each word,
    the position of its first and last piece; ``words`` are spans in the article's text, and
    ``sentence`` the number of the sentence each stands in.
    """

    pieces: Ints
    first: Ints
    last: Ints
    words: tuple[Span, ...]
    sentence: Ints


@dataclass(slots=True)
class Pieces:
    """The pruned sentence-piece vocabulary, with a memory of words met before.

    A word that follows a space carries the sentence-piece mark of one, as in pre-training.
    """

    tokenizer: Tokenizer
    memory: dict[str, tuple[int, ...]] = field(default_factory=dict)
    memory_limit: int = 200_000

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """From a ``tokenizer.json``."""
        return cls(Tokenizer.from_file(str(path)))

    @property
    def bos(self) -> int:
        """Id of the token that opens a window."""
        return self.id_of("<s>")

    @property
    def eos(self) -> int:
        """Id of the token that closes each sentence."""
        return self.id_of("</s>")

    def id_of(self, token: str) -> int:
        """Id of a special token; raises ValueError for a vocabulary that lacks it."""
        found = self.tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the vocabulary has no token {token}")
        return found

    def of(self, word: str) -> tuple[int, ...]:
        """Ids of one word, at least one. ``word`` begins with a space where the text has one."""
        known = self.memory.get(word)
        if known is None:
            ids = self.tokenizer.encode(word[:LONGEST_WORD], add_special_tokens=False).ids
            known = tuple(ids) or (self.id_of("<unk>"),)
            if len(self.memory) < self.memory_limit:
                self.memory[word] = known
        return known


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence, or a part of one too long for a window."""

    number: int
    words: list[Span]
    pieces: list[tuple[int, ...]]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces)) + 1


def windows(text: str, sentences: Sequence[Span], pieces: Pieces, size: int) -> list[Window]:
    """Pack whole sentences into windows of at most ``size`` pieces, as even as can be.

    An even share leaves no window with a lone last sentence that has lost its context.
    """
    parts = [part for i, s in enumerate(sentences) for part in _parts(text, i, s, pieces, size - 1)]
    total = sum(part.size for part in parts)
    share = total / max(1, -(-total // (size - 1)))
    packed: list[list[_Sentence]] = []
    room = 0
    for part in parts:
        if not packed or room + part.size > size - 1 or room >= share:
            packed.append([])
            room = 0
        packed[-1].append(part)
        room += part.size
    return [_window(group, pieces) for group in packed]


def _parts(text: str, number: int, span: Span, pieces: Pieces, size: int) -> Iterator[_Sentence]:
    """The sentence, in as many parts as its length asks for."""
    part = _Sentence(number, [], [])
    room = 1
    for match in WORD.finditer(text, span.start, span.end):
        start = match.start()
        spaced = start == span.start or text[start - 1].isspace()
        ids = pieces.of((" " if spaced else "") + match.group())
        if room + len(ids) > size:
            yield part
            part, room = _Sentence(number, [], []), 1
        part.words.append(Span(start, match.end()))
        part.pieces.append(ids)
        room += len(ids)
    if part.words:
        yield part


def _window(group: Sequence[_Sentence], pieces: Pieces) -> Window:
    ids, first, last, numbers = [pieces.bos], [], [], []
    words: list[Span] = []
    for part in group:
        for word, piece in zip(part.words, part.pieces, strict=True):
            first.append(len(ids))
            ids.extend(piece)
            last.append(len(ids) - 1)
            words.append(word)
            numbers.append(part.number)
        ids.append(pieces.eos)
    return Window(_ints(ids), _ints(first), _ints(last), tuple(words), _ints(numbers))


def _ints(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int64)
