"""Quotes are put together from marks: which cue, which speaker, and what is taken off."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kronik import lang
from kronik.settings import Settings
from kronik.steps.quotes import quotes
from kronik.types import Quote
from tests.steps.marked import doc_of

CASES = Path(__file__).parents[1] / "cases"


def kit(min_score: float = 0.0) -> Any:
    return SimpleNamespace(settings=Settings(min_score=min_score), pack=lang.get)


def cases() -> list[Any]:
    found = []
    for code in lang.CODES:
        with (CASES / code / "quotes.tsv").open(encoding="utf8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [pytest.param(code, row, id=f"{code}: {row['what']}") for row in rows]
    return found


def told(quote: Quote, text: str) -> str:
    """``content = speaker``; ``~`` before a speaker who is named elsewhere, ``?`` for nobody."""
    speaker = quote.speaker
    if speaker is None or speaker.named_at is None:
        return f"{quote.span.of(text)} = ?"
    return f"{quote.span.of(text)} = {'' if speaker.span else '~'}{speaker.named_at.of(text)}"


@pytest.mark.parametrize(("code", "row"), cases())
def test_quotes(code: str, row: Mapping[str, str]) -> None:
    doc = doc_of(row["marked"], code)
    found = " | ".join(told(quote, doc.text) for quote in quotes(doc, kit()))
    assert found == row["expected"]


def test_unsure_quotes_are_left_out_when_asked() -> None:
    doc = doc_of('"<d:We refuse,>" <q1:said> <s1:Mary Stone>.', "en")
    assert len(quotes(doc, kit(0.8))) == 1
    assert quotes(doc, kit(0.95)) == ()
