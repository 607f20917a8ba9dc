"""One file a format: each turns a public set's file into items and counts what it cannot use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from eval.nouns import Item
from eval.readers import cnc, ecbplus, gold, ner, petrarch, pfsa, plv, polnear

Lost = Counter[str]
"""How many lines or marks a reader could not use, by reason."""
Reader = Callable[[Path, Lost], Iterator[Item]]

READERS: Mapping[str, Reader] = {
    "gold": gold.read,
    "plv": plv.read,
    "polnear": polnear.read,
    "pfsa": pfsa.read,
    "petrarch": petrarch.read,
    "idner": ner.read_idner,
    "nerp": ner.read_nerp,
    "nergrit": ner.read_nergrit,
    "nerui": ner.read_nerui,
    "ecbplus": ecbplus.read,
    "cnc": cnc.read,
}
