"""Scraped text can neither steer a terminal nor run in a spreadsheet."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.exchange.guard import cell, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("biasa saja", "biasa saja"),
        ("a\x1b[31mb\x1b]0;title\x07c", "a[31mb]0;titlec"),
        ("satu\ndua\ttiga\r\n", "satu dua tiga  "),
        ("a\u202eb\u2066c\u200bd", "abcd"),
        ("a\x9b2Jb", "a2Jb"),
        ("“kutip” – café 東", "“kutip” – café 東"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    assert not {unicodedata.category(char) for char in printable(text)} & {"Cc", "Cf", "Cs", "Co"}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
)
def test_formulas_are_disarmed(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\r=1", "'=1"),
        ("\u202e=1", "'=1"),
        ("a\x00b\x1bc\x7fd\x9be", "abcde"),
        ("a\u2066b\u200fc", "abc"),
        ("satu\r\ndua\ttiga", "satu\ndua\ttiga"),
    ],
)
def test_cells_hold_no_controls(text: str, kept: str) -> None:
    assert cell(text) == kept


@pytest.mark.parametrize("text", ["a=b", "", "“kutip” – café 東"])
def test_the_rest_is_left_alone(text: str) -> None:
    assert cell(text) == text
