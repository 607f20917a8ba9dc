"""PFSA's statements: direct speech and its cues, with the speakers' names beside them."""

from __future__ import annotations

from collections.abc import Sequence

from eval.nouns import Item, Reading
from eval.score.match import jaccard, pair, touches
from eval.score.quotes import ENOUGH
from eval.score.tally import Tallies, Tally, multiset, share
from kronik.types import Span

SPOKEN = frozenset({"direct", "mixed"})
"""The set marks statements in quotation marks only, so indirect speech is not scored."""
EDGES = frozenset("\"“”'‘’,. ")
"""Outer marks that one side includes and the other does not."""


def score(item: Item, predicted: Reading) -> Tallies:
    """Statements and cues, by overlap and exactly, and whether a speaker named is a person."""
    spoken = [quote for quote in predicted.quotes if quote.manner in SPOKEN]
    said = [quote.span for quote in spoken]
    cues = sorted({quote.cue for quote in spoken if quote.cue})
    statements, gold_cues = _spans(item, "STATEMENT"), _spans(item, "CUE")
    persons = _spans(item, "PERSON")
    speakers = [quote.speaker.span for quote in spoken if quote.speaker and quote.speaker.span]
    return {
        "statements.f1": _overlapping(said, statements, ENOUGH),
        "statements.exact_f1": multiset(
            [_trim(s, item.text) for s in said], [_trim(s, item.text) for s in statements]
        ),
        "cues.f1": _overlapping(cues, gold_cues, 0.0),
        "cues.exact_f1": multiset(cues, gold_cues),
        "speakers.person": share(any(touches(s, p) for p in persons) for s in speakers),
    }


def _spans(item: Item, label: str) -> list[Span]:
    return [entity.span for entity in item.gold.entities if entity.label == label]


def _overlapping(predicted: Sequence[Span], gold: Sequence[Span], enough: float) -> Tally:
    def overlap(p: Span, g: Span) -> float | None:
        value = jaccard(p, g)
        return value if value > 0 and value >= enough else None

    return Tally(len(pair(predicted, gold, overlap)), len(predicted), len(gold))


def _trim(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in EDGES:
        start += 1
    while start < end and text[end - 1] in EDGES:
        end -= 1
    return Span(start, end)
