"""The network's one look at the article: everything after it works on its marks."""

from __future__ import annotations

from kronik.kit import Kit
from kronik.types import Doc, Marks


def marks(doc: Doc, kit: Kit) -> Marks:
    """Entities, quoted and reported stretches, cues and triggers with their arcs."""
    return kit.net.read(doc.text, doc.sentences, kit.triggers(doc.lang))
