"""Evidence stands out where it is: in brackets without colour, in styles with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.exchange.guard import printable
from kronik.exchange.marked import Mark, marked
from kronik.types import Span
from tests.strategies import docs

TEXT = "satu dua tiga empat"
WHOLE = Span(0, len(TEXT))


def mark(words: str, role: str = "evidence") -> Mark:
    start = TEXT.index(words)
    return Mark(Span(start, start + len(words)), role)


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], "satu dua tiga empat"),
        ([mark("dua")], "satu «dua» tiga empat"),
        ([mark("satu dua"), mark("dua", "cue")], "«satu ‹dua›» tiga empat"),
        ([mark("dua", "actor"), mark("tiga", "recipient")], "satu [dua] {tiga} empat"),
        ([mark("dua", "actor"), mark("dua")], "satu [«dua»] tiga empat"),
    ],
)
def test_brackets(marks: list[Mark], shown: str) -> None:
    assert marked(TEXT, WHOLE, marks, colour=False).plain == shown


def test_colour_leaves_the_words_alone() -> None:
    text = marked(TEXT, WHOLE, [mark("satu dua"), mark("dua", "cue")], colour=True)
    assert text.plain == TEXT
    assert [(span.start, span.end, span.style) for span in text.spans] == [
        (0, 5, "bold yellow"),
        (5, 8, "cyan"),
    ]


def test_only_the_window_is_shown() -> None:
    text = marked(TEXT, Span(5, 13), [mark("satu dua"), mark("empat", "cue")], colour=False)
    assert text.plain == "«dua» tiga"


@given(docs(), st.booleans())
def test_any_evidence_of_any_text_can_be_shown(made: object, colour: bool) -> None:
    marks = [Mark(one.span, "actor") for one in made.mentions]
    marks += [Mark(event.trigger, "evidence") for event in made.events]
    text = marked(made.text, Span(0, len(made.text)), marks, colour=colour)
    if colour:
        assert text.plain == printable(made.text)
    else:
        assert len(text.plain) >= len(printable(made.text))
