"""The English texts that our labels point at, by id: PLOVER records, PETRARCH unit tests, ECB+
documents, and further runs of the parallel corpus."""

from __future__ import annotations

import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

INTERNATIONAL = "plain/PANL-BPPT-INT-EN-150Kw.txt"
RUN, APART = 16, 66
"""Lines of the parallel corpus that make one text, and that lie between two of the gold."""
_TIGHT_BEFORE = re.compile(r" (?=[,.;:?!)%]|'(?:s|m|d|re|ve|ll)?(?: |$)|n't\b)")
_TIGHT_AFTER = re.compile(r"(?<=[($£]) ")
_QUOTED = re.compile(r"(?:``|\"|“) ?([^\"“”`]*?) ?(?:''|\"|”)")


def english(shared: Path) -> Iterator[tuple[str, str]]:
    """Every text with its id; a corpus that is absent gives none."""
    corpora = shared / "corpora"
    for reader, place in (
        (_plover, corpora / "plover" / "PLOVER_GSR_CAMEO.txt"),
        (_petrarch, corpora / "petrarch" / "PETR.UnitTest.records.xml"),
        (_ecbplus, corpora / "ecbplus" / "topics-1-35.tar.gz"),
        (_parallel, corpora / "parallel" / "BPPTIndToEngCorpusHalfM.zip"),
    ):
        if place.exists():
            yield from reader(place)


def joined(tokens: Sequence[str]) -> str:
    """Tokens as a sentence: marks stand where print has them, quotation marks in pairs."""
    text = _QUOTED.sub(r'"\1"', " ".join(tokens))
    return _TIGHT_AFTER.sub("", _TIGHT_BEFORE.sub("", text))


def _plover(path: Path) -> Iterator[tuple[str, str]]:
    rows = json.loads(path.read_text("utf8"))
    texts = {
        " ".join(row["text"].split()): str(row["id"]) for row in reversed(rows) if "text" in row
    }
    yield from ((name, text) for text, name in texts.items())


def _petrarch(path: Path) -> Iterator[tuple[str, str]]:
    """The records have ids of several schemes, so a text's own hash names it."""
    found = re.findall(r"<Text>(.*?)</Text>", path.read_text("utf8", "replace"), re.DOTALL)
    for text in sorted({" ".join(text.split()) for text in found}):
        yield f"petrarch-{sha256(text.encode()).hexdigest()[:16]}", text


def _ecbplus(path: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            stream = archive.extractfile(member) if member.name.endswith(".xml") else None
            if stream is None:
                continue
            sentences: dict[str, list[str]] = {}
            for token in ElementTree.parse(stream).getroot().iter("token"):
                sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
            rows = [joined(tokens) for tokens in sentences.values()]
            # the first "sentence" of an ECB+ document is often the address it was found at
            text = "\n".join(row for row in rows if not row.startswith("http"))
            yield f"ecbplus/{Path(member.name).stem}", text


def _parallel(path: Path) -> Iterator[tuple[str, str]]:
    """Two runs between every two of the gold's, which begin every ``APART`` lines."""
    with zipfile.ZipFile(path) as archive, archive.open(INTERNATIONAL) as raw:
        lines = io.TextIOWrapper(raw, "utf8", errors="replace").read().splitlines()
    for gold in range(0, len(lines), APART):
        for first in (gold + 22, gold + 44):
            run = [line.strip() for line in lines[first : first + RUN]]
            if len(run) == RUN:
                yield f"INT-EN:{first}-{first + RUN - 1}", "\n".join(run)
