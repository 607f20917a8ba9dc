"""A token a line, a blank line between sentences: blocks, their labels, and text from tokens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kronik.types import Span

CLOSING = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "”", "’", "...", "…"})
OPENING = frozenset({"(", "[", "{", "“", "‘"})
TOGGLING = frozenset({'"', "”"})
"""Marks that writers use on both sides; the first of two opens."""
JOINING = frozenset({"-", "/"})
LONGEST_QUOTE = 120
"""Tokens after which a mark that never closed is taken as forgotten."""
LABEL = re.compile(r"(?:O|[BILU]-.+)\Z")

Row = tuple[str, str]


def blocks(path: Path, columns: int, lost: Counter[str]) -> Iterator[list[Row]]:
    """Sentences as (token, label) rows: the first and the last of so many columns.

    Columns are apart by tabs, or by blanks where the line has no tab. Lost: lines with another
    count of columns or a label that is none; the sentence goes on without them.
    """
    rows: list[Row] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t") if "\t" in line else line.split()
            if not line.strip():
                if rows:
                    yield rows
                rows = []
            elif len(fields) != columns or not LABEL.match(fields[-1].strip()):
                lost["line is not a token with a label"] += 1
            else:
                rows.append((fields[0], fields[-1].strip()))
    if rows:
        yield rows


def spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Runs of BIO or BILOU labels as (first token, token after the last, label).

    ``I`` or ``L`` without a beginning of its label starts a run, as in conlleval.
    """
    runs: list[tuple[int, int, str]] = []
    start, current = 0, ""
    for index, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        if current and (prefix in ("O", "B", "U") or name != current):
            runs.append((start, index, current))
            current = ""
        if name and not current:
            start, current = index, name
        if current and prefix in ("L", "U"):
            runs.append((start, index + 1, current))
            current = ""
    return runs


def detokenise(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Text with the spacing of print, and where each token stands in it. Labels play no part."""
    parts: list[str] = []
    where: list[Span] = []
    length = 0
    glue = True
    opened: int | None = None
    for index, token in enumerate(tokens):
        opens = token in OPENING
        if token in TOGGLING:
            stale = opened is None or index - opened > LONGEST_QUOTE
            opens = stale
            opened = index if stale else None
        elif token == "“":
            opened = index
        closes = not opens and (token in CLOSING or token in TOGGLING)
        joins = token in JOINING and 0 < index < len(tokens) - 1 and _word(tokens, index)
        if not (glue or closes or joins):
            parts.append(" ")
            length += 1
        parts.append(token)
        where.append(Span(length, length + len(token)))
        length += len(token)
        glue = opens or joins
    return "".join(parts), where


def _word(tokens: Sequence[str], index: int) -> bool:
    return tokens[index - 1][-1].isalnum() and tokens[index + 1][0].isalnum()
