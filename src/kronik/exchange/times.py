"""Stretches and points of time for people."""

from __future__ import annotations

_UNITS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))


def stretch(seconds: int) -> str:
    """A stretch of time in its two largest units: 3 d 4 h."""
    parts: list[tuple[int, str]] = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count or parts:
            parts.append((count, unit))
    return " ".join(f"{count} {unit}" for count, unit in parts[:2] if count) or "0 s"


def minute(moment: str | None) -> str | None:
    """An ISO 8601 time without its seconds; it is in UTC, as all of the store's are."""
    return moment and moment[:16].replace("T", " ")
