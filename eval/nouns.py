"""What readers of public sets yield and scores compare: gold and prediction in one shape."""

from __future__ import annotations

from dataclasses import dataclass

from kronik.types import Span

Role = str
"""``actor`` or ``recipient``."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side of an act, or a speaker. ``span`` is null where the text does not name it there.

    ``country`` is null where it is unknown; "---" says that there is none.
    """

    span: Span | None
    name: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One coded act. ``sentence`` is -1 where the trigger stands in no sentence of the set."""

    sentence: int
    type: str
    mode: str | None
    status: str
    trigger: Span
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    claimed: bool = False
    score: float = 1.0

    def parties(self) -> list[tuple[Role, Party]]:
        """Every party with its role."""
        return [("actor", p) for p in self.actors] + [("recipient", p) for p in self.recipients]


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of attributed speech."""

    span: Span
    manner: str
    cue: Span | None = None
    speaker: Party | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """A labelled stretch of text."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody, or Kronik, marked in one text."""

    sentences: tuple[Span, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Source and target that a set gives, and the root and quad codes that hold between them."""

    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    root: str
    quad: str


@dataclass(frozen=True, slots=True)
class Act:
    """What a set marks as an act without coding it: its kind, and the stretches it stands in."""

    label: str
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One text of a set with what is known about it.

    ``labels`` are the entity labels that the set marks exhaustively: others are not scored.
    ``date`` is ISO 8601.
    """

    id: str
    text: str
    lang: str
    gold: Reading
    date: str | None = None
    title: str | None = None
    labels: frozenset[str] = frozenset()
    pair: Pair | None = None
    roots: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    outlet: str | None = None
