"""PolNeAR: a folder with ``text/NAME.txt`` and stand-off ``attributions/NAME_ANNOTATOR.ann``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.nouns import Item, Party, Quote, Reading
from kronik.types import Span

QUOTED = re.compile(r"(?:[“\"]|''|``)(.+?)(?:[”\"]|''|$)", re.DOTALL)
DIRECT_SHARE = 0.9
"""Content of which this share stands in quotation marks is direct speech; with less, mixed."""
OFFSETS = re.compile(r"\d+ \d+(?:;\d+ \d+)*")
DATE = re.compile(r"_(\d{4}-\d{2}-\d{2})_")


@dataclass(frozen=True, slots=True)
class Mark:
    """A line ``T``: a label and the fragments that carry it."""

    label: str
    fragments: tuple[Span, ...]


def read(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """One item an article, one quote a fragment of content.

    Of an article with several annotators the first by file name counts. Lost: texts without
    annotation, marks that do not fit the text, attributions without content.
    """
    for file in sorted((path / "text").glob("*.txt")):
        found = sorted((path / "attributions").glob(f"{file.stem}_*.ann"))
        if not found:
            lost["text without annotation"] += 1
            continue
        lost["further annotator of the same text"] += len(found) - 1
        with file.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        date = DATE.search(file.stem)
        yield Item(
            id=file.stem,
            text=text,
            lang="en",
            gold=Reading(quotes=tuple(_quotes(found[0], text, lost))),
            date=date[1] if date else None,
        )


def _quotes(path: Path, text: str, lost: Counter[str]) -> Iterator[Quote]:
    marks: dict[str, Mark] = {}
    links: list[dict[str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            mark = _mark(rest, text)
            if mark is None:
                lost["mark does not fit the text"] += 1
            else:
                marks[key] = mark
        elif key.startswith("E"):
            links.append(dict(part.split(":", 1) for part in rest.split() if ":" in part))
    for link in links:
        keys = [link[role] for role in ("Content", "Content2") if link.get(role) in marks]
        if not keys:
            lost["attribution without content"] += 1
        cue, source = _first(marks, link, "Cue"), _first(marks, link, "Source")
        for span in (span for key in keys for span in marks[key].fragments):
            yield Quote(span, manner(span.of(text)), cue, Party(source) if source else None)


def _first(marks: dict[str, Mark], link: dict[str, str], role: str) -> Span | None:
    mark = marks.get(link.get(role, ""))
    return mark.fragments[0] if mark else None


def _mark(rest: str, text: str) -> Mark | None:
    """``Content 10 20;25 30<TAB>words``; fragments with only white space between them are one.

    Null where the offsets are none, or the text has other words there.
    """
    head, _, words = rest.partition("\t")
    label, _, offsets = head.partition(" ")
    if not OFFSETS.fullmatch(offsets):
        return None
    given = [Span(*map(int, pair.split(" "))) for pair in offsets.split(";")]
    if " ".join(span.of(text) for span in given).split() != words.split():
        return None
    spans = sorted(given)
    merged = [spans[0]]
    for span in spans[1:]:
        if text[merged[-1].end : span.start].strip():
            merged.append(span)
        else:
            merged[-1] = Span(merged[-1].start, span.end)
    return Mark(label, tuple(merged))


def manner(content: str) -> str:
    """Direct, mixed or indirect, by the share of the words that stand in quotation marks."""
    words = content.strip()
    quoted = sum(match.end() - match.start() for match in QUOTED.finditer(words))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT_SHARE * len(words) else "mixed"
