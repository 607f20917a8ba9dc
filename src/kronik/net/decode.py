"""From the network's numbers to ``Marks``: tag sequences, triggers, arcs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
import numpy.typing as npt

from kronik.net.card import Thresholds
from kronik.net.judge import Judges, logit
from kronik.net.labels import RELATIONS, Labels
from kronik.net.viterbi import Tagging, best_tags
from kronik.net.words import Window
from kronik.types import (
    Arc,
    ContentMark,
    CueMark,
    Manner,
    Marks,
    Odds,
    Span,
    Status,
    Tagged,
    TriggerMark,
)

Floats = npt.NDArray[np.float32]
Classes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Read:
    """What the network said of one window: logits (words, classes of all layers in order) and
    arcs (relations, from word, to word); and the ``hints`` that it was given (words, types + 1)."""

    window: Window
    tags: Floats
    arcs: Floats
    hints: Floats


@dataclass(frozen=True, slots=True)
class _Text:
    """All windows of a text in a row. ``starts`` is the number of each window's first word."""

    words: tuple[Span, ...]
    sentence: npt.NDArray[np.int64]
    layers: dict[str, Floats]
    arcs: tuple[Floats, ...]
    hints: Floats
    starts: tuple[int, ...]


class Decoder:
    """Turns what was read of a text's windows into marks; holds no state between texts."""

    def __init__(
        self, labels: Labels, thresholds: Thresholds, judges: Judges | None = None
    ) -> None:
        self._labels = labels
        self._at = thresholds
        self._judges = judges or Judges()

    def marks(self, reads: Sequence[Read]) -> Marks:
        """All marks of a text whose windows are given in order."""
        if not reads:
            return Marks()
        text = self._together(reads)
        tagging = best_tags({name: text.layers[name] for name in ("content", "cue", "entity")})
        runs = tagging.runs("content")
        contents = tuple(c for run in runs if (c := self._content(text, tagging, run)))
        cues = tuple(self._cue(text, tagging, run) for run in tagging.runs("cue"))
        triggers = tuple(self._triggers(text))
        return Marks(
            entities=tuple(self._entity(text, tagging, run) for run in tagging.runs("entity")),
            contents=contents,
            cues=cues,
            triggers=triggers,
            sectors=tuple(self._sectors(text, contents, cues, triggers)),
        )

    def _together(self, reads: Sequence[Read]) -> _Text:
        sizes = self._labels.sizes
        ends = np.cumsum(list(sizes.values()))[:-1]
        tags = np.concatenate([read.tags for read in reads])
        layers = {
            name: _softmax(part)
            for name, part in zip(sizes, np.split(tags, ends, axis=1), strict=True)
        }
        starts = np.cumsum([0, *(len(read.window.words) for read in reads)])[:-1]
        return _Text(
            tuple(word for read in reads for word in read.window.words),
            np.concatenate([read.window.sentence for read in reads]),
            layers,
            tuple(_sigmoid(read.arcs) for read in reads),
            np.concatenate([read.hints for read in reads]),
            tuple(int(start) for start in starts),
        )

    def _entity(self, text: _Text, tagging: Tagging, run: range) -> Tagged:
        label = self._labels.entity[tagging.tags["entity"][run.start]][2:]
        return Tagged(_cover(text, run), label, tagging.score("entity", run))

    def _content(self, text: _Text, tagging: Tagging, run: range) -> ContentMark | None:
        manner = self._labels.content[tagging.tags["content"][run.start]][2:]
        inside = tagging.score("content", run)
        if inside < self._at.content:
            return None
        speakers = self._arcs(text, run.start, "speaker")
        odds = (
            ("1", 1.0),
            ("odds", logit(inside)),
            ("weakest", logit(tagging.least("content", run))),
            ("speaker", _surest(speakers)),
            ("length", math.log(len(run))),
            (manner, 1.0),
        )
        score = self._judges.content.score(odds)
        return ContentMark(_cover(text, run), cast(Manner, manner), score, speakers, odds)

    def _cue(self, text: _Text, tagging: Tagging, run: range) -> CueMark:
        return CueMark(
            _cover(text, run),
            tagging.score("cue", run),
            self._arcs(text, run.start, "speaker"),
            self._arcs(text, run.start, "content"),
        )

    def _triggers(self, text: _Text) -> list[TriggerMark]:
        """Words that begin a trigger; of neighbours of one type the surer speaks for both."""
        odds = text.layers["trigger"]
        begins = 1 - odds[:, 0] - odds[:, 1]
        kinds = odds[:, 2:].argmax(axis=1)
        found: list[TriggerMark] = []
        began = taken = -1
        for word in np.flatnonzero(begins >= self._at.trigger):
            at = int(word)
            if at <= taken or self._surer_neighbour(text, begins, kinds, at):
                continue
            if taken >= 0 and at == taken + 1 and self._alike(text, kinds, began, at):
                continue
            began, taken = at, self._last(odds, text, at)
            found.append(self._trigger(text, range(at, taken + 1), float(begins[at])))
        return found

    @staticmethod
    def _surer_neighbour(text: _Text, begins: Floats, kinds: Classes, at: int) -> bool:
        after = at + 1
        return bool(
            after < len(begins)
            and begins[after] > begins[at]
            and Decoder._alike(text, kinds, at, after)
        )

    @staticmethod
    def _alike(text: _Text, kinds: Classes, one: int, other: int) -> bool:
        same = kinds[one] == kinds[other] and text.sentence[one] == text.sentence[other]
        return bool(same)

    @staticmethod
    def _last(odds: Floats, text: _Text, at: int) -> int:
        """The last word of the trigger that begins here."""
        after = at + 1
        while (
            after < len(odds)
            and odds[after, 1] > odds[after, 0]
            and odds[after, 1] > odds[after, 2:].sum()
            and text.sentence[after] == text.sentence[at]
        ):
            after += 1
        return after - 1

    def _trigger(self, text: _Text, run: range, begins: float) -> TriggerMark:
        at, labels = run.start, self._labels
        kinds = text.layers["trigger"][at, 2:]
        first, second = (int(i) for i in np.argsort(-kinds, kind="stable")[:2])
        kind = labels.trigger[2 + first]
        modes = text.layers["mode"][at]
        legal = [0] + [i for i, m in enumerate(labels.mode) if m.startswith(f"{kind}/")]
        mode = max(legal, key=lambda i: modes[i])
        actors = self._arcs(text, at, "actor")
        recipients = self._arcs(text, at, "recipient")
        around = (
            ("1", 1.0),
            ("begins", logit(begins)),
            ("actor", _surest(actors)),
            ("recipient", _surest(recipients)),
            ("status", float(text.layers["status"][at].max())),
            ("quoted", float(1 - text.layers["content"][at, 0])),
        )
        odds = around + self._of_type(text, at, begins, (first, second))
        rival = around + self._of_type(text, at, begins, (second, first))
        judge = self._judges.trigger
        return TriggerMark(
            span=_cover(text, run),
            type=kind,
            mode=labels.mode[mode].partition("/")[2] or None,
            status=cast(Status, labels.status[int(text.layers["status"][at].argmax())]),
            score=judge.score(odds),
            runner_up=(labels.trigger[2 + second], judge.score(rival)),
            actors=actors,
            recipients=recipients,
            places=self._arcs(text, at, "place"),
            dates=self._arcs(text, at, "date"),
            odds=odds,
        )

    def _of_type(self, text: _Text, at: int, begins: float, kinds: tuple[int, int]) -> Odds:
        """What speaks for the first of two types, against the other."""
        kind, rival = kinds
        shares = text.layers["trigger"][at, 2:]
        share, other = (float(shares[k] / shares.sum()) for k in (kind, rival))
        return (
            (self._labels.trigger[2 + kind], 1.0),
            ("odds", logit(begins * share)),
            ("lead", share - other),
            ("lexicon", float(text.hints[at, kind])),
        )

    def _arcs(self, text: _Text, word: int, relation: str) -> tuple[Arc, ...]:
        """Runs of words that fill a role, each in one sentence of the window of the word that
        asks."""
        window = int(np.searchsorted(text.starts, word, side="right")) - 1
        start = text.starts[window]
        odds = text.arcs[window][RELATIONS.index(relation), word - start]
        filled = np.where(odds >= self._at.spread, text.sentence[start : start + len(odds)], -1)
        edges = [0, *(np.flatnonzero(np.diff(filled)) + 1).tolist(), len(filled)]
        return tuple(
            Arc(_cover(text, range(start + a, start + b)), round(float(odds[a:b].max()), 4))
            for a, b in pairwise(edges)
            if filled[a] >= 0 and odds[a:b].max() >= self._at.arc
        )

    def _sectors(
        self,
        text: _Text,
        contents: Sequence[ContentMark],
        cues: Sequence[CueMark],
        triggers: Sequence[TriggerMark],
    ) -> list[Tagged]:
        """The likeliest sector of every span that is a party or speaker somewhere."""
        speakers = [mark.speakers for mark in contents] + [mark.speakers for mark in cues]
        arcs = [arc for some in speakers for arc in some]
        arcs += [arc for trigger in triggers for arc in (*trigger.actors, *trigger.recipients)]
        starts = [word.start for word in text.words]
        found = []
        for span in sorted({arc.span for arc in arcs}):
            first, last = np.searchsorted(starts, (span.start, span.end))
            odds = text.layers["sector"][first:last].mean(axis=0)
            best = int(odds.argmax())
            found.append(Tagged(span, self._labels.sector[best], round(float(odds[best]), 4)))
        return found


def _surest(arcs: Sequence[Arc]) -> float:
    return max((arc.score for arc in arcs), default=0.0)


def _cover(text: _Text, run: range) -> Span:
    return Span(text.words[run.start].start, text.words[run.stop - 1].end)


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return cast(Floats, powers / powers.sum(axis=1, keepdims=True))


def _sigmoid(logits: Floats) -> Floats:
    return cast(Floats, 1 / (1 + np.exp(-np.clip(logits, -30, 30))))
