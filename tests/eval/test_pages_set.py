"""The pages that the cleaner is measured by: what the gold asks for stands in each page."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

PAGES = Path(__file__).parents[2] / "eval" / "pages"
COUNTS = {"id": 40, "en": 10}
SITES = {"id": 20, "en": 10}
"""The least number of kinds of markup."""

INLINE = frozenset(
    ["a", "abbr", "b", "cite", "em", "font", "i", "q", "small", "span", "strong", "sub", "sup", "u"]
)
UNSEEN = ("script", "style", "template", "noscript")
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
NOISE = re.compile(
    r"\b(baca juga|lihat juga|simak juga|advertisement|scroll (to|untuk)|gambas|halaman selanjutnya"
    r"|pilihan editor|foto:|editor:|read more|related stor|sign up)",
    re.IGNORECASE,
)


def golds(lang: str) -> list[Path]:
    return sorted((PAGES / lang).glob("*.json"))


def gold_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text("utf8"))
    return gold


def normal(text: str) -> str:
    return " ".join(text.split())


def seen(path: Path, encoding: str) -> str:
    """The page's text with its tags away: a block ends a word, a tag inside a line does not."""
    raw = path.with_suffix(".html").read_bytes()
    tree = html.document_fromstring(raw, parser=html.HTMLParser(encoding=encoding))
    parts: list[str] = []

    def walk(node: html.HtmlElement) -> None:
        shown = isinstance(node.tag, str) and node.tag not in UNSEEN
        around = "" if shown and node.tag in INLINE else " "
        parts.append(around)
        if shown:
            parts.append(node.text or "")
            for child in node:
                walk(child)
        parts.append(around + (node.tail or ""))

    walk(tree)
    return normal("".join(parts))


def written(day: date, lang: str) -> list[str]:
    """The ways in which the pages print a day."""
    name = MONTHS[lang].split()[day.month - 1]
    names = {name, name[:3], {"Agustus": "Agu"}.get(name, name)}
    ways = [f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}"]
    for month in names:
        ways += [f"{d} {month} {day.year}" for d in (day.day, f"{day.day:02d}")]
        ways += [f"{month}{dot} {day.day}, {day.year}" for dot in ("", ".")]
    return ways


ALL = [path for lang in COUNTS for path in golds(lang)]
OLD = [path for path in ALL if gold_of(path)["encoding"] != "utf-8"]
each = pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.mark.parametrize("lang", COUNTS)
def test_the_set_is_whole(lang: str) -> None:
    stems = [path.stem for path in golds(lang)]
    assert len(stems) == COUNTS[lang]
    assert sorted(path.stem for path in (PAGES / lang).glob("*.html")) == stems
    assert len({stem.split("-", 1)[1] for stem in stems}) >= SITES[lang]
    assert len({gold_of(path)["url"] for path in golds(lang)}) == len(stems)


@each
def test_every_paragraph_is_in_the_page_in_order(path: Path) -> None:
    gold = gold_of(path)
    text, at = seen(path, gold["encoding"]), 0
    for paragraph in gold["body"]:
        assert paragraph == normal(paragraph) != ""
        found = text.find(paragraph, at)
        assert found >= 0, f"not in the page after offset {at}: {paragraph!r}"
        at = found + len(paragraph)


@each
def test_title_byline_dateline_and_day_are_in_the_page(path: Path) -> None:
    gold, lang = gold_of(path), path.parent.name
    text = seen(path, gold["encoding"])
    for string in (gold["title"], *gold["bylines"], *filter(None, [gold["dateline"]])):
        assert string.casefold() in text.casefold(), string
    day = date.fromisoformat(gold["published"])
    assert any(way in text for way in written(day, lang)), f"{day} is not printed"


@each
def test_the_body_is_an_article_and_nothing_else(path: Path) -> None:
    body = gold_of(path)["body"]
    assert 8 <= len(body) <= 20
    assert 150 <= sum(len(paragraph.split()) for paragraph in body) <= 450
    assert not [paragraph for paragraph in body if NOISE.search(paragraph)]


@each
def test_a_page_says_that_it_is_invented(path: Path) -> None:
    raw = path.with_suffix(".html").read_bytes()
    assert b"<!-- Halaman karangan" in raw or b"<!-- An invented page" in raw


def test_three_pages_are_in_an_old_encoding() -> None:
    assert len(OLD) == 3
    for path in OLD:
        assert gold_of(path)["encoding"] == "windows-1252"
        with pytest.raises(UnicodeDecodeError):
            path.with_suffix(".html").read_bytes().decode("utf8")
