"""What stands around an article, and lines that were broken to a width."""

from __future__ import annotations

import textwrap

import pytest

from kronik import lang
from kronik.steps.clean.eyes import Eyes, address, is_host
from kronik.steps.clean.layout import article, host
from kronik.steps.clean.wrap import paragraphs
from tests.steps.readable import SENTENCES

EYES = Eyes((lang.get("id"), lang.get("en")))
BODY = list(SENTENCES)
TITLE = "Bendungan Sungai Lirih Retak Akibat Gempa"
DATE = "Minggu, 3 April 2011"
PROSE = [" ".join(SENTENCES[:3]), " ".join(SENTENCES[3:])]


@pytest.mark.parametrize(
    "header",
    [
        [TITLE],
        [TITLE, DATE],
        [DATE, TITLE],
        ["Suara Tani", TITLE, DATE],
        [f"View Full Version : {TITLE}", "latestnews", TITLE, DATE],
        ["Suara Tani Online Terbaik", TITLE, DATE, TITLE],
        [f"View Full Version : {TITLE}", DATE],
        ["Naskah ini adalah contoh, bukan laporan dari redaksi.", TITLE, DATE],
        [TITLE, "Oleh Ratih Contoh", DATE],
    ],
    ids=" / ".join,
)
def test_the_header_gives_headline_and_date(header: list[str]) -> None:
    found = article([*header, *BODY], EYES)
    assert found.body == tuple(BODY)
    assert found.title == TITLE
    assert (found.published is not None) == (DATE in header)
    assert found.bylines == (("Ratih Contoh",) if "Oleh Ratih Contoh" in header else ())


@pytest.mark.parametrize(
    "footer",
    [
        ["Copyright 2011 Suara Tani"],
        ["Baca juga: Harga Cabai Naik", "Halaman 1 dari 2"],
        ["Dicetak dari Suara Tani | Versi cetak | Kembali"],
        ["Sumber: https://suaratani.example/a/1"],
        ["Suara Tani", "3"],
    ],
    ids=" / ".join,
)
def test_the_footer_goes(footer: list[str]) -> None:
    assert article([TITLE, DATE, *BODY, *footer], EYES).body == tuple(BODY)


def test_a_date_below_the_text_may_be_that_of_printing() -> None:
    found = article([TITLE, *BODY, "Dicetak: 1 Januari 2024"], EYES)
    assert (found.published, found.body) == (None, tuple(BODY))


def test_initials_at_the_end_are_bylines() -> None:
    for last in ([f"{BODY[-1]} (rtc/sri)"], [BODY[-1], "(rtc/sri)"]):
        found = article([*BODY[:-1], *last], EYES)
        assert found.body == tuple(BODY)
        assert found.bylines == ("rtc", "sri")


def test_a_known_headline_is_not_part_of_the_text() -> None:
    found = article([TITLE.upper(), *BODY], EYES, TITLE)
    assert (found.title, found.body) == (TITLE, tuple(BODY))


@pytest.mark.parametrize("mark", ["?", "!", "...", "…"])
def test_a_headline_may_ask_or_trail_off(mark: str) -> None:
    found = article([TITLE + mark, DATE, *BODY], EYES)
    assert (found.title, found.body) == (TITLE + mark, tuple(BODY))


def test_paragraphs_alone_have_no_headline() -> None:
    found = article(BODY, EYES)
    assert (found.title, found.published, found.body) == (None, None, tuple(BODY))


def test_what_a_site_strews_between_goes() -> None:
    between = ["ADVERTISEMENT", "Baca juga: Harga Cabai Naik", "2", "https://suaratani.example/b"]
    lines = [part for pair in zip(BODY, [*between, ""], strict=True) for part in pair if part]
    assert article(lines, EYES).body == tuple(BODY)


@pytest.mark.parametrize("width", [55, 64, 70, 80, 100])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_broken_lines_are_joined(width: int, gap: str) -> None:
    text = gap.join(textwrap.fill(line, width) for line in PROSE)
    assert " ".join(paragraphs(text, EYES.stands_alone)) == " ".join(PROSE)
    if gap == "\n\n":
        assert paragraphs(text, EYES.stands_alone) == PROSE


def test_whole_lines_are_not_joined() -> None:
    assert paragraphs("\n".join(BODY), EYES.stands_alone) == BODY


def test_a_doubled_word_broken_at_its_hyphen_is_whole_again() -> None:
    text = textwrap.fill("Para petani menanam sayur-sayuran di lereng bukit itu. " * 8, 60)
    assert "sayur- sayuran" not in " ".join(paragraphs(text, EYES.stands_alone))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("https://kabar.example/a", "https://kabar.example/a"),
        ("Sumber : http://kabar.example/a?b=1", "http://kabar.example/a?b=1"),
        ("<https://kabar.example/a>", "https://kabar.example/a"),
        ("Ia menulisnya di https://kabar.example/a dua hari yang lalu.", None),
    ],
)
def test_address(line: str, found: str | None) -> None:
    assert address(line) == found


def test_hosts() -> None:
    assert is_host("www.kabar.co.id")
    assert not is_host("Kabar Contoh")
    assert host("https://www.kabar.example:80/a") == "kabar.example"
    assert host("http://[") is None
    assert host(None) is None
