"""What may be said of inputs, and what is said where it is wrong."""

from __future__ import annotations

import re

import pytest
import typer

from kronik.cli import options
from kronik.sources import Ways
from kronik.sources.ways import HTML


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("text=isi", {"text": "isi"}),
        ("text=isi,published=tanggal terbit", {"text": "isi", "published": "tanggal terbit"}),
        ("text=isi, title = judul", {"text": "isi", "title": "judul"}),
        ("text=isi, lengkap,id=no", {"text": "isi, lengkap", "id": "no"}),
        ("text=a=b", {"text": "a=b"}),
    ],
)
def test_columns(given: str, found: dict[str, str]) -> None:
    assert options.columns(given) == found


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("isi", "'isi' names no column"),
        ("text=", "names no column"),
        ("isi=text", "no field 'isi'"),
    ],
)
def test_columns_that_are_none_are_told(given: str, what: str) -> None:
    with pytest.raises(typer.BadParameter) as raised:
        options.columns(given)
    assert what in raised.value.message


def test_patterns() -> None:
    assert options.pattern(r"/20\d\d/").search("/2015/")
    with pytest.raises(typer.BadParameter) as raised:
        options.pattern("(")
    assert "no regular expression" in raised.value.message


def test_ways() -> None:
    assert options.ways(None, None, None, None) == Ways(mimes=HTML)
    wanted = re.compile("x")
    found = options.ways(None, {"text": "isi"}, ["Text/Plain "], wanted)
    assert found == Ways({"text": "isi"}, wanted, ("text/plain",))
