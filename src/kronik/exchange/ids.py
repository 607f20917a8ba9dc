"""How much of an id people are shown: enough to ask ``kronik explain`` about it."""

from __future__ import annotations

LEAST = 8


def short(id_: str) -> str:
    """The beginning of an id. Ids of one day's news seldom share it; where two do, ``explain``
    names both."""
    return id_[:LEAST]
