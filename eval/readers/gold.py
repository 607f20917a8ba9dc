"""Our own annotated articles: JSONL, fields as in the annotation guidelines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.nouns import Event, Item, Party, Quote, Reading
from kronik.types import Span


def read(path: Path, lost: Counter[str]) -> Iterator[Item]:
    """One item an article. Lost: lines that are no article; marks without a place in the text."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            try:
                item = _item(json.loads(line), lost)
            except (ValueError, LookupError, TypeError):
                lost["line is not an annotated article"] += 1
                continue
            yield item


def _item(article: Mapping[str, Any], lost: Counter[str]) -> Item:
    events = [_event(event) for event in article["events"] if _placed(event, "trigger_span", lost)]
    quotes = [_quote(quote) for quote in article["quotes"] if _placed(quote, "span", lost)]
    sentences = tuple(Span(*pair) for pair in article["sentences"])
    return Item(
        id=article["id"],
        text=article["text"],
        lang=article["lang"],
        gold=Reading(sentences, tuple(events), tuple(quotes)),
        date=article.get("date"),
        title=article.get("title"),
        outlet=article.get("outlet"),
    )


def _placed(mark: Mapping[str, Any], key: str, lost: Counter[str]) -> bool:
    if mark.get(key) is None:
        lost[f"{key} is null"] += 1
        return False
    return True


def _event(event: Mapping[str, Any]) -> Event:
    return Event(
        sentence=event["s"],
        type=event["type"],
        mode=event["mode"],
        status=event["status"],
        trigger=Span(*event["trigger_span"]),
        actors=tuple(_party(party) for party in event["actor"]),
        recipients=tuple(_party(party) for party in event["recipient"]),
        claimed=event["claimed_by"] is not None,
    )


def _party(party: Mapping[str, Any]) -> Party:
    return Party(_span(party["span"]), party["who"], party["country"])


def _quote(quote: Mapping[str, Any]) -> Quote:
    speaker = quote["speaker"]
    return Quote(
        span=Span(*quote["span"]),
        manner=quote["manner"],
        cue=_span(quote["cue_span"]),
        speaker=None if speaker is None else _party(speaker),
    )


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)
