"""PETRARCH validation records: sentences in something like XML, with CAMEO codes."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.nouns import Item, Reading
from kronik.types import Span

ROOTS = Path(__file__).parents[1] / "cameo_roots.tsv"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
SENTENCE = re.compile(r"<Sentence\s([^>]*)>(.*?)(?=<Sentence\s|\Z)", re.DOTALL)
TEXT = re.compile(r"<Text>(.*?)</Text>", re.DOTALL)
CODE = re.compile(r'eventcode\s*=\s*"(\w+)"')
ATTRIBUTE = re.compile(r'(\w+)\s*=\s*"([^"]*)"')
STATEMENTS = ("01", "02")
"""CAMEO roots that PLOVER does not have: statements and appeals, which become quotations."""


def read(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """One item a sentence, its CAMEO codes as PLOVER types.

    Lost: sentences without text, and codes that no PLOVER type covers.
    """
    roots = _roots()
    source = COMMENT.sub("", path.read_text(encoding="utf-8", errors="replace"))
    for match in SENTENCE.finditer(source):
        head, body = dict(ATTRIBUTE.findall(match[1])), match[2]
        found = TEXT.search(body)
        if not found:
            lost["sentence without text"] += 1
            continue
        text = html.unescape(" ".join(found[1].split()))
        yield Item(
            id=head["id"],
            text=text,
            lang="en",
            gold=Reading(sentences=(Span(0, len(text)),)),
            date=_iso(head.get("date", "")),
            roots=tuple(_types(CODE.findall(body), roots, lost)),
        )


def _types(codes: list[str], roots: Mapping[str, str], lost: Counter[str]) -> Iterator[str]:
    for code in codes:
        if code.startswith(STATEMENTS):
            lost["CAMEO 01 and 02 are no events in PLOVER"] += 1
            continue
        prefix = next((code[:n] for n in range(len(code), 1, -1) if code[:n] in roots), None)
        if prefix is None:
            lost["code outside CAMEO"] += 1
        else:
            yield roots[prefix]


def _roots() -> Mapping[str, str]:
    with ROOTS.open(encoding="utf-8", newline="") as lines:
        return {row["cameo"]: row["root"] for row in csv.DictReader(lines, delimiter="\t")}


def _iso(date: str) -> str | None:
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}" if re.fullmatch(r"\d{8}", date) else None
