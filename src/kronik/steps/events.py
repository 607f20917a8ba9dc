"""Who did what to whom: triggers and their arcs put together into coded events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from unicodedata import combining

from kronik.kit import Kit
from kronik.lang import Pack
from kronik.types import Arc, Doc, Event, Party, Quote, Span, TriggerMark, stable_id

BESIDE = 0.4
"""Least share of the surest party's probability that another of its side must have."""


def events(doc: Doc, kit: Kit) -> tuple[Event, ...]:
    """One event for each act that a sentence states, in order of position."""
    starts = [sentence.start for sentence in doc.sentences]
    pack = kit.pack(doc.lang)
    found = []
    for mark in doc.marks.triggers:
        quote = _quote_around(doc, mark.span)
        acting, suffering = _sides(mark)
        actors = _parties(doc, pack, acting, quote)
        if not actors and quote and kit.codebook.types[mark.type].performative:
            actors = _speaker_of(quote)
        recipients = _parties(doc, pack, suffering, quote)
        found.append(
            Event(
                id=stable_id("e", doc.id, mark.span.start, mark.span.end, mark.type),
                sentence=bisect_right(starts, mark.span.start) - 1,
                type=mark.type,
                mode=mark.mode,
                quad=kit.codebook.quad(mark.type),
                intensity=kit.codebook.intensity(mark.type, mark.mode),
                trigger=mark.span,
                actors=actors,
                recipients=recipients,
                status=mark.status,
                claimed_by=quote.id if quote else None,
                score=round(mark.score, 4),
                runner_up=_rounded(mark),
            )
        )
    return tuple(found)


def _rounded(mark: TriggerMark) -> tuple[str, float] | None:
    return (mark.runner_up[0], round(mark.runner_up[1], 4)) if mark.runner_up else None


def _quote_around(doc: Doc, trigger: Span) -> Quote | None:
    """The shortest quote that holds the trigger: the act is stated only there."""
    around = [quote for quote in doc.quotes if quote.span.holds(trigger)]
    return min(around, key=lambda q: q.span.end - q.span.start, default=None)


def _sides(mark: TriggerMark) -> tuple[list[Arc], list[Arc]]:
    """Actors and recipients, unsure ones beside a surer one left out; whoever would stand on both
    sides stands on the surer."""
    acting, suffering = _sure(mark.actors), _sure(mark.recipients)
    return (
        [arc for arc in acting if not _surer_rival(arc, suffering)],
        [arc for arc in suffering if not _surer_rival(arc, acting, tied=True)],
    )


def _sure(arcs: Sequence[Arc]) -> list[Arc]:
    best = max((arc.score for arc in arcs), default=0.0)
    return [arc for arc in arcs if arc.score >= BESIDE * best]


def _surer_rival(arc: Arc, others: Sequence[Arc], *, tied: bool = False) -> bool:
    rivals = [other for other in others if other.span.overlap(arc.span)]
    return any(o.score > arc.score or (tied and o.score == arc.score) for o in rivals)


def _parties(doc: Doc, pack: Pack, arcs: Sequence[Arc], quote: Quote | None) -> tuple[Party, ...]:
    """The parties that arcs name, with what a first person in a quote stands for."""
    parties = []
    for arc in arcs:
        span = _trimmed(doc.text, arc.span)
        if span is None:
            continue
        pronoun = pack.pronouns.get(span.of(doc.text).casefold())
        speaker = quote.speaker if quote and pronoun and pronoun.person == 1 else None
        parties.append(Party(span, antecedent=speaker.named_at if speaker else None))
    return tuple(parties)


def _speaker_of(quote: Quote) -> tuple[Party, ...]:
    """The speaker as the silent subject of an act that his words perform ("Segera mundur!")."""
    named = quote.speaker.named_at if quote.speaker else None
    return (Party(None, antecedent=named),) if named else ()


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or combining(text[end - 1])):
        end -= 1
    # a bracket that was opened inside stays closed: "Komisi Pemberantasan Korupsi (KPK)"
    if "(" in text[start:end] and ")" not in text[start:end] and text[end : end + 1] == ")":
        end += 1
    return Span(start, end) if start < end else None
