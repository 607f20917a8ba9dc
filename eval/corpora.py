"""The table of sets, ``corpora.toml``: where each lies, how it is read and scored."""

from __future__ import annotations

import csv
import tarfile
import tomllib
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.digest import digest
from eval.nouns import Item
from eval.readers import READERS
from eval.score import SCORERS

ROOT = Path(__file__).parents[1]
TABLE = Path(__file__).with_name("corpora.toml")


class SetError(Exception):
    """A set that cannot be scored as it lies there."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """One set. ``path`` is relative to the repository root, or absolute."""

    name: str
    path: str
    reader: str
    scorer: str
    use: str
    split: str
    licence: str
    default: bool

    def __post_init__(self) -> None:
        if self.reader not in READERS or self.scorer not in SCORERS:
            raise ValueError(f"{self.name}: no reader {self.reader!r} or no scorer {self.scorer!r}")

    @property
    def where(self) -> Path:
        """The file or folder."""
        return (ROOT / self.path).resolve()

    @property
    def present(self) -> bool:
        """Whether the set is on this machine."""
        return self.where.exists()

    def items(self, limit: int | None = None) -> tuple[list[Item], Counter[str]]:
        """Its items in order, at most ``limit``, and what the reader could not use, by reason.

        Raises ``SetError`` for bytes that are no text, and where not one item is usable.
        """
        lost: Counter[str] = Counter()
        try:
            found = list(islice(READERS[self.reader](self.where, lost), limit))
        except (UnicodeDecodeError, csv.Error, tarfile.TarError, EOFError) as error:
            told = " ".join(str(error).split())
            raise SetError(f"{self.where} is no text of format {self.reader}: {told}") from error
        if not found and limit != 0:
            reasons = "; ".join(f"{count} times: {reason}" for reason, count in (+lost).items())
            told = f" ({reasons})" if reasons else ""
            raise SetError(f"{self.where}: no item of format {self.reader} is usable{told}")
        return found, +lost

    def sha256(self) -> str:
        """Hash of the bytes; of a folder, of the names and bytes of all its files in order."""
        return digest(self.where)


def corpora() -> dict[str, Corpus]:
    """Every set by name. Raises ``ValueError`` or ``TypeError`` for a row that is not one."""
    with TABLE.open("rb") as stream:
        rows = tomllib.load(stream)["corpus"]
    return {row["name"]: Corpus(**row) for row in rows}
