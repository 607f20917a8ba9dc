"""English text from tokens: marks stand where print has them, and every token keeps its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kronik.types import Span

BEFORE = re.compile(r"[,.;:?!)%]|'(?:s|m|d|re|ve|ll)?\Z|n't\b")
"""What stands close to the word before it."""
AFTER = ("(", "$", "£")
"""What stands close to the word after it."""
OPENING = ("``", '"', "“")
CLOSING = ("''", '"', "”")


def printed(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """A sentence and where each token stands in it; quotation marks in pairs become ``"``."""
    opens = _marks(tokens)
    parts: list[str] = []
    where: list[Span] = []
    length = 0
    glue = True
    for index, token in enumerate(tokens):
        word = '"' if index in opens else token
        closes = opens.get(index) is False
        if not (glue or closes or BEFORE.match(token)):
            parts.append(" ")
            length += 1
        parts.append(word)
        where.append(Span(length, length + len(word)))
        length += len(word)
        glue = opens.get(index, False) or token.endswith(AFTER)
    return "".join(parts), where


def cover(where: Sequence[Span], indices: Sequence[int]) -> tuple[Span, ...]:
    """The stretches of text that tokens cover, given in order; neighbours make one stretch."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return tuple(Span(where[run[0]].start, where[run[-1]].end) for run in runs)


def _marks(tokens: Sequence[str]) -> dict[int, bool]:
    """Quotation marks that have a partner and stand alone: whether each of them opens."""
    found: dict[int, bool] = {}
    opened: int | None = None
    for index, token in enumerate(tokens):
        if opened is not None and token.endswith(CLOSING):
            found |= {opened: True, index: False}
            opened = None
        elif token.startswith(OPENING):
            opened = None if token.endswith(CLOSING) and len(token) > 2 else index
    return {index: opens for index, opens in found.items() if tokens[index] in OPENING + CLOSING}
