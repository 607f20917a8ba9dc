"""Who did what to whom: events of one article against gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

from eval.nouns import Event, Item, Party, Reading, Role
from eval.score.match import pair, touches
from eval.score.tally import Tallies, Tally, multiset, share
from kronik.types import Span

Matched = tuple[Event, Event]
"""A predicted event and the gold event of the same sentence and type that it stands for."""
NOTHING = "-"


def score(gold: Reading, predicted: Reading) -> Tallies:
    """Every figure on events."""
    matched = match(gold.events, predicted.events)
    return {
        **_multisets(gold.events, predicted.events),
        **_by_type(gold.events, predicted.events),
        **_parties(gold, predicted, matched),
        "events.trigger": share(touches(p.trigger, g.trigger) for p, g in matched),
        "events.status": share(p.status == g.status for p, g in matched),
        "events.mode": share(p.mode == g.mode for p, g in matched),
        "events.claimed": share(p.claimed == g.claimed for p, g in matched),
    }


def roots(item: Item, predicted: Reading) -> Tallies:
    """Types alone, for sets that give codes without a place in the text."""
    types = [event.type for event in predicted.events]
    classes = {
        f"roots.type/{name}": multiset([name] * types.count(name), [name] * item.roots.count(name))
        for name in sorted({*types, *item.roots})
    }
    return {"roots.f1": multiset(types, item.roots), **classes}


def match(gold: Sequence[Event], predicted: Sequence[Event]) -> list[Matched]:
    """Events of the same sentence and type, one to one, nearest triggers first."""
    return pair(predicted, gold, lambda p, g: _near(p, g) if _key(p) == _key(g) else None)


def confusions(gold: Reading, predicted: Reading) -> Counter[tuple[str, str]]:
    """(gold type, predicted type) within a sentence; "-" where one side has nothing left.

    Equal types are paired first, then what is left of the sentence, nearest triggers first.
    """
    alike = match(gold.events, predicted.events)
    spare_predicted = _without(predicted.events, [p for p, _ in alike])
    spare_gold = _without(gold.events, [g for _, g in alike])
    unlike = pair(
        spare_predicted,
        spare_gold,
        lambda p, g: _near(p, g) if p.sentence == g.sentence >= 0 else None,
    )
    found = Counter((g.type, p.type) for p, g in [*alike, *unlike])
    found.update((NOTHING, p.type) for p in _without(spare_predicted, [p for p, _ in unlike]))
    found.update((g.type, NOTHING) for g in _without(spare_gold, [g for _, g in unlike]))
    return found


def _multisets(gold: Sequence[Event], predicted: Sequence[Event]) -> Tallies:
    def status(event: Event) -> Hashable:
        return (*_key(event), event.status)

    def countries(event: Event) -> Hashable:
        return (*_key(event), _countries(event.actors), _countries(event.recipients))

    return {
        "events.sentence_f1": multiset([p.sentence for p in predicted], [g.sentence for g in gold]),
        "events.type_f1": multiset(map(_key, predicted), map(_key, gold)),
        "events.type_status_f1": multiset(map(status, predicted), map(status, gold)),
        "events.countries_f1": multiset(map(countries, predicted), map(countries, gold)),
        "events.party_country_f1": multiset(_sides(predicted), _sides(gold)),
    }


def _by_type(gold: Sequence[Event], predicted: Sequence[Event]) -> Tallies:
    types = sorted({event.type for event in (*gold, *predicted)})
    return {
        f"events.type/{name}": multiset(
            [_key(p) for p in predicted if p.type == name],
            [_key(g) for g in gold if g.type == name],
        )
        for name in types
    }


def _parties(gold: Reading, predicted: Reading, matched: Sequence[Matched]) -> Tallies:
    sentences = gold.sentences
    hits = among_predicted = among_gold = 0
    agree: dict[Role, list[bool]] = {"actor": [], "recipient": []}
    for p, g in matched:
        for role, verdicts in agree.items():
            left, right = _named(p, role, sentences), _named(g, role, sentences)
            found = len(pair(left, right, _overlap))
            hits, among_predicted = hits + found, among_predicted + len(left)
            among_gold += len(right)
            verdicts.append(found > 0 or not (left or right))
    everything = Tally(hits, _count(predicted.events, sentences), _count(gold.events, sentences))
    return {
        "events.parties_f1": everything,
        "events.parties_of_matched_f1": Tally(hits, among_predicted, among_gold),
        "events.actor": share(agree["actor"]),
        "events.recipient": share(agree["recipient"]),
    }


def _named(event: Event, role: Role, sentences: Sequence[Span]) -> list[Span]:
    """Spans of the parties that the event's own sentence names."""
    if not 0 <= event.sentence < len(sentences):
        return []
    sentence = sentences[event.sentence]
    return [p.span for r, p in event.parties() if r == role and p.span and sentence.holds(p.span)]


def _count(events: Iterable[Event], sentences: Sequence[Span]) -> int:
    return sum(len(_named(e, role, sentences)) for e in events for role in ("actor", "recipient"))


def _key(event: Event) -> tuple[int, str]:
    return event.sentence, event.type


def _countries(parties: Iterable[Party]) -> frozenset[str | None]:
    return frozenset(party.country for party in parties)


def _sides(events: Iterable[Event]) -> Iterator[Hashable]:
    for event in events:
        for role, party in event.parties():
            yield *_key(event), role, party.country


def _near(left: Event, right: Event) -> float:
    """Minus the characters between the triggers; overlapping ones are nearest of all."""
    overlap = left.trigger.overlap(right.trigger)
    if overlap:
        return float(overlap)
    return -float(
        max(left.trigger.start, right.trigger.start) - min(left.trigger.end, right.trigger.end)
    )


def _overlap(left: Span, right: Span) -> float | None:
    return float(left.overlap(right)) or None


def _without(events: Sequence[Event], used: Sequence[Event]) -> list[Event]:
    ids = {id(event) for event in used}
    return [event for event in events if id(event) not in ids]
