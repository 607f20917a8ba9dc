"""Labelled articles and sentences as one type, whatever corpus they come from."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from kronik.types import Span

Line = tuple[str, list[tuple[Span, str]]]


@dataclass(frozen=True, slots=True)
class Role:
    """A stretch that plays a part for a cue or trigger: relation name, span, sector if known."""

    relation: str
    span: Span
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A labelled event."""

    trigger: Span
    type: str
    mode: str | None
    status: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A labelled quote; ``cue`` is null where the text has none."""

    span: Span
    manner: str
    cue: Span | None
    speakers: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One article or run of sentences, with whichever layers its corpus labels (else null)."""

    id: str
    text: str
    sentences: tuple[Span, ...]
    lang: str
    events: tuple[GoldEvent, ...] | None = None
    quotes: tuple[GoldQuote, ...] | None = None
    entities: tuple[tuple[Span, str], ...] | None = None


def _span(pair: Sequence[int] | None) -> Span | None:
    return Span(pair[0], pair[1]) if pair else None


@dataclass(frozen=True, slots=True)
class Named:
    """Where an article names each party, by the name that the annotator gave it."""

    text: str
    places: Mapping[str, Sequence[Span]]

    @classmethod
    def of(cls, row: Mapping[str, Any], text: str) -> Named:
        """From all parties and speakers that have a place."""
        parties = [
            p for e in row["events"] for side in ("actor", "recipient") for p in e.get(side, ())
        ]
        parties += [quote["speaker"] for quote in row["quotes"] if quote["speaker"]]
        places: dict[str, list[Span]] = defaultdict(list)
        for party in parties:
            span = _span(party.get("span"))
            if span and party.get("who"):
                places[party["who"]].append(span)
        return cls(text, places)

    def before(self, who: str | None, start: int) -> Span | None:
        """The nearest place in front of ``start``: of a party that is clear from the article but
        is not named where it acts."""
        if not who:
            return None
        ends = [span for span in self.places.get(who, ()) if span.end <= start]
        at = self.text.rfind(who, 0, start)
        ends += [Span(at, at + len(who))] if at >= 0 else []
        return max(ends, key=lambda span: span.end, default=None)


def _event(row: dict[str, Any], named: Named, dropped: Counter[str]) -> GoldEvent | None:
    trigger = _span(row["trigger_span"])
    if trigger is None:
        dropped["event without a trigger span"] += 1
        return None
    roles = []
    for relation in ("actor", "recipient"):
        for party in row[relation]:
            span = _span(party.get("span")) or named.before(party.get("who"), trigger.start)
            if span:
                roles.append(Role(relation, span, party["sector"]))
    for relation in ("place", "date"):
        span = _span((row.get(relation) or {}).get("span"))
        if span:
            roles.append(Role(relation, span))
    return GoldEvent(trigger, row["type"], row["mode"], row["status"], tuple(roles))


def _quote(row: dict[str, Any], dropped: Counter[str]) -> GoldQuote | None:
    span = _span(row["span"])
    if span is None:
        dropped["quote without a span"] += 1
        return None
    speaker = row["speaker"]
    at = _span(speaker.get("span"))
    speakers = (Role("speaker", at, speaker["sector"]),) if at else ()
    return GoldQuote(span, row["manner"], _span(row.get("cue_span")), speakers)


def articles(path: Path, dropped: Counter[str]) -> Iterator[Text]:
    """Our own format (see the guidelines): events and quotes of whole articles."""
    for line in path.read_text("utf8").splitlines():
        row = json.loads(line)
        yield _article(row, row["text"], dropped)


def labels(path: Path, texts: Mapping[str, str], dropped: Counter[str]) -> Iterator[Text]:
    """Labels without their texts, which are looked up by id and must have the labels' hash."""
    for line in path.read_text("utf8").splitlines():
        row = json.loads(line)
        text = texts.get(row["id"], "")
        if sha256(text.encode()).hexdigest() == row["sha256"]:
            yield _article(row, text, dropped)
        else:
            dropped["labels of a text that is not there, or is another"] += 1


def _article(row: dict[str, Any], text: str, dropped: Counter[str]) -> Text:
    named = Named.of(row, text)
    events = (_event(event, named, dropped) for event in row["events"])
    quotes = (_quote(quote, dropped) for quote in row["quotes"])
    return Text(
        row["id"],
        text,
        tuple(Span(a, b) for a, b in row["sentences"]),
        row["lang"],
        tuple(event for event in events if event),
        tuple(quote for quote in quotes if quote),
    )


@cache
def _kinds() -> dict[str, str]:
    """Labels of the public sets, as the kinds of ours: ``entity_labels.tsv``."""
    rows = (Path(__file__).parent / "entity_labels.tsv").read_text("utf8").splitlines()[1:]
    return {row.split("\t")[0]: row.split("\t")[1] for row in rows}


def _conll(path: Path) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for line in path.read_text("utf8").splitlines():
        fields = line.split()
        if fields:
            rows.append((fields[0], fields[-1]))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _line(rows: Sequence[tuple[str, str]], dropped: Counter[str]) -> Line:
    """One sentence of a CoNLL file as print has it, with its entities."""
    kinds = _kinds()
    text, found = "", list[tuple[Span, str]]()
    for word, label in rows:
        spaced = text and word not in ",.;:?!)" and not text.endswith("(")
        text += (" " if spaced else "") + word
        place, kind = Span(len(text) - len(word), len(text)), kinds.get(label[2:])
        if label != "O" and kind is None:
            dropped[f"entity label {label}"] += 1
        elif kind and label.startswith("I-") and found and found[-1][1] == kind:
            found[-1] = (Span(found[-1][0].start, place.end), kind)
        elif kind:
            found.append((place, kind))
    return text, found


def entities(
    path: Path, run: int, keep: Callable[[str], bool], dropped: Counter[str]
) -> Iterator[Text]:
    """Sentences of a CoNLL file that may be kept, shuffled, ``run`` to a text so that a window
    holds several."""
    lines = [_line(rows, dropped) for rows in _conll(path)]
    kept = [line for line in lines if keep(line[0])]
    random.Random(0).shuffle(kept)
    for at in range(0, len(kept), run):
        text, spans = "", []
        found: list[tuple[Span, str]] = []
        for line, marked in kept[at : at + run]:
            found += [(Span(s.start + len(text), s.end + len(text)), kind) for s, kind in marked]
            spans.append(Span(len(text), len(text) + len(line)))
            text += line + "\n"
        name = f"{path.parent.name}/{path.name}:{at}"
        yield Text(name, text, tuple(spans), "id", entities=tuple(found))
