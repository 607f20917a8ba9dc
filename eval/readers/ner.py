"""Indonesian entity sets in CoNLL columns, with their labels in common terms.

==========  =================================================  ===========================
set         labels kept                                        labels dropped
==========  =================================================  ===========================
IDNER       PER, LOC, ORG
NERP        PPL -> PER, PLC -> LOC (texts are lower-cased)     IND (products), FNB, EVT
NERGRIT     PERSON -> PER, PLACE -> LOC, ORGANISATION -> ORG
NER-UI      PERSON -> PER, LOCATION -> LOC, ORGANIZATION -> ORG
==========  =================================================  ===========================

A label that a set does not mark at all (ORG in NERP) is not scored there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.nouns import Entity, Item, Reading
from eval.readers import conll
from kronik.types import Span

IDNER = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
NERP = {"PPL": "PER", "PLC": "LOC"}
NERGRIT = {"PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG"}
NERUI = {"PERSON": "PER", "LOCATION": "LOC", "ORGANIZATION": "ORG"}


def read_idner(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """IDNER-News-2K: token, part of speech, label."""
    return _read(path, 3, IDNER, lost)


def read_nerp(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """NERP: token and label; a token may be two words ("kerja sama")."""
    return _read(path, 2, NERP, lost)


def read_nergrit(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """NERGRIT: token and label."""
    return _read(path, 2, NERGRIT, lost)


def read_nerui(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """NER-UI: token and label."""
    return _read(path, 2, NERUI, lost)


def _read(path: Path, columns: int, names: Mapping[str, str], lost: Counter[str]) -> Iterator[Item]:
    labels = frozenset(names.values())
    for number, block in enumerate(conll.blocks(path, columns, lost), 1):
        text, where = conll.detokenise([token for token, _ in block])
        entities = tuple(
            Entity(Span(where[start].start, where[end - 1].end), names[label])
            for start, end, label in conll.spans([label for _, label in block])
            if label in names
        )
        whole = (Span(0, len(text)),)
        yield Item(
            f"{path.stem}-{number}", text, "id", Reading(whole, entities=entities), labels=labels
        )
