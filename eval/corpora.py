"""The table of sets, ``corpora.toml``: where each lies, how it is read and scored."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from eval.nouns import Item
from eval.readers import READERS
from eval.score import SCORERS

ROOT = Path(__file__).parents[1]
TABLE = Path(__file__).with_name("corpora.toml")


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
        """Its items in order, at most ``limit``, and what the reader could not use, by reason."""
        lost: Counter[str] = Counter()
        found: list[Item] = []
        for item in READERS[self.reader](self.where, lost):
            if limit is not None and len(found) == limit:
                break
            found.append(item)
        return found, +lost

    def sha256(self) -> str:
        """Hash of the bytes; of a folder, of the names and bytes of all its files in order."""
        if self.where.is_file():
            return sha256(self.where.read_bytes()).hexdigest()
        digest = sha256()
        for file in sorted(path for path in self.where.rglob("*") if path.is_file()):
            digest.update(file.relative_to(self.where).as_posix().encode() + b"\0")
            digest.update(sha256(file.read_bytes()).digest())
        return digest.hexdigest()


def corpora() -> dict[str, Corpus]:
    """Every set by name. Raises ``ValueError`` or ``TypeError`` for a row that is not one."""
    with TABLE.open("rb") as stream:
        rows = tomllib.load(stream)["corpus"]
    return {row["name"]: Corpus(**row) for row in rows}
