"""Who said what: contents, cues and speakers put together into quotes.

The network marks stretches; this step decides which belong together. It mends what newsrooms
leave open (a quotation mark that never closes, one that stands a word too early) and finds the
speaker that no word names: the clitic of "katanya", and a quotation that goes on after its cue.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kronik.kit import Kit
from kronik.lang import Pack
from kronik.types import (
    Arc,
    ContentMark,
    CueMark,
    Doc,
    Manner,
    Party,
    Quote,
    Span,
    stable_id,
)

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
WINDOW = 1500
"""Most characters between a stretch and a cue that an arc may join to it."""
EDGE = 3
"""Most characters between a stretch and the quotation mark that is printed for it."""
LEAST_MARKS = 2
"""An article with fewer quotation marks uses none: its source may have lost them."""
FAR = 160
"""Most characters between a stretch and its cue, where no arc joins them."""


def quotes(doc: Doc, kit: Kit) -> tuple[Quote, ...]:
    """Every attributed stretch of speech, in order of position."""
    pack = kit.pack(doc.lang)
    marks = _joined(doc, [m for m in map(_Trim(doc, pack), doc.marks.contents) if m is not None])
    cues = _cues(doc, marks)
    named = _named(doc)
    last: Quote | None = None
    found: list[Quote] = []
    printed = _Printed(doc, pack)
    for mark, cue in zip(marks, cues, strict=True):
        manner = printed.manner(mark, cue)
        if manner is None:
            continue
        speaker = (
            _speaker(doc, pack, mark, cue)
            or _carried(doc, pack, mark, cue, last)
            or _named_before(doc, pack, cue, named)
        )
        quote = Quote(
            id=stable_id("q", doc.id, mark.span.start, mark.span.end),
            span=mark.span,
            manner=manner,
            cue=cue.span if cue else None,
            speaker=speaker,
            score=mark.score,
        )
        found.append(quote)
        last = quote if speaker and speaker.named_at else last
    return tuple(_looked_ahead(doc, found))


class _Printed:
    """What quotation marks say of a stretch, in an article that uses them: without one at its
    edges or inside, or a colon before it, it is not direct speech, and without a cue either it is
    the narrator's."""

    def __init__(self, doc: Doc, pack: Pack) -> None:
        self._text = doc.text
        self._marks = frozenset("".join(opener + closer for opener, closer in pack.quotes))
        self._used = sum(map(doc.text.count, self._marks)) >= LEAST_MARKS

    def manner(self, mark: ContentMark, cue: CueMark | None) -> Manner | None:
        """The manner of a stretch; null for one that nobody is shown to have said."""
        start, end = mark.span.start, mark.span.end
        if ":" in self._text[max(0, start - EDGE) : start]:
            return mark.manner
        around = _APOSTROPHE.sub("", self._text[max(0, start - EDGE) : end + EDGE])
        if mark.manner != "direct" or not self._used or not self._marks.isdisjoint(around):
            return mark.manner
        return "indirect" if cue else None


class _Trim:
    """Takes off outer quotation marks, commas and space: they are not what was said."""

    def __init__(self, doc: Doc, pack: Pack) -> None:
        self._text = doc.text
        self._partners: dict[str, set[str]] = {}
        for opener, closer in pack.quotes:
            self._partners.setdefault(opener, set()).add(closer)
            self._partners.setdefault(closer, set()).add(opener)

    def __call__(self, mark: ContentMark) -> ContentMark | None:
        """The mark with its span trimmed; nothing if nothing is left."""
        start, end = mark.span.start, mark.span.end
        while start < end:
            left, right = self._around(start, end) or (
                self._loose(start, range(start + 1, end)),
                self._loose(end - 1, range(start, end - 1)),
            )
            if not (left or right):
                return replace(mark, span=Span(start, end))
            start, end = start + left, end - right
        return None

    def _around(self, start: int, end: int) -> tuple[bool, bool] | None:
        """Both edges, where they are one pair of marks around all the rest."""
        first, last = self._text[start], self._text[end - 1]
        pair = end - start > 1 and last in self._partners.get(first, ())
        within = self._text[start + 1 : end - 1]
        return (True, True) if pair and first not in within and last not in within else None

    def _loose(self, at: int, rest: range) -> bool:
        """Whether the character at an edge goes: space, comma, or a mark without its partner in
        the rest. 'the "safe zone"' keeps its last mark."""
        char = self._text[at]
        partners = self._partners.get(char)
        if partners is None:
            return char.isspace() or char == ","
        within = self._text[rest.start : rest.stop]
        alone = sum(map(within.count, partners)) - (0 if char in partners else within.count(char))
        return alone % 2 == 0 if char in partners else alone <= 0


def _joined(doc: Doc, marks: Sequence[ContentMark]) -> list[ContentMark]:
    """One stretch for a direct quotation that runs on over a sentence's end unbroken."""
    joined: list[ContentMark] = []
    for mark in marks:
        last = joined[-1] if joined else None
        gap = doc.text[last.span.end : mark.span.start] if last else "?"
        runs_on = last is not None and mark.manner == last.manner == "direct" and not gap.strip()
        if last and runs_on and "\n" not in gap:
            score = min(last.score, mark.score)
            span = Span(last.span.start, mark.span.end)
            joined[-1] = replace(
                last, span=span, score=score, speakers=last.speakers + mark.speakers
            )
        else:
            joined.append(mark)
    return joined


