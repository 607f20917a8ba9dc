"""PLV (Zero-Shot-PLOVER, ACL 2024): TSV, one sentence with a marked source and target a line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.nouns import Item, Pair, Reading
from kronik.types import Span

TAG = re.compile(r"<(/?)([st])>")


def read(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """One item a line; its id is ``uid`` or ``sentence_id``, with ``#2`` where one comes again.

    A side that the sentence does not name ("a recipient") has no span. Lost: lines without a
    sentence, a gold root or a gold quad ("penta").
    """
    seen: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 1):
            text, marks = _marks(row)
            root, quad = row.get("gold_root"), row.get("gold_penta")
            if not (text and root and quad):
                lost["no sentence or no gold code"] += 1
                continue
            key = row.get("uid") or row.get("sentence_id") or str(number)
            seen[key] += 1
            yield Item(
                id=key if seen[key] == 1 else f"{key}#{seen[key]}",
                text=text,
                lang="en",
                gold=Reading(sentences=(Span(0, len(text)),)),
                pair=Pair(tuple(marks["s"]), tuple(marks["t"]), root.strip(), quad.strip()),
            )


def _marks(row: Mapping[str, str | None]) -> tuple[str, dict[str, list[Span]]]:
    """The sentence without its tags, and where source (s) and target (t) stand in it."""
    marked = row.get("marked_sentence") or ""
    if "<s>" in marked:
        return _untag(marked)
    text = row.get("sentence") or ""
    return text, {"s": _find(text, row.get("source")), "t": _find(text, row.get("target"))}


def _untag(marked: str) -> tuple[str, dict[str, list[Span]]]:
    marks: dict[str, list[Span]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    parts: list[str] = []
    length = last = 0
    for tag in TAG.finditer(marked):
        parts.append(marked[last : tag.start()])
        length += tag.start() - last
        last = tag.end()
        closing, kind = tag.groups()
        if not closing:
            opened[kind] = length
        elif kind in opened:
            marks[kind].append(Span(opened.pop(kind), length))
    return "".join(parts) + marked[last:], marks


def _find(text: str, words: str | None) -> list[Span]:
    start = text.find(words) if words else -1
    return [] if start < 0 or words is None else [Span(start, start + len(words))]
