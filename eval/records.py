"""Predictions as stored: the contract's JSON records, one a line, into ``Reading``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.nouns import Entity, Event, Item, Party, Quote, Reading
from kronik.types import Span

Record = Mapping[str, Any]

ENTITY_LABELS = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}
"""Kinds of a mention in the coarser terms of the entity sets; the others have no counterpart."""


class PredictionError(Exception):
    """Predictions that do not belong to the set they are to be scored on."""


def load(path: Path) -> dict[str, Record]:
    """Records by the id of their item. Refused items and repeated ids are told apart.

    Raises ``PredictionError`` for a line that is no record and for two records of one item.
    """
    records: dict[str, Record] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line.decode())
                key = key_of(record)
            except (ValueError, LookupError, TypeError) as error:
                raise PredictionError(f"{path}:{number} is not a record: {error!r}") from error
            if key in records:
                raise PredictionError(f"{path}:{number} predicts {key} a second time")
            records[key] = record
    return records


def key_of(record: Record) -> str:
    """The id of the item that a record, or a refusal, speaks of."""
    if refused(record):
        return str(record["uid"])
    return str(record["article"]["source_id"])


def refused(record: Record) -> bool:
    """Whether the record says only why there is none."""
    return "refused" in record


def reading(record: Record | None, item: Item) -> Reading:
    """The record in the shape of gold; empty for an item that was refused or never read.

    A layer that the record does not have at all, as in other systems' outputs, is empty; a quote
    without a score is taken as certain.
    Raises ``PredictionError`` where the record was made of another text: its offsets would
    point at other words.
    """
    if record is None or refused(record):
        return Reading()
    if record["article"]["text"] != item.text:
        raise PredictionError(f"the record of {item.id} was made of another text")
    return Reading(
        sentences=tuple(Span(*pair) for pair in record.get("sentences", ())),
        events=tuple(_event(event, item.gold.sentences) for event in record.get("events", ())),
        quotes=tuple(_quote(quote) for quote in record.get("quotes", ())),
        entities=tuple(
            Entity(Span(mention["start"], mention["end"]), ENTITY_LABELS[mention["kind"]])
            for mention in record.get("mentions", ())
            if mention["kind"] in ENTITY_LABELS
        ),
    )


def sentence_at(offset: int, sentences: Sequence[Span]) -> int:
    """Number of the sentence that holds the offset, -1 where none does."""
    for number, span in enumerate(sentences):
        if span.start <= offset < span.end:
            return number
    return -1


def _event(event: Record, sentences: Sequence[Span]) -> Event:
    trigger = Span(event["trigger"]["start"], event["trigger"]["end"])
    return Event(
        sentence=sentence_at(trigger.start, sentences),
        type=event["type"],
        mode=event["mode"],
        status=event["status"],
        trigger=trigger,
        actors=tuple(_party(party) for party in event["actors"]),
        recipients=tuple(_party(party) for party in event["recipients"]),
        claimed=event["claimed_by"] is not None,
        score=float(event["score"]),
    )


def _party(party: Record) -> Party:
    span = None if party["start"] is None else Span(party["start"], party["end"])
    actor = party["actor"] or {}
    return Party(span, actor.get("name"), actor.get("country"))


def _quote(quote: Record) -> Quote:
    cue, speaker = quote["cue"], quote["speaker"]
    return Quote(
        span=Span(quote["start"], quote["end"]),
        manner=quote["manner"],
        cue=None if cue is None else Span(cue["start"], cue["end"]),
        speaker=None if speaker is None else _party(speaker),
        score=float(quote.get("score", 1.0)),
    )
