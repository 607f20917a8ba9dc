"""Why an event is coded as it is, put together from what the network marked and the steps decided.

Nothing is decided here: the arcs that were left out are told by the step that leaves them out,
and a score by the weights that made it.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from itertools import takewhile

from kronik import __version__, pipeline
from kronik.errors import StoreError
from kronik.kit import Kit
from kronik.net.hints import Hints
from kronik.net.words import WORD
from kronik.reasons import Answer, Explanation, Reason, Value
from kronik.steps.events import BESIDE, Candidate, Sides, sides
from kronik.store import Claim
from kronik.store.party import actor_of
from kronik.types import Arc, Doc, Event, Party, Span, TriggerMark, Versions

CONSTANT = "1"
"""The name, among what a score is weighed from, of what counts for every event alike."""

WHO = ("name", "id", "country", "country_from", "sector")
"""What is told of an actor."""


def explain(doc: Doc, event_id: str, kit: Kit, claim: Claim | None = None) -> Explanation:
    """Why an event of an article is coded as it is. ``claim`` is the same event as a store has it.

    The article must come from the pipeline with this kit. Raises ``KeyError`` for an id that it
    has no event of.
    """
    event = {event.id: event for event in doc.events}[event_id]
    mark = next(
        mark for mark in doc.marks.triggers if (mark.span, mark.type) == (event.trigger, event.type)
    )
    case = _Case(doc, event, kit, mark, sides(doc, kit, mark))
    return Explanation(
        event.id,
        (
            case.evidence(),
            case.type(),
            case.score(),
            case.mode(),
            case.status(),
            case.actors(),
            case.recipients(),
            case.claimed_by(),
            case.intensity(),
            case.quad(),
            case.unresolved("place", mark.places),
            case.unresolved("date", mark.dates),
            case.lexicon(),
            _versions(kit, claim),
        ),
    )


def again(claim: Claim, kit: Kit) -> tuple[Doc, Event]:
    """The article of a stored event, read with this kit, and the event in it. Raises
    ``StoreError`` where it is not found any more.

    The kit's ``min_score`` should be 0: an event that was stored is not too unsure to be asked of.
    """
    doc = pipeline.annotate(claim.doc, kit)
    held, by = claim.event, claim.versions
    for event in doc.events:
        if event.id == held.id:
            return doc, event
    code = f"{held.type}/{held.mode}" if held.mode else held.type
    raise StoreError(
        f"today's weights do not find event {held.id} any more; the store holds {code}"
        f" at {held.evidence!r} with score {held.score:.2f}, read with kronik {by.kronik},"
        f" weights {by.net[:12]}, codebook {by.codebook}",
        where=held.source_id,
        remedy="read the page again into another database: kronik add INPUT --db FILE",
    )


def _versions(kit: Kit, claim: Claim | None) -> Answer:
    today = Versions(__version__, kit.net.sha256, kit.codebook.version)
    reasons = [Reason("today", told=asdict(today))]
    if claim:
        stored, score = asdict(claim.versions), claim.event.score
        other = [name for name, version in asdict(today).items() if stored[name] != version]
        told: dict[str, Value] = {**stored, "score": score, "other": ", ".join(other) or None}
        reasons.append(Reason("read_otherwise" if other else "read_alike", told=told))
    return Answer("versions", f"kronik {today.kronik}", "program", tuple(reasons))


@dataclass(frozen=True, slots=True)
class _Case:
    """An event, what the network marked for it, and a method for each field."""

    doc: Doc
    event: Event
    kit: Kit
    mark: TriggerMark
    decided: Sides

    def evidence(self) -> Answer:
        span = self.doc.sentences[self.event.sentence]
        stands = Reason("sentence", span, {"number": self.event.sentence})
        return Answer("evidence", span.of(self.doc.text), "sentence", (stands,))

    def type(self) -> Answer:
        reasons = [Reason("scored", told={"score": self.event.score})]
        if self.event.runner_up:
            code, score = self.event.runner_up
            reasons.append(Reason("runner_up", told={"type": code, "score": score}))
        return Answer("type", self.event.type, "network", tuple(reasons))

    def score(self) -> Answer:
        """What the score is weighed from, most first, and the network's probability alone."""
        weights = self.kit.net.card.judges.trigger.weights
        weighed = [
            Reason("weighed", told={"odds": self._odds(name), "value": value, "counts": counts})
            for name, value in self.mark.odds
            if (counts := weights.get(name, 0.0) * value)
        ]
        weighed.sort(key=lambda reason: abs(float(reason.told["counts"] or 0)), reverse=True)
        odds = dict(self.mark.odds).get("odds")
        alone = [Reason("alone", told={"score": _probability(odds)})] if odds is not None else []
        return Answer("score", self.event.score, "weights", (*weighed, *alone))

    def _odds(self, name: str) -> str:
        return {self.mark.type: "type", CONSTANT: "constant"}.get(name, name)

    def mode(self) -> Answer:
        count = len(self.kit.codebook.types[self.event.type].modes)
        reason = Reason("likeliest", told={"count": count}) if count else Reason("modeless")
        return Answer("mode", self.event.mode, "network", (reason,))

    def status(self) -> Answer:
        sure = dict(self.mark.odds).get("status")
        reasons = (Reason("sure", told={"score": sure}),) if sure is not None else ()
        return Answer("status", self.event.status, "network", reasons)

    def actors(self) -> Answer:
        reasons = [self._candidate(one) for one in self.decided.actors]
        reasons += [self._party("silent", party) for party in self.decided.silent]
        return self._side("actors", self.event.actors, reasons)

    def recipients(self) -> Answer:
        reasons = [self._candidate(one) for one in self.decided.recipients]
        return self._side("recipients", self.event.recipients, reasons)

    def claimed_by(self) -> Answer:
        """The quote in which alone the act is stated, with its cue and its speaker."""
        quote = self.decided.quote
        if quote is None:
            return Answer("claimed_by", None, "quotes", (Reason("stated"),))
        told: dict[str, Value] = {"id": quote.id, "manner": quote.manner, "score": quote.score}
        speaker = quote.speaker
        reasons = (
            Reason("quote", quote.span, told),
            Reason("cue", quote.cue) if quote.cue else Reason("uncued"),
            self._party("speaker", speaker) if speaker else Reason("unspoken"),
        )
        return Answer("claimed_by", self._name(speaker) if speaker else None, "quotes", reasons)

    def intensity(self) -> Answer:
        kind, mode = self.event.type, self.event.mode
        own = mode and self.kit.codebook.types[kind].modes[mode].score is not None
        return self._coded("intensity", self.event.intensity, f"{kind}/{mode}" if own else kind)

    def quad(self) -> Answer:
        return self._coded("quad", self.event.quad, self.event.type)

    def unresolved(self, field: str, arcs: tuple[Arc, ...]) -> Answer:
        """A field that is null in this version, with what the network saw for it."""
        seen = tuple(Reason("seen", arc.span, {"score": arc.score}) for arc in arcs)
        return Answer(field, None, "unresolved", seen or (Reason("unseen"),))

    def lexicon(self) -> Answer:
        """The longest phrase of the lexicon that begins where the trigger does, as the network
        was given it."""
        text, sentence = self.doc.text, self.doc.sentences[self.event.sentence]
        words = [Span(*m.span()) for m in WORD.finditer(text, sentence.start, sentence.end)]
        types = tuple(self.kit.codebook.types)
        hints = Hints(self.kit.triggers(self.doc.lang), types).of(text, words)
        at = [word.start for word in words].index(self.event.trigger.start)
        senses = [(kind, float(w)) for kind, w in zip(types, hints[at], strict=False) if w]
        if not senses:
            return Answer("lexicon", None, "lexicon", (Reason("unlisted"),))
        after = list(takewhile(lambda n: hints[n, -1], range(at + 1, len(words))))
        phrase = Span(words[at].start, words[after[-1] if after else at].end)
        told = sorted(senses, key=lambda sense: -sense[1])
        reasons = [Reason("sense", told={"type": kind, "weight": w}) for kind, w in told]
        listed = Reason("listed", phrase)
        return Answer("lexicon", phrase.of(text), "lexicon", (listed, *reasons))

    def _coded(self, field: str, value: float, row: str) -> Answer:
        told: dict[str, Value] = {"row": row, "version": self.kit.codebook.version}
        return Answer(field, value, "codebook", (Reason("row", told=told),))

    def _side(self, field: str, parties: tuple[Party, ...], reasons: list[Reason]) -> Answer:
        names = tuple(self._name(party) for party in parties)
        return Answer(field, names, "arcs", tuple(reasons) or (Reason("unseen"),))

    def _candidate(self, one: Candidate) -> Reason:
        if one.party:
            return self._party("party", one.party, one.arc.score)
        told: dict[str, Value] = {"score": one.arc.score}
        if one.surer:
            told |= {"surer": one.surer.span.of(self.doc.text), "surer_score": one.surer.score}
        if one.rule == "beside":
            told["share"] = BESIDE
        return Reason(one.rule or "party", one.arc.span, told)

    def _party(self, says: str, party: Party, score: float | None = None) -> Reason:
        """Who that is, and by which way it was resolved."""
        mention, actor = self.doc.mention_at(party.named_at), actor_of(self.doc, party)
        behind = party.antecedent if party.span else None
        told: dict[str, Value] = {
            "score": score,
            "antecedent": behind.of(self.doc.text) if behind else None,
            **{field: getattr(actor, field, None) for field in WHO},
            "why": mention.why if mention else None,
        }
        return Reason(says, party.named_at if party.span is None else party.span, told)

    def _name(self, party: Party) -> str | None:
        actor = actor_of(self.doc, party)
        return actor.name if actor else None


def _probability(logit: float) -> float:
    return round(1 / (1 + math.exp(-logit)), 4)
