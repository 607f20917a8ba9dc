"""``split`` on written cases, on anything at all, and on long lines."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kronik import lang
from kronik.steps.segment import split

CASES = Path(__file__).parents[1] / "cases"
CUT = "¦"
"""Stands right before the first character of a sentence that is not the text's first."""


def cases() -> list[object]:
    found = []
    for code in lang.CODES:
        for line in (CASES / code / "segment.tsv").read_text("utf-8").splitlines()[1:]:
            marked, shows = line.split("\t")
            found.append(pytest.param(code, marked.replace("\\n", "\n"), id=f"{code}: {shows}"))
    return found


@pytest.mark.parametrize(("code", "marked"), cases())
def test_cases(code: str, marked: str) -> None:
    text = marked.replace(CUT, "")
    pieces = [span.of(text) for span in split(text, lang.get(code))]
    assert pieces == [piece.strip() for piece in marked.split(CUT)]


NEWSLIKE = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(".!?…,\"'“”„«»()[] \n\t\u00a0\u200bAaBbJlDr05-/@%")),
        st.characters(),
    ),
    max_size=120,
)


@pytest.mark.parametrize("code", lang.CODES)
@given(text=NEWSLIKE)
@example("")
@example(" \n\t ")
@example('. " .')
@example("A." + '"' * 40 + "B.")
def test_spans_are_trimmed_ordered_and_cover_all_that_is_not_white(code: str, text: str) -> None:
    spans = split(text, lang.get(code))
    at = 0
    for span in spans:
        piece = span.of(text)
        assert at <= span.start < span.end <= len(text)
        assert piece == piece.strip()
        assert "\n" not in piece
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "unit", ["a. A. ", ".", '."', '" . ', ". , ", "Jl. ", "x.Yz", "( . ) ", "a" * 50, " " * 9 + "."]
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    pack = lang.get("id")

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            split(text, pack)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(160_000) < 0.05 + 20 * seconds(20_000)