def _cues(doc: Doc, marks: Sequence[ContentMark]) -> list[CueMark | None]:
    """The cue of each stretch: the one whose arc reaches it best, or else one standing by it."""
    chosen: list[CueMark | None] = []
    starts = [sentence.start for sentence in doc.sentences]
    at = [cue.span.start for cue in doc.marks.cues]
    for mark in marks:
        near = slice(
            bisect_left(at, mark.span.start - WINDOW), bisect_right(at, mark.span.end + WINDOW)
        )
        ways = [(_reach(doc, starts, cue, mark.span), cue) for cue in doc.marks.cues[near]]
        reach, cue = max(ways, key=lambda way: way[0], default=(0.0, None))
        chosen.append(cue if reach > 0 else None)
    return chosen


def _reach(doc: Doc, starts: Sequence[int], cue: CueMark, span: Span) -> float:
    """How firmly a cue holds a stretch, from 0 (not at all) to 2; a cue inside it holds it not."""
    if span.holds(cue.span):
        return 0.0
    size = span.end - span.start
    covered = sum(arc.score * arc.span.overlap(span) for arc in cue.contents) / size
    gap = max(cue.span.start - span.end, span.start - cue.span.end, 0)
    near = 0.0
    if gap <= FAR and _same_sentence(starts, cue.span, span):
        between = doc.text[min(span.end, cue.span.end) : max(span.start, cue.span.start)]
        near = 0.0 if "\n" in between else 0.4 * (1 - gap / (FAR + 1))
    return covered + near if covered > 0.3 or (near > 0.2 and not cue.contents) else 0.0


def _same_sentence(starts: Sequence[int], a: Span, b: Span) -> bool:
    ends = {bisect_right(starts, b.start), bisect_right(starts, max(b.start, b.end - 1))}
    return bisect_right(starts, a.start) in ends


def _best(arcs: Sequence[Arc], outside: Span) -> Span | None:
    """The surest arc that does not point into the quoted words themselves."""
    free = [arc for arc in arcs if not outside.overlap(arc.span)]
    return max(free, key=lambda arc: arc.score).span if free else None


def _speaker(doc: Doc, pack: Pack, mark: ContentMark, cue: CueMark | None) -> Party | None:
    """The speaker that an arc names."""
    span = _best(cue.speakers, mark.span) if cue else None
    if span is None and not (cue and _clitic(doc, pack, cue.span)):
        span = _best(mark.speakers, mark.span)
    return Party(span) if span else None


def _clitic(doc: Doc, pack: Pack, cue: Span) -> bool:
    word = pack.reporting.get(cue.of(doc.text).casefold())
    return word is not None and word.clitic


def _carried(
    doc: Doc, pack: Pack, mark: ContentMark, cue: CueMark | None, last: Quote | None
) -> Party | None:
    """The last speaker, for a clitic cue and for a direct quotation that goes on without one."""
    if last is None or last.speaker is None:
        return None
    goes_on = cue is None and mark.manner == "direct" and _near(doc, last.span, mark.span)
    if goes_on or (cue and _clitic(doc, pack, cue.span)):
        return Party(None, antecedent=last.speaker.named_at)
    return None


def _named(doc: Doc) -> list[Span]:
    """Persons and those who act, by where they end; of two, the name alone before its title."""
    named = [entity.span for entity in doc.marks.entities if entity.label == "PER"]
    acting = [arc.span for trigger in doc.marks.triggers for arc in trigger.actors]
    return sorted({*named, *acting}, key=lambda span: (span.end, span.end - span.start))


def _named_before(doc: Doc, pack: Pack, cue: CueMark | None, named: Sequence[Span]) -> Party | None:
    """For a clitic before which nobody has spoken: whoever was named or acted last."""
    if cue is None or not _clitic(doc, pack, cue.span):
        return None
    at = bisect_right(named, cue.span.start, key=lambda span: span.end)
    near = at and named[at - 1].end > cue.span.start - WINDOW
    return Party(None, antecedent=named[at - 1]) if near else None


def _near(doc: Doc, earlier: Span, later: Span) -> bool:
    """Whether a stretch follows within one paragraph break and no long narration."""
    between = doc.text[earlier.end : later.start]
    return between.count("\n") <= 1 and len(between) <= 2 * FAR


def _looked_ahead(doc: Doc, found: Sequence[Quote]) -> list[Quote]:
    """A direct quotation without a speaker that runs straight into one with: his words too."""
    done = list(found)
    for i in range(len(done) - 2, -1, -1):
        quote, after = done[i], done[i + 1]
        if quote.speaker or quote.manner != "direct" or not after.speaker:
            continue
        if after.manner == "direct" and _near(doc, quote.span, after.span):
            done[i] = replace(quote, speaker=Party(None, antecedent=after.speaker.named_at))
    return done
