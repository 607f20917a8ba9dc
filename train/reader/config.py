"""``config.toml`` as types."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kronik.codebook import Codebook
from kronik.net import Labels
from train.reader.adapt import Adaptation
from train.reader.dedupe import Measured
from train.reader.fit import Plan
from train.reader.gold import Text, articles, entities, labels
from train.reader.texts import by_id

REPOSITORY = Path(__file__).resolve().parents[2]
RUN = 6
"""Sentences of an entity corpus that are put together into one text."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a labelled corpus stands and how much of it an epoch reads."""

    name: str
    path: Path
    reader: str
    share: float
    shared: Path
    hold: int = 0
    """How many texts at the end are kept from training, to measure on."""

    def texts(self, dropped: Counter[str], measured: Measured) -> list[Text]:
        """Read it, without what is measured on; a corpus that is absent counts as dropped."""
        if not self.path.exists():
            dropped[f"corpus {self.name} is not there"] += 1
            return []
        if self.reader == "entities":
            return list(entities(self.path, RUN, measured.sentence(dropped), dropped))
        found = list(self._articles(dropped))
        return list(measured.texts(found[: len(found) - self.hold], dropped))

    def _articles(self, dropped: Counter[str]) -> Iterator[Text]:
        if self.reader == "labels":
            return labels(self.path, by_id(self.shared), dropped)
        return articles(self.path, dropped)


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a training run depends on beside the data."""

    row: Mapping[str, Any]
    shared: Path

    @classmethod
    def read(cls, path: Path, shared: Path) -> Config:
        """From ``config.toml``."""
        return cls(tomllib.loads(path.read_text("utf8")), shared)

    @property
    def corpora(self) -> list[Corpus]:
        """The labelled corpora, in the order of the file."""
        roots = {False: self.shared, True: REPOSITORY}
        return [
            Corpus(
                c["name"],
                roots[c.get("ours", False)] / c["path"],
                c["reader"],
                c["share"],
                self.shared,
                c.get("hold", 0),
            )
            for c in self.row["corpus"]
        ]

    @property
    def adaptation(self) -> Adaptation:
        """How the encoder is adapted to news."""
        row = dict(self.row["adapt"])
        row.pop("read")
        return Adaptation(**row)

    @property
    def plan(self) -> Plan:
        """How the labels are learnt."""
        row = self.row["fit"]
        return Plan(
            epochs=row["epochs"],
            rate=row["rate"],
            head_rate=row["head_rate"],
            average=row["average"],
            seed=self.row["seed"],
            shares={corpus.name: corpus.share for corpus in self.corpora},
            weights=row["weights"],
        )

    def labels(self, codebook: Codebook) -> Labels:
        """The classes of each layer, in the order that the network gives them."""

        def tags(kinds: list[str]) -> list[str]:
            return ["O", *(f"{tag}-{kind}" for kind in kinds for tag in "BI")]

        modes = [f"{kind}/{mode}" for kind, t in codebook.types.items() for mode in t.modes]
        return Labels.of(
            {
                "content": tags(self.row["manner"]),
                "cue": tags(["cue"]),
                "entity": tags(self.row["entity"]),
                "trigger": ["O", "I", *codebook.types],
                "mode": ["-", *modes],
                "status": list(codebook.statuses),
                "sector": self.row["sector"],
            }
        )
