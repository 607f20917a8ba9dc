"""Values with reasons: what ``explain`` finds of an event, and ``exchange`` puts into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from kronik.types import Doc, Span

Value = str | int | float | None
By = Literal[
    "sentence",
    "network",
    "weights",
    "arcs",
    "quotes",
    "codebook",
    "unresolved",
    "lexicon",
    "program",
]
"""What decides a field. ``weights``: those that a score is weighed with; ``arcs``: the network's,
and the rules of the step ``events`` over them; ``unresolved``: nothing does yet."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that bears on a field.

    ``says`` names its sentence, which every language has in its ``ui`` as ``why_...``; ``told`` is
    what stands in it. ``span`` is where the words that it is about stand in the article.
    """

    says: str
    span: Span | None = None
    told: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of an event: its value, by what it was decided, and the reasons."""

    field: str
    value: Value | tuple[Value, ...]
    by: By
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event is coded as it is, field by field."""

    event: str
    """Id of the event."""
    answers: tuple[Answer, ...]


Ask = Callable[[Doc, str], Explanation]
"""Why the event of this id, in this article, is coded as it is."""
