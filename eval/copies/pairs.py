"""Labelled pairs of news articles, and how well a rule tells copies from reports of their own."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

from eval.corpora import ROOT, SetError
from kronik.link.bands import Bands, sign
from kronik.link.likeness import FIGURES, LEAST, NEW, PASSAGE, RUN, Likeness, runs, words

TABLE = Path(__file__).with_name("pairs.tsv")
CORPUS = ROOT.parent / "shared" / "corpora" / "news-id"
FILES = ("news.jsonl.gz", "other.jsonl.gz")
LABELS: Mapping[str, bool | None] = {
    "same": True,  # the same text: other headline, other words here and there
    "rewritten": True,  # made from the same text, and tells nothing of weight that is not in it
    "part": None,  # the shorter stands in the longer, which tells more: a copy if it is the later
    "own": False,  # a report of its own that repeats parts: a follow-up, the same event elsewhere
    "different": False,  # another matter in the same form
}


@dataclass(frozen=True)
class Pair:
    """Two articles by their ids, the earlier one first. ``weight`` is how many pairs of the corpus
    that are as alike it stands for."""

    earlier: Sequence[str]
    later: Sequence[str]
    label: str
    split: str
    weight: float
    ids: tuple[str, str]

    @property
    def copy(self) -> bool:
        """Whether the later one is a copy."""
        told = LABELS[self.label]
        return len(self.later) < len(self.earlier) if told is None else told

    @cached_property
    def likeness(self) -> Likeness:
        """What the later one has of the earlier one."""
        return Likeness.of(self.later, self.earlier)

    @cached_property
    def met(self) -> bool:
        """Whether the index would have them compared."""
        bands = Bands(room=1)
        bands.add(sign(runs(self.earlier)))
        return bool(bands.near(sign(runs(self.later))))


@dataclass(frozen=True, slots=True)
class Score:
    """Right ones among what was found, and found ones among what is right."""

    right: float
    found: float
    there: float

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of what is right, the share that was found."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0

    @property
    def f_half(self) -> float:
        """As F1, but precision counts twice: a report of its own that is taken for a copy is lost
        to whoever leaves copies out."""
        whole = self.found + self.there / 4
        return 1.25 * self.right / whole if whole else 1.0


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """Thresholds of ``kronik.link.likeness``, to try others."""

    width: int = RUN
    passage: int = PASSAGE
    least: float = LEAST
    new: float = NEW
    figures: int = FIGURES

    def __call__(self, of: Likeness) -> bool:
        """Whether what is so alike is taken for a copy."""
        return of.shared >= self.least and of.new <= self.new and of.figures <= self.figures


def rows() -> list[dict[str, str]]:
    """The table as it is written."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def pairs() -> list[Pair]:
    """Every labelled pair with its words. Raises ``SetError`` where the corpus is not here."""
    table = rows()
    told = _words({row[side] for row in table for side in ("earlier", "later")})
    return [
        Pair(
            told[row["earlier"]],
            told[row["later"]],
            row["label"],
            row["split"],
            float(row["weight"]),
            (row["earlier"], row["later"]),
        )
        for row in table
    ]


def score(pairs: Iterable[Pair], rule: Callable[[Pair], bool], *, weighed: bool = False) -> Score:
    """How a rule does on pairs, each counted once or by its weight."""
    right = found = there = 0.0
    for pair in pairs:
        weight = pair.weight if weighed else 1.0
        taken = rule(pair)
        right += weight * (taken and pair.copy)
        found += weight * taken
        there += weight * pair.copy
    return Score(right, found, there)


def tried(pairs: Sequence[Pair]) -> list[tuple[Rule, Score]]:
    """Every rule of the grid that thresholds were chosen from, the best first."""
    measured = product((2, 3, 4, 5), (10, 12, 15, 20))
    bounds = list(product((0.4, 0.45, 0.5, 0.55, 0.6), (0.1, 0.12, 0.15, 0.2, 0.25), (5, 8, 12)))
    found = []
    for width, passage in measured:
        like = {pair.ids: Likeness.of(pair.later, pair.earlier, width, passage) for pair in pairs}
        for least, new, figures in bounds:
            rule = Rule(width, passage, least, new, figures)
            found.append((rule, score(pairs, _by(rule, like))))
    return sorted(found, key=lambda tried: (-tried[1].f_half, tried[0]))


def _by(rule: Rule, like: Mapping[tuple[str, str], Likeness]) -> Callable[[Pair], bool]:
    return lambda pair: rule(like[pair.ids])


def _words(wanted: set[str]) -> dict[str, list[str]]:
    told = {}
    for file in FILES:
        if not (CORPUS / file).exists():
            raise SetError(f"{CORPUS / file} is not here")
        with gzip.open(CORPUS / file, "rt", encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                if row["id"] in wanted:
                    told[row["id"]] = words(row["text"])
    if lost := wanted - told.keys():
        raise SetError(f"{len(lost)} articles of {TABLE.name} are not in {CORPUS}")
    return told
