"""PFSA-ID: Kompas articles, BILOU labels, one sentence after the other without article borders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from eval.nouns import Entity, Item, Reading
from eval.readers import conll
from kronik.types import Span

DATELINE = 8
"""An article begins where KOMPAS and a dash stand among this many first tokens of a sentence."""
KEPT = frozenset({"STATEMENT", "CUE", "CUECOREF", "PERSON", "PERSONCOREF", "ROLE", "AFFILIATION"})


def read(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """One item an article, as its dateline tells; text is rebuilt from the tokens.

    ``CUECOREF`` ("ujarnya") counts as CUE and ``PERSONCOREF`` as PERSON.
    """
    article: list[list[conll.Row]] = []
    number = 0
    for block in conll.blocks(path, 2, lost):
        if article and _begins(block):
            number += 1
            yield _item(number, article)
            article = []
        article.append(block)
    if article:
        yield _item(number + 1, article)


def _begins(block: list[conll.Row]) -> bool:
    head = [token for token, _ in block[:DATELINE]]
    return "KOMPAS" in head and any(dash in head for dash in ("—", "–", "-"))


def _item(number: int, article: list[list[conll.Row]]) -> Item:
    rows = [row for block in article for row in block]
    tokens = [token for token, _ in rows]
    for index in range(1, min(DATELINE, len(tokens))):
        if tokens[index] == "-" and tokens[index - 1] == "KOMPAS":
            tokens[index] = "–"  # a dash, which does not join words as a hyphen does
    text, where = conll.detokenise(tokens)
    sentences, first = [], 0
    for block in article:
        last = first + len(block)
        sentences.append(Span(where[first].start, where[last - 1].end))
        first = last
    entities = tuple(
        Entity(Span(where[start].start, where[end - 1].end), label.removesuffix("COREF"))
        for start, end, label in conll.spans([label for _, label in rows])
        if label in KEPT
    )
    return Item(f"pfsa-{number}", text, "id", Reading(tuple(sentences), entities=entities))
