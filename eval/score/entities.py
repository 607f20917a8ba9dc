"""Named entities: exact span and label."""

from __future__ import annotations

from eval.nouns import Item, Reading
from eval.score.tally import Tallies, multiset


def score(item: Item, predicted: Reading) -> Tallies:
    """Only labels that the set marks are scored; a span predicted twice hits once."""
    found = [e for e in predicted.entities if e.label in item.labels]
    classes = {
        f"entities.type/{label}": multiset(
            [e.span for e in found if e.label == label],
            [e.span for e in item.gold.entities if e.label == label],
        )
        for label in sorted(item.labels)
    }
    return {
        "entities.f1": multiset(found, item.gold.entities),
        "entities.span_f1": multiset([e.span for e in found], [e.span for e in item.gold.entities]),
        **classes,
    }
