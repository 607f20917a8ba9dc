"""Who did what to whom: triggers and their arcs put together into coded events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from unicodedata import combining

from kronik.kit import Kit
from kronik.types import Arc, Doc, Event, Party, Quote, Span, TriggerMark, stable_id

BESIDE = 0.75
"""Least share of the surest party's probability that another of its side must have."""
Rule = Literal["afar", "beside", "rival", "wordless"]
"""Why an arc names no party: it stands in another sentence and somebody in this one is named, it
is too unsure beside the surest of its side, somebody at least as sure stands there on the other
side, or it is nothing but marks."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An arc of one side, with the party that it names or else the rule that left it out."""

    arc: Arc
    party: Party | None = None
    rule: Rule | None = None
    surer: Arc | None = None
    """The arc that it gave way to."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who acts and who suffers, with everybody who was considered."""

    quote: Quote | None
    """The one in which alone the act is stated."""
    actors: tuple[Candidate, ...]
    recipients: tuple[Candidate, ...]
    silent: tuple[Party, ...] = ()
    """The speaker, where his words name no actor and saying it is doing it."""

    @property
    def acting(self) -> tuple[Party, ...]:
        """Those who do it."""
        return _named(self.actors) or self.silent

    @property
    def suffering(self) -> tuple[Party, ...]:
        """Those whom it is done to."""
        return _named(self.recipients)


@dataclass(frozen=True, slots=True)
class _Speech:
    """Whose words an act stands in, if anybody's."""

    speaker: Party | None
    first: frozenset[str]
    """Words of the first person."""

    def antecedent(self, words: str) -> Span | None:
        """Whom a first person stands for."""
        spoken = self.speaker if words.casefold() in self.first else None
        return spoken.named_at if spoken else None


def events(doc: Doc, kit: Kit) -> tuple[Event, ...]:
    """One event for each act that a sentence states, in order of position."""
    starts = [sentence.start for sentence in doc.sentences]
    found = []
    for mark in doc.marks.triggers:
        decided = sides(doc, kit, mark)
        found.append(
            Event(
                id=stable_id("e", doc.id, mark.span.start, mark.span.end, mark.type),
                sentence=bisect_right(starts, mark.span.start) - 1,
                type=mark.type,
                mode=mark.mode,
                quad=kit.codebook.quad(mark.type),
                intensity=kit.codebook.intensity(mark.type, mark.mode),
                trigger=mark.span,
                actors=decided.acting,
                recipients=decided.suffering,
                status=mark.status,
                claimed_by=decided.quote.id if decided.quote else None,
                score=round(mark.score, 4),
                runner_up=_rounded(mark),
            )
        )
    return tuple(_once(found))


def _once(found: Sequence[Event]) -> list[Event]:
    """Of two events of one type that the same words act in, in one sentence, the surer alone: an
    act is told once a sentence, with however many verbs."""
    surest: dict[tuple[object, ...], Event] = {}
    for event in found:
        actors = frozenset(party.span for party in event.actors)
        key = (event.sentence, event.type, actors, event.claimed_by)
        if key not in surest or event.score > surest[key].score:
            surest[key] = event
    return sorted(surest.values(), key=lambda event: event.trigger)


def sides(doc: Doc, kit: Kit, mark: TriggerMark) -> Sides:
    """Actors and recipients, unsure ones beside a surer one left out; whoever would stand on both
    sides stands on the surer, and of two as sure with the actors."""
    quote = _quote_around(doc, mark.span)
    pronouns = kit.pack(doc.lang).pronouns
    first = frozenset(word for word, pronoun in pronouns.items() if pronoun.person == 1)
    speech = _Speech(quote.speaker if quote else None, first)
    here = _sentence(doc, mark.span)
    acting = _candidates(mark.actors, mark.recipients, here)
    suffering = _candidates(mark.recipients, mark.actors, here, tied=True)
    actors = tuple(_with_party(doc, one, speech, here) for one in acting)
    recipients = tuple(_with_party(doc, one, speech, here) for one in suffering)
    performed = kit.codebook.types[mark.type].performative and not _named(actors)
    return Sides(quote, actors, recipients, _silent(speech.speaker) if performed else ())


def _quote_around(doc: Doc, trigger: Span) -> Quote | None:
    """The shortest quote that holds the trigger: the act is stated only there."""
    around = [quote for quote in doc.quotes if quote.span.holds(trigger)]
    return min(around, key=lambda q: q.span.end - q.span.start, default=None)


def _rounded(mark: TriggerMark) -> tuple[str, float] | None:
    return (mark.runner_up[0], round(mark.runner_up[1], 4)) if mark.runner_up else None


def _named(candidates: Sequence[Candidate]) -> tuple[Party, ...]:
    return tuple(one.party for one in candidates if one.party)


def _sentence(doc: Doc, trigger: Span) -> Span:
    """The sentence that states the act."""
    return doc.sentences[bisect_right(doc.sentences, trigger.start, key=lambda s: s.start) - 1]


def _candidates(
    own: Sequence[Arc], others: Sequence[Arc], here: Span, *, tied: bool = False
) -> Iterator[Candidate]:
    """The arcs of a side as the other side leaves them; ``tied``: as sure is sure enough."""
    meant, opposed = _meant(own, here), _sure(_meant(others, here))
    best = _surest(meant)
    for arc in own:
        if arc not in meant:
            yield Candidate(arc, rule="afar", surer=best)
        elif rival := _surer_rival(arc, opposed, tied=tied):
            yield Candidate(arc, rule="rival", surer=rival)
        elif best and arc.score < BESIDE * best.score:
            yield Candidate(arc, rule="beside", surer=best)
        else:
            yield Candidate(arc)


def _meant(arcs: Sequence[Arc], here: Span) -> list[Arc]:
    """Those in the sentence itself; where there are none, the surest of another sentence: a party
    that is clear from what was said before."""
    far = _surest(arcs)
    return [arc for arc in arcs if here.holds(arc.span)] or ([far] if far else [])


def _surest(arcs: Sequence[Arc]) -> Arc | None:
    return max(arcs, key=lambda arc: arc.score, default=None)


def _sure(arcs: Sequence[Arc]) -> list[Arc]:
    best = _surest(arcs)
    return [arc for arc in arcs if best and arc.score >= BESIDE * best.score]


def _surer_rival(arc: Arc, others: Sequence[Arc], *, tied: bool) -> Arc | None:
    rivals = [other for other in others if other.span.overlap(arc.span)]
    surer = [o for o in rivals if o.score > arc.score or (tied and o.score == arc.score)]
    return _surest(surer)


def _with_party(doc: Doc, candidate: Candidate, speech: _Speech, here: Span) -> Candidate:
    """The candidate with its party, where no rule left it out; a first person in a quote stands
    for the speaker, and words of another sentence for one who is not named in this."""
    if candidate.rule:
        return candidate
    span = _trimmed(doc.text, candidate.arc.span)
    if span is None:
        return replace(candidate, rule="wordless")
    if not here.holds(span):
        return replace(candidate, party=Party(None, antecedent=span))
    return replace(candidate, party=Party(span, antecedent=speech.antecedent(span.of(doc.text))))


def _silent(speaker: Party | None) -> tuple[Party, ...]:
    """The speaker as the silent subject of an act that his words perform ("Segera mundur!")."""
    named = speaker.named_at if speaker else None
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
