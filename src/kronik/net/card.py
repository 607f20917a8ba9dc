"""The card that lies beside the weights: hashes, classes, thresholds, scores, data, licences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from kronik.errors import InstallError
from kronik.net.judge import Judge, Judges
from kronik.net.labels import Labels

REINSTALL = "install kronik again: pip install --force-reinstall kronik"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where decoding says yes: on the development gold, but least scores on articles held back;
    see the model card."""

    trigger: float = 0.5
    """Least probability that a word begins an event trigger, over all types."""
    arc: float = 0.5
    """Least probability of the surest word of the filler of a role."""
    spread: float = 0.5
    """Least probability of the words around it."""
    content: float = 0.5
    """Least mean probability of a quoted or reported stretch."""
    event: float = 0.0
    """Least score of an event, where the user asks for none: F1 is best there."""
    quote: float = 0.0
    """Likewise of a quote."""


@dataclass(frozen=True, slots=True)
class Card:
    """What ``card.json`` says."""

    weights: Mapping[str, str]
    """File name -> SHA-256."""
    labels: Labels
    window: int
    """Most pieces that the encoder reads at once."""
    thresholds: Thresholds
    judges: Judges
    languages: tuple[str, ...]
    about: Mapping[str, Any]
    """Data, licences, scores and sizes, for people; ``docs/model.md`` is made from it."""

    @classmethod
    def read(cls, folder: Path) -> Card:
        """Read the card; raises ``InstallError`` when it is missing or damaged."""
        path = folder / "card.json"
        try:
            row = msgspec.json.decode(path.read_bytes())
            return cls(
                weights=row["weights"],
                labels=Labels.of(row["labels"]),
                window=int(row["window"]),
                thresholds=Thresholds(**row["thresholds"]),
                judges=Judges(**{name: Judge(told) for name, told in row["judges"].items()}),
                languages=tuple(row["languages"]),
                about=row["about"],
            )
        except (OSError, KeyError, TypeError, msgspec.DecodeError) as error:
            raise InstallError(
                f"no usable model card: {error}", where=str(path), remedy=REINSTALL
            ) from error

    @property
    def net(self) -> str:
        """Hash of the weights, by which a record says what read it."""
        return self.weights["reader.onnx"]

    def check(self, folder: Path) -> None:
        """Compare each file with its hash; raises ``InstallError`` naming the damaged one."""
        for name, expected in self.weights.items():
            path = folder / name
            try:
                found = sha256(path.read_bytes()).hexdigest()
            except OSError as error:
                raise InstallError(str(error), where=str(path), remedy=REINSTALL) from error
            if found != expected:
                what = f"damaged weights: sha256 is {found[:12]}, should be {expected[:12]}"
                raise InstallError(what, where=str(path), remedy=REINSTALL)
