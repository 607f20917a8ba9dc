"""Where an annotation's strings stand in the text that they were copied from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Pair = list[int]
PARTY = ("text", "who", "country", "sector")
WORDS = ("text", "trigger", "content", "cue")
"""Fields that hold words of the text itself."""


@dataclass(slots=True)
class Placer:
    """Offsets for the strings of one annotated text. ``lost`` counts the records left out because
    their trigger or content is not in the sentences named."""

    text: str
    sentences: Sequence[Sequence[int]]
    lost: int = 0
    _taken: dict[tuple[int, str], int] = field(default_factory=dict)

    def rows(self, annotation: Json) -> Json:
        """``events`` and ``quotes`` with their strings and spans, as the gold has them."""
        events = [self._event(event) for event in annotation["events"]]
        quotes = [self._quote(quote) for quote in annotation["quotes"]]
        self.lost += events.count(None) + quotes.count(None)
        return {"events": [e for e in events if e], "quotes": [q for q in quotes if q]}

    def _find(self, wanted: str | None, low: int, high: int) -> Pair | None:
        at = self.text.find(wanted, low, high) if wanted else -1
        return [at, at + len(wanted)] if wanted and at >= 0 else None

    def _event(self, event: Json) -> Json | None:
        low, high = self.sentences[event["s"]]
        key = event["s"], event["trigger"]
        # the same word twice in a sentence: the second record means the second
        trigger = self._find(event["trigger"], self._taken.get(key, low), high)
        trigger = trigger or self._find(event["trigger"], low, high)
        if trigger is None:
            return None
        self._taken[key] = trigger[1]
        roles = {
            role: [self._party(party, low, high) for party in event[role]]
            for role in ("actor", "recipient")
        }
        return {
            "s": event["s"], "type": event["type"], "mode": event.get("mode"),
            "status": event["status"], "trigger": event["trigger"], "trigger_span": trigger,
            **roles, "claimed_by": event.get("claimed_by"),
            "place": self._beside(event.get("place"), event["s"]),
            "date": self._beside(event.get("date"), event["s"]),
        }  # fmt: skip

    def _party(self, party: Json, low: int, high: int) -> Json:
        span = self._find(party.get("text"), low, high)
        return {"span": span, **{key: party.get(key) for key in PARTY}}

    def _beside(self, told: Json | None, sentence: int) -> Json | None:
        """A place or date: in the sentence if it stands there, else anywhere."""
        if not told:
            return None
        low, high = self.sentences[sentence]
        wanted = told.get("text")
        span = self._find(wanted, low, high) or self._find(wanted, 0, len(self.text))
        return {"span": span} | told

    def _quote(self, quote: Json) -> Json | None:
        low, high = self.sentences[min(quote["sents"])][0], self.sentences[max(quote["sents"])][1]
        span = self._find(quote["content"], low, high)
        if span is None:
            return None
        cue = self._nearest(quote.get("cue"), (low, high), span, span)
        speaker = quote["speaker"]
        at = self._nearest(speaker.get("text"), (low, high), span, cue or span)
        who = {key: speaker.get(key) for key in PARTY}
        return {
            "sents": quote["sents"], "manner": quote["manner"], "content": quote["content"],
            "cue": quote.get("cue"), "span": span, "cue_span": cue, "speaker": {"span": at, **who},
        }  # fmt: skip

    def _nearest(
        self, wanted: str | None, within: tuple[int, int], content: Pair, to: Pair
    ) -> Pair | None:
        """The occurrence nearest to ``to``, outside the content if there is one."""
        found = list(self._every(wanted or "", *within))
        outside = [p for p in found if p[1] <= content[0] or p[0] >= content[1]]
        return min(
            outside or found,
            key=lambda p: min(abs(p[0] - to[1]), abs(to[0] - p[1])),
            default=None,
        )

    def _every(self, wanted: str, low: int, high: int) -> Iterable[Pair]:
        at = self.text.find(wanted, low, high) if wanted else -1
        while at >= 0:
            yield [at, at + len(wanted)]
            at = self.text.find(wanted, at + 1, high)


def bare(rows: Json) -> Json:
    """The rows without words of the text: offsets alone point at them."""
    return {key: _bare(value) for key, value in rows.items() if key not in WORDS}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return bare(value)
    return [_bare(one) for one in value] if isinstance(value, list) else value
