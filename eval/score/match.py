"""Overlap of spans, and pairing one to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from kronik.types import Span

Left = TypeVar("Left")
Right = TypeVar("Right")


def jaccard(left: Span, right: Span) -> float:
    """Characters that both cover, per character that either covers."""
    both = left.overlap(right)
    either = (left.end - left.start) + (right.end - right.start) - both
    return both / either if either else 0.0


def of_longer(left: Span, right: Span) -> float:
    """Characters that both cover, per character of the longer one."""
    longer = max(left.end - left.start, right.end - right.start)
    return left.overlap(right) / longer if longer else 0.0


def touches(left: Span | None, right: Span | None) -> bool:
    """Whether both stand in the text and share a character."""
    return left is not None and right is not None and left.overlap(right) > 0


def one_to_one(scored: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pairs of (left, right) numbers, greedily by falling score; each number is used once.

    Equal scores are taken in order of position, so that the same input gives the same pairs.
    """
    pairs: list[tuple[int, int]] = []
    lefts: set[int] = set()
    rights: set[int] = set()
    for _, left, right in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if left not in lefts and right not in rights:
            pairs.append((left, right))
            lefts.add(left)
            rights.add(right)
    return pairs


def pair(
    lefts: Sequence[Left],
    rights: Sequence[Right],
    score: Callable[[Left, Right], float | None],
) -> list[tuple[Left, Right]]:
    """``one_to_one`` over the things themselves; a null score forbids the pair."""
    scored = [
        (value, i, j)
        for i, left in enumerate(lefts)
        for j, right in enumerate(rights)
        if (value := score(left, right)) is not None
    ]
    return [(lefts[i], rights[j]) for i, j in one_to_one(scored)]
