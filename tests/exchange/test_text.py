"""What people see of an article."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from kronik import lang
from kronik.codebook import Codebook
from kronik.exchange.text import People
from kronik.types import Doc
from tests.example import doc, unresolved

WORDS = """
date unknown statements events notes none_found unknown_speaker direct indirect mixed
actual future hypothetical negated historical claimed_by
"""
LABELS = {key: f"<{key}>" for key in WORDS.split()}
Show = Callable[..., str]


@pytest.fixture
def show() -> Show:
    def show(shown: Doc, colour: bool = False) -> str:
        people = People(Codebook.load(), "en", LABELS, {"id": "Bahasa Indonesia"}, colour)
        screen = Console(file=io.StringIO(), force_terminal=colour, width=200)
        for line in people.lines(shown):
            screen.print(line, soft_wrap=not colour)
        return screen.file.getvalue()

    return show


def test_an_article_in_full(show: Show) -> None:
    expected = Path(__file__).with_name("article.txt").read_text("utf-8")
    assert show(doc()) == expected


def test_what_is_unknown_is_said_to_be(show: Show) -> None:
    bare = replace(doc(), title=None, published=None, outlet=None, bylines=(), notes=())
    nobody = replace(bare.quotes[1], speaker=None, cue=None)
    passive = replace(bare.events[2], actors=())
    shown = show(replace(bare, quotes=(nobody,), events=(passive,)))
    first, second = shown.splitlines()[:2]
    assert first == "berita-0.txt"
    assert second == "<date> <unknown> · Bahasa Indonesia"
    assert "<unknown_speaker> · <direct>" in shown
    assert "<unknown> · <future>" in shown
    assert "<notes>" not in shown


def test_a_pronoun_that_stands_for_nobody_is_shown_as_unknown(show: Show) -> None:
    assert "Republik Utara (RUT) → <unknown>" in show(unresolved(doc(), "kapal nelayan"))


def test_an_article_without_a_find_says_so(show: Show) -> None:
    assert show(replace(doc(), quotes=(), events=())).count("<none_found>") == 2


def test_colour_marks_without_brackets(show: Show) -> None:
    shown = show(doc(), colour=True)
    assert "«" not in shown
    assert "\x1b[1;33mmenembak\x1b[0m" in shown


def test_hostile_text_stays_text(show: Show) -> None:
    hostile = "\x1b[2J[red]judul[/red] :smile: \u202eterbalik"
    shown = show(replace(doc(), title=hostile, outlet="[/]"))
    assert shown.splitlines()[0] == "[2J[red]judul[/red] :smile: terbalik"
    assert "\x1b" not in shown


def test_labels_are_there_in_every_language() -> None:
    assert all(set(LABELS) <= set(lang.get(code).ui) for code in lang.CODES)
