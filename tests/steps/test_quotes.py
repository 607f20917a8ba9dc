"""Quotes are put together from marks: which cue, which speaker, and what is taken off."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from time import process_time
from types import SimpleNamespace
from typing import Any

import pytest

from kronik import lang
from kronik.settings import Settings
from kronik.steps.quotes import quotes
from kronik.types import Quote
from tests.steps.marked import doc_of

CASES = Path(__file__).parents[1] / "cases"


def kit() -> Any:
    return SimpleNamespace(settings=Settings(), pack=lang.get)


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


def test_a_first_clitic_is_whoever_was_named_last() -> None:
    doc = doc_of(
        '<a:Gubernur Sela> <CONSULT:tiba> di kota. "<d:Kami menolak,>" <q1:katanya>.', "id"
    )
    (quote,) = quotes(doc, kit())
    assert told(quote, doc.text) == "Kami menolak = ~Gubernur Sela"


def test_time_grows_with_the_text_and_not_its_square() -> None:
    sentence = '"<d:Kami menolak usul itu,>" <q1:katanya>.\\n'
    doc = doc_of(f"<s2:Ratna Wijaya> tiba.\\n{sentence * 4000}", "id")
    assert len(doc.text) > 130_000
    began = process_time()
    assert len(quotes(doc, kit())) == 4000
    assert process_time() - began < 5


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('"<d:We refuse>," <q1:said> Ann. <d:They don\'t agree>.', ["direct"]),
        ('"<d:We refuse>," <q1:said> Ann. <d:They go>, she <q2:said>.', ["direct", "indirect"]),
        ('"<d:We refuse>," <q1:said> Ann. Ann <q2:wrote>: <d:They go>.', ["direct", "direct"]),
        ("<d:We refuse>, <q1:said> Ann. <d:They don't agree>.", ["direct", "direct"]),
        ('"<i:We refuse>," <q1:said> Ann. She <q2:said> <i:they go>.', ["indirect", "indirect"]),
    ],
    ids=["narrator", "reported", "colon", "an article without marks", "never made direct"],
)
def test_direct_speech_has_its_mark_where_the_article_uses_marks(
    marked: str, expected: list[str]
) -> None:
    assert [quote.manner for quote in quotes(doc_of(marked, "en"), kit())] == expected
