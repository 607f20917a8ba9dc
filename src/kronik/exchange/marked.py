"""A stretch of text with its evidence marked: in colour, or in brackets where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rich.text import Text

from kronik.exchange.guard import printable
from kronik.types import Span

Role = Literal["evidence", "cue", "actor", "recipient"]

_STYLES: Mapping[Role, str] = {
    "evidence": "bold yellow",
    "cue": "cyan",
    "actor": "green",
    "recipient": "magenta",
}
_BRACKETS: Mapping[Role, tuple[str, str]] = {
    "evidence": ("«", "»"),
    "cue": ("‹", "›"),
    "actor": ("[", "]"),
    "recipient": ("{", "}"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that proves something, and what it is in the sentence."""

    span: Span
    role: Role


def marked(text: str, window: Span, marks: Sequence[Mark], *, colour: bool) -> Text:
    """The window's text, safe to print. Marks may nest; what leaves the window is cut off."""
    inside = [cut for mark in marks if (cut := _cut(mark, window))]
    inside.sort(key=_length, reverse=True)
    edges = {window.start, window.end}
    edges |= {edge for mark in inside for edge in (mark.span.start, mark.span.end)}
    shown = Text()
    for start, end in pairwise(sorted(edges)):
        piece = Span(start, end)
        over = [mark for mark in inside if mark.span.holds(piece)]
        if colour:
            shown.append(printable(piece.of(text)), _STYLES[over[-1].role] if over else "")
        else:
            opening = [_BRACKETS[mark.role][0] for mark in inside if mark.span.start == start]
            closing = [_BRACKETS[mark.role][1] for mark in inside if mark.span.end == end]
            shown.append("".join([*opening, printable(piece.of(text)), *reversed(closing)]))
    return shown


def _cut(mark: Mark, window: Span) -> Mark | None:
    start, end = max(mark.span.start, window.start), min(mark.span.end, window.end)
    return Mark(Span(start, end), mark.role) if start < end else None


def _length(mark: Mark) -> int:
    return mark.span.end - mark.span.start
