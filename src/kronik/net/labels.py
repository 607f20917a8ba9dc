"""The classes that the network's outputs stand for, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

RELATIONS = ("speaker", "content", "actor", "recipient", "place", "date")
"""What a word can be to a cue (speaker, content) or to a trigger (the others)."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Classes by layer. In the tag layers class 0 is "O"; begin and inside tags take turns."""

    content: tuple[str, ...]
    cue: tuple[str, ...]
    entity: tuple[str, ...]
    trigger: tuple[str, ...]
    """ "O", "I" (inside a trigger), then the event types that a trigger's first word can have."""
    mode: tuple[str, ...]
    """ "-" (none), then "TYPE/mode"."""
    status: tuple[str, ...]
    sector: tuple[str, ...]

    @classmethod
    def of(cls, layers: Mapping[str, Sequence[str]]) -> Labels:
        """From the card that lies beside the weights."""
        return cls(**{name: tuple(classes) for name, classes in layers.items()})

    @property
    def sizes(self) -> dict[str, int]:
        """How many classes each layer has."""
        return {name: len(classes) for name, classes in asdict(self).items()}
