"""One frozen ``Settings``, read once at the door (``cli``) and handed down in the ``Kit``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and thresholds. The defaults are what the model card's scores were measured with."""

    max_bytes: int = 20_000_000
    """A page larger than this is refused before it is parsed."""
    max_chars: int = 300_000
    """An article text longer than this is refused: no news article is."""
    min_score: float | None = None
    """Events and quotes below this score are left out; None is where the network's card says that
    F1 is best, for events and quotes apart."""
    threads: int = 0
    """Pages of a batch that are read at once; 0 is one for each core, up to 8."""
