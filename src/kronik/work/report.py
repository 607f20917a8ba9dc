"""What became of a batch, in numbers and reasons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that could not be read: the place it stands in, the step that broke, the remedy."""

    origin: str
    step: str
    reason: str
    remedy: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a batch: pages read, of these copies of others, pages the store held already,
    pages refused."""

    read: int
    known: int
    refused: tuple[Refusal, ...]
    seconds: float
    copied: int = 0
