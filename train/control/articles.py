"""PFSA-ID's articles with all its labels, in passages that windows may part, and in halves."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eval.nouns import Item
from eval.readers import conll
from kronik.types import Span
from train.reader.gold import Text

MARKS = '"“”'
"""Quotation marks; print's right one opens in this set as often as it closes."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: as ``python -m eval`` knows it, and as a text with all labels of the set."""

    item: Item
    text: Text


def articles(items: Sequence[Item], path: Path) -> Iterator[Article]:
    """The items that eval's reader made of a file, with the labels that it leaves out or merges."""
    blocks = conll.blocks(path, 2, Counter())
    for item in items:
        sentences = item.gold.sentences
        rows = [row for _ in sentences for row in next(blocks)]
        where = list(_places(item.text, [token for token, _ in rows]))
        marked = tuple(
            (Span(where[first].start, where[after - 1].end), kind)
            for first, after, kind in conll.spans([label for _, label in rows])
        )
        whole = tuple(passages(item.text, sentences))
        yield Article(item, Text(item.id, item.text, whole, item.lang, entities=marked))


def _places(text: str, tokens: Sequence[str]) -> Iterator[Span]:
    """Where each token stands in a text that differs from the tokens by its blanks alone."""
    at = 0
    for token in tokens:
        while text[at] == " ":
            at += 1
        yield Span(at, at := at + len(token))


def passages(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Sentences as windows may take them: none parts what stands between quotation marks.

    The set ends a sentence after the mark that opens the next one, and cuts long statements into
    sentences, so that its own borders run through nearly every statement.
    """
    start = sentences[0].start
    for here, after in pairwise(sentences):
        opens = here.end == after.start and text[here.end - 1] in MARKS
        end = here.end - opens
        if not _unclosed(text[start:end]):
            yield Span(start, end)
            start = end if opens else after.start
    yield Span(start, sentences[-1].end)


def _unclosed(passage: str) -> bool:
    """Whether the last mark of a passage opens: print leaves no blank before one that closes."""
    last = max(passage.rfind(mark) for mark in MARKS)
    return last == 0 or (last > 0 and passage[last - 1].isspace())


def halves(found: Sequence[Article], seed: int) -> tuple[list[Article], list[Article]]:
    """To learn from and to test on, whole articles drawn by chance."""
    drawn = random.Random(seed).sample(found, len(found))
    return drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]


def kinds_of(found: Sequence[Article]) -> list[str]:
    """The labels of the set, in alphabetical order."""
    return sorted({kind for article in found for _, kind in article.text.entities or ()})
