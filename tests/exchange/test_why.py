"""What people see who ask why."""

import io
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from string import Formatter

import pytest
from rich.console import Console

from kronik import lang
from kronik.codebook import Codebook
from kronik.exchange.text import People
from kronik.explain import explain
from kronik.types import Doc
from tests.asked import article, kit

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"


def shown(doc: Doc, ui: str, colour: bool = False, width: int = 1000) -> str:
    ask = partial(explain, kit=kit())
    people = People(Codebook.load(), ui, lang.get(ui).ui, {"id": "Bahasa Indonesia"}, colour, ask)
    screen = Console(file=io.StringIO(), force_terminal=colour, width=width, highlight=False)
    for event in doc.events:
        for line in people.event(doc, event):
            screen.print(line)
    return screen.file.getvalue()


@pytest.mark.parametrize("ui", lang.CODES)
def test_two_events_in_full(ui: str) -> None:
    expected = (HERE / f"why.{ui}.txt").read_text("utf-8")
    assert shown(article(), ui) == expected


def test_hostile_text_stays_text() -> None:
    """Markup, templates and escape sequences in names, rules and words do nothing."""
    hostile = "\x1b[2J[red]{score}[/red] :smile: \u202e{0}"
    doc = article()
    actor = replace(doc.mentions[0].actor, name=hostile, id=hostile)
    mentions = (replace(doc.mentions[0], actor=actor, why=hostile), *doc.mentions[1:])
    out = shown(replace(doc, mentions=mentions, title=hostile), "en")
    inert = "[2J[red]{score}[/red] :smile: {0}"
    assert f"“Menteri Sari Wulan” 0.90 · {inert} · id {inert} ·" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_hostile_words_of_an_article_stay_words() -> None:
    doc = article()
    text = doc.text.replace("Kami", "\x1b[{}").replace("kapal", "[b]%s")
    assert len(text) == len(doc.text)
    out = shown(replace(doc, text=text), "id")
    assert "tidak dipakai: “[{}” 0.30" in out
    assert "“[b]%s nelayan” 0.50" in out
    assert "\x1b" not in out


def test_a_quote_that_nobody_speaks_is_not_taken_for_none() -> None:
    doc = article()
    nobody = replace(doc.quotes[0], cue=None, speaker=None)
    out = shown(replace(doc, quotes=(nobody, doc.quotes[1])), "en")
    assert "around it): none · the article itself states it" in out
    assert "around it): unknown · no cue · no speaker was found" in out


def test_long_words_are_cut() -> None:
    doc = article()
    long = replace(doc.quotes[0], span=replace(doc.quotes[0].span, end=len(doc.text)))
    claims = (replace(long, id=doc.quotes[0].id), doc.quotes[1])
    line = next(
        line for line in shown(replace(doc, quotes=claims), "en").splitlines() if "…" in line
    )
    assert len(line.partition("“")[2].partition("”")[0]) <= 80


def test_colour_has_no_brackets_and_lines_hang_where_they_are_folded() -> None:
    out = shown(article(), "en", colour=True, width=60)
    assert "«" not in out
    assert "\x1b[1;33mmenembak\x1b[0m" in out
    folded = shown(article(), "en", width=60).splitlines()
    assert any(line.startswith("      ") and "sector GOV" in line for line in folded)
    below = folded.index(next(line for line in folded if line.startswith("    Score")))
    assert folded[below + 1].startswith("    ")


def test_every_language_has_the_same_sentences() -> None:
    """With the same things in them: a translation may not leave a number out."""
    asks = {
        code: {
            key: sorted({name for _, name, _, _ in Formatter().parse(text) if name})
            for key, text in lang.get(code).ui.items()
            if key.startswith("why_")
        }
        for code in lang.CODES
    }
    first, *others = asks.values()
    assert first
    assert all(other == first for other in others)


def test_every_reason_is_told_in_the_data_dictionary() -> None:
    text = (DOCS / "data-dictionary.md").read_text("utf-8")
    told = set(re.findall(r"^\| [a-z_, ]+ \| `(\w+)` \|", text, re.MULTILINE))
    worded = {key.removeprefix("why_") for key in lang.get("en").ui if key.startswith("why_")}
    assert told == worded | {"sentence"}


def test_the_docs_show_what_people_see() -> None:
    text = (DOCS / "coding.md").read_text("utf-8")
    example = text.partition("```text\n")[2].partition("```")[0].splitlines()
    expected = (HERE / "why.en.txt").read_text("utf-8").splitlines()
    assert example
    assert all(f"  {line}" in expected for line in example)
