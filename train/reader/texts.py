"""The unlabelled news that the vocabulary is chosen from and the encoder is adapted to."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from train.reader.english import english

_GLUED = re.compile(r"\s*(?<=[\s.\"”])?,{1,2}(?=[A-Z\"“,])")
"""CLICK-ID joins paragraphs with a bare comma, and leaves one where a link stood."""


def tidy(text: str) -> str:
    """Undo the traces that extraction left in CLICK-ID's texts."""
    return re.sub(r"\s+", " ", _GLUED.sub(" ", text)).strip(" ,")


def fingerprint(text: str) -> str:
    """Equal for two texts of the same letters, whatever the spaces and marks."""
    letters = re.sub(r"[\W_]+", "", text.casefold())
    return sha256(letters[:400].encode()).hexdigest()


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def by_id(shared: Path) -> dict[str, str]:
    """The articles of CLICK-ID and the 2026 set, and the English texts, as our labels count
    offsets in them."""
    folder = shared / "corpora" / "news-id"
    rows = (row for name in ("news", "other") for row in _lines(folder / f"{name}.jsonl.gz"))
    return {str(row["id"]): str(row["text"]).strip(" ,\n") for row in rows} | dict(english(shared))


def _indosum(row: dict[str, object]) -> str:
    paragraphs = row["paragraphs"]
    assert isinstance(paragraphs, list)
    words = " ".join(w for paragraph in paragraphs for sentence in paragraph for w in sentence)
    return re.sub(r" ([,.;:?!)])", r"\1", words.replace("( ", "("))


def _parallel(path: Path) -> Iterator[str]:
    """Runs of 16 lines of each file of the parallel corpus, economy, news and science."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith(".txt") or "-SPO-" in name:
                continue
            with archive.open(name) as raw:
                lines = io.TextIOWrapper(raw, "utf8", errors="replace").read().splitlines()
            for at in range(0, len(lines), 16):
                yield " ".join(lines[at : at + 16])


def _gold(path: Path) -> Iterator[str]:
    for line in path.read_text("utf8").splitlines():
        yield str(json.loads(line)["text"])


def news(shared: Path) -> Iterator[str]:
    """Every text that may be trained on, once; none that is in the development gold."""
    corpora = shared / "corpora"
    seen = {fingerprint(text) for text in _gold(shared / "gold" / "dev-id.jsonl")}
    seen |= {fingerprint(tidy(text)) for text in _gold(shared / "gold" / "dev-id.jsonl")}

    def every() -> Iterator[str]:
        for name in ("train-id", "train-en", "train-en-parallel"):
            yield from _gold(shared / "gold" / f"{name}.jsonl")
        for row in _lines(corpora / "news-id" / "news.jsonl.gz"):
            yield tidy(str(row["text"]))
        yield from _parallel(next((corpora / "parallel").glob("*.zip")))
        for row in _lines(corpora / "news-id" / "indosum.jsonl.gz"):
            yield _indosum(row)
        for row in _lines(corpora / "news-id" / "other.jsonl.gz"):
            yield tidy(str(row["text"]))

    for text in every():
        mark = fingerprint(text)
        if mark not in seen and len(text) > 200:
            seen.add(mark)
            yield text
