"""Texts with the network's marks written into them, for tests of the steps after it.

``<d:...>`` is a direct content, ``<i:...>`` an indirect one, ``<q1:...>`` a cue and ``<s1:...>``
the speaker that cue 1 (or, with letter ``c`` in place of a number, a content) points at.
``<ASSAULT:...>`` is a trigger; ``<a:...>`` and ``<r:...>`` are its actor and recipient.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kronik.types import (
    Arc,
    ContentMark,
    CueMark,
    Doc,
    Manner,
    Marks,
    Span,
    Tagged,
    TriggerMark,
)

MARK = re.compile(r"<(?P<name>[A-Za-z]+)(?P<number>\d?):(?P<inner>[^<>]*)>")
MANNERS: dict[str, Manner] = {"d": "direct", "i": "indirect"}


def unmark(marked: str) -> tuple[str, list[tuple[str, str, Span]]]:
    """The plain text, and (name, number, span) of each mark in order."""
    text, at, found = "", 0, []
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match["inner"]))
        found.append((match["name"], match["number"], span))
        text += match["inner"]
        at = match.end()
    return text + marked[at:], found


def doc_of(marked: str, lang: str, sentences: Sequence[str] = ()) -> Doc:
    """A document whose marks are those written into the text; its lines are its paragraphs."""
    text, found = unmark(marked.replace("\\n", "\n"))
    named = [(name, number, span) for name, number, span in found]
    speakers: dict[str, list[Arc]] = {}
    for name, number, span in named:
        if name == "s":
            speakers.setdefault(number, []).append(Arc(span, 0.9))
    contents = tuple(
        ContentMark(span, MANNERS[name], 0.9) for name, _, span in named if name in MANNERS
    )
    cues = tuple(
        CueMark(span, 0.9, tuple(speakers.get(number, ())))
        for name, number, span in named
        if name == "q"
    )
    return Doc(
        id="a1",
        page_id="p1",
        source_id="s1",
        text=text,
        lang=lang,
        published="2019-09-17",
        sentences=_sentences(text),
        marks=Marks(
            entities=tuple(Tagged(span, "PER", 0.9) for name, _, span in named if name == "s"),
            contents=contents,
            cues=cues,
            triggers=_triggers(named),
        ),
    )


def _triggers(named: Sequence[tuple[str, str, Span]]) -> tuple[TriggerMark, ...]:
    actors = tuple(Arc(span, 0.9) for name, _, span in named if name == "a")
    recipients = tuple(Arc(span, 0.9) for name, _, span in named if name == "r")
    return tuple(
        TriggerMark(span, name, None, "actual", 0.8, None, actors, recipients)
        for name, _, span in named
        if name.isupper()
    )


def _sentences(text: str) -> tuple[Span, ...]:
    """Lines, cut after a full stop that a space and a capital or a mark follows."""
    ends = [m.end() for m in re.finditer(r"[.?!][\"”']?(?=\s+[A-Z\"“])|[^\n](?=\n)|$(?<=.)", text)]
    found, start = [], 0
    for end in ends:
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            found.append(Span(start, end))
        start = end
    return tuple(found)
