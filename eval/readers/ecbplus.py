"""ECB+: an archive of documents in CAT's XML, a token an element, with mentions of actions."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from eval.nouns import Act, Item, Reading
from eval.readers import english
from kronik.types import Span

ACTIONS = ("ACTION_", "NEG_ACTION_")
ADDRESS = "http"
"""How the first "sentence" of a document begins that is the address it was found at."""

Element = ElementTree.Element


def read(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """One item a document, a sentence a line, in order of the names.

    Sentences of the gold are those with at least one mention: of the others nobody says that they
    were annotated. Lost: documents that are no XML, and mentions outside the text.
    """
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            stream = archive.extractfile(member) if member.name.endswith(".xml") else None
            if stream is None:
                continue
            try:
                root = ElementTree.parse(stream).getroot()
            except ElementTree.ParseError:
                lost["document is no XML"] += 1
                continue
            yield _item(PurePosixPath(member.name).stem, root, lost)


def _item(name: str, root: Element, lost: Counter[str]) -> Item:
    text, lines, where = _text(list(root.iter("token")))
    acts = tuple(_acts(root, where, lost))
    sentences = tuple(
        line for line in lines if any(line.holds(part) for act in acts for part in act.parts)
    )
    return Item(name, text, "en", Reading(sentences), acts=acts)


def _text(tokens: Sequence[Element]) -> tuple[str, list[Span], dict[str, Span]]:
    """The text, its lines, and where each token stands in it, by id."""
    sentences: dict[str, list[Element]] = {}
    for token in tokens:
        sentences.setdefault(token.get("sentence", ""), []).append(token)
    rows: list[str] = []
    lines: list[Span] = []
    where: dict[str, Span] = {}
    start = 0
    for sentence in sentences.values():
        row, spans = english.printed([token.text or "" for token in sentence])
        if row.startswith(ADDRESS):
            continue
        for token, span in zip(sentence, spans, strict=True):
            where[token.get("t_id", "")] = Span(start + span.start, start + span.end)
        rows.append(row)
        lines.append(Span(start, start + len(row)))
        start += len(row) + 1
    return "\n".join(rows), lines, where


def _acts(root: Element, where: dict[str, Span], lost: Counter[str]) -> Iterator[Act]:
    """Mentions of actions; one without tokens is no mention but what mentions have in common."""
    order = {key: index for index, key in enumerate(where)}
    spans = list(where.values())
    for mark in root.iterfind("Markables/*"):
        keys = [anchor.get("t_id", "") for anchor in mark.iter("token_anchor")]
        if not mark.tag.startswith(ACTIONS) or not keys:
            continue
        if any(key not in order for key in keys):
            lost["mention outside the text"] += 1
            continue
        kind = mark.tag.rpartition("_")[2].lower()
        yield Act(kind, english.cover(spans, sorted(order[key] for key in keys)))
