"""What sites put among an article's lines, line by line: cases are in ``tests/cases``."""

from __future__ import annotations

from pathlib import Path

import pytest

from kronik import lang
from kronik.steps.clean.eyes import Eyes
from kronik.steps.clean.layout import article
from tests.steps.readable import SENTENCES

CASES = Path(__file__).resolve().parents[1] / "cases"


def cases(file: str) -> list[tuple[str, ...]]:
    paths = sorted(CASES.glob(f"*/{file}.tsv"))
    rows = [(path, row) for path in paths for row in path.read_text("utf-8").splitlines()[1:]]
    return [(path.parent.name, *row.split("\t")) for path, row in rows]


def eyes(code: str) -> Eyes:
    return Eyes(tuple(lang.get(one) for one in sorted(lang.CODES, key=lambda one: one != code)))


@pytest.mark.parametrize(("code", "line", "what"), cases("clean_lines"))
def test_a_line_is_the_sites_or_the_articles(code: str, line: str, what: str) -> None:
    assert eyes(code).noise(line) == (what == "noise")


@pytest.mark.parametrize(("code", "line", "what"), cases("clean_lines"))
def test_a_line_between_two_paragraphs(code: str, line: str, what: str) -> None:
    body = article([SENTENCES[0], line, *SENTENCES[1:]], eyes(code)).body
    kept = (line,) if what == "text" else ()
    assert body == (SENTENCES[0], *kept, *SENTENCES[1:])


@pytest.mark.parametrize(("code", "line", "dateline", "rest"), cases("clean_openings"))
def test_how_an_article_opens(code: str, line: str, dateline: str, rest: str) -> None:
    found = article([line, *SENTENCES[1:]], eyes(code))
    assert (found.dateline or "-", found.body) == (dateline, (rest, *SENTENCES[1:]))


@pytest.mark.parametrize(("code", "line", "names", "rest"), cases("clean_endings"))
def test_how_an_article_ends(code: str, line: str, names: str, rest: str) -> None:
    found = article([*SENTENCES[1:], line], eyes(code))
    assert "|".join(found.bylines) == names.strip("-")
    assert found.body[4:] == ((rest,) if rest != "-" else ())


@pytest.mark.parametrize(("code", "line", "rest"), cases("clean_inserts"))
def test_what_stands_within_a_line(code: str, line: str, rest: str) -> None:
    body = article([SENTENCES[0], line, *SENTENCES[1:]], eyes(code)).body
    assert body == (SENTENCES[0], rest, *SENTENCES[1:])
