"""Triggers against sets that mark acts without Kronik's codes: what is found, what is beside."""

from __future__ import annotations

from collections.abc import Sequence

from eval.nouns import Act, Item, Reading
from eval.score.match import touches
from eval.score.tally import Tallies, share
from kronik.types import Span


def score(item: Item, predicted: Reading) -> Tallies:
    """Shares of our triggers and of gold's acts; only sentences of the gold are looked at."""
    ours = sorted({event.trigger for event in predicted.events if event.sentence >= 0})
    stretches = [part for act in item.acts for part in act.parts]
    kinds = sorted({act.label for act in item.acts})
    return {
        "triggers.precision": share(any(touches(t, part) for part in stretches) for t in ours),
        "triggers.inside": share(any(part.holds(t) for part in stretches) for t in ours),
        "triggers.recall": share(_marked(act, ours) for act in item.acts),
        **{
            f"triggers.recall_{kind}": share(
                _marked(act, ours) for act in item.acts if act.label == kind
            )
            for kind in kinds
        },
    }


def _marked(act: Act, ours: Sequence[Span]) -> bool:
    return any(touches(trigger, part) for trigger in ours for part in act.parts)
