"""Why an event is coded as it is, for people: a line for each field, and its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from rich.padding import Padding
from rich.text import Text

from kronik.codebook import Codebook
from kronik.exchange.guard import printable
from kronik.reasons import Answer, Explanation, Reason, Value
from kronik.types import Doc, Lang

MOST = 80
"""Characters of the article's words that one reason shows."""
BETWEEN = " · "
"""Parts the words of a reason, in the packs' ``ui`` too."""
BELOW = ("actors", "recipients", "claimed_by")
"""Fields whose reasons, where they speak of words, are too long to stand beside the value."""
ABSENT = ("mode", "lexicon", "claimed_by")
"""Fields that an event may be without; otherwise null is unknown, as a quote's speaker is."""
WORDED: Mapping[str, str] = {
    "odds": "odds_{}",
    "country_from": "country_from_{}",
    "manner": "{}",
    "status": "{}",
}
"""Codes that ``ui`` has words for, under these keys."""


@dataclass(frozen=True, slots=True)
class Why:
    """Puts explanations into the words of one language's ``ui``, its ``labels``."""

    codebook: Codebook
    lang: Lang
    labels: Mapping[str, str]
    colour: bool

    def lines(self, doc: Doc, explanation: Explanation, evidence: Text) -> list[Padding]:
        """A line for each field; ``evidence`` is the sentence with its marks."""
        shown: list[Padding] = []
        for answer in explanation.answers:
            if answer.field == "evidence":
                shown.append(self._field(answer, evidence))
                continue
            below = [r for r in answer.reasons if r.span and answer.field in BELOW]
            beside = [self._said(doc, r) for r in answer.reasons if r not in below]
            shown.append(self._field(answer, Text(BETWEEN.join([self._value(answer), *beside]))))
            shown += [_indented(Text(self._said(doc, reason)), 6) for reason in below]
        return shown

    def _field(self, answer: Answer, told: Text) -> Padding:
        label, by = self.labels[answer.field], self.labels[f"by_{answer.by}"]
        head = (f"{label[0].upper()}{label[1:]}", "bold" if self.colour else "")
        return _indented(
            Text.assemble(head, (f" ({by})", "dim" if self.colour else ""), ": ", told), 4
        )

    def _value(self, answer: Answer) -> str:
        value = answer.value
        if isinstance(value, tuple):
            names = [self._name(name) for name in value]
            return ", ".join(names) or self.labels["unknown"]
        if value is None:
            without = answer.field in ABSENT and not any(r.span for r in answer.reasons)
            return self.labels["none_found" if without else "unknown"]
        if isinstance(value, float):
            return f"{value:.2f}" if answer.field == "score" else f"{value:g}"
        if isinstance(value, int):
            return f"{value} {self.codebook.quads[value][self.lang]}"
        return self._worded(answer.field, value)

    def _name(self, name: Value) -> str:
        return self.labels["unknown"] if name is None else printable(str(name))

    def _said(self, doc: Doc, reason: Reason) -> str:
        """The reason's sentence, without the parts that speak of what is unknown."""
        told: dict[str, Value] = {
            name: self._worded(name, value) if isinstance(value, str) else value
            for name, value in reason.told.items()
        }
        if reason.span:
            told["text"] = _shortened(printable(reason.span.of(doc.text)))
        if told.get("name") == told.get("text"):
            told["name"] = None  # said already
        parts = self.labels[f"why_{reason.says}"].split(BETWEEN)
        known = [part for part in parts if all(told[name] is not None for name in _names(part))]
        return BETWEEN.join(part.format_map(told) for part in known)

    def _worded(self, name: str, value: str) -> str:
        key = WORDED.get(name, "").format(value)
        return self.labels.get(key, printable(value))


def _names(part: str) -> list[str]:
    """What a part of a sentence asks for."""
    return [name for _, name, _, _ in Formatter().parse(part) if name]


def _shortened(text: str) -> str:
    return text if len(text) <= MOST else f"{text[: MOST - 1].rstrip()}…"


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)
