"""Windows of labelled texts, cut anew each epoch and put together by length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kronik.net.hints import Floats, Hints
from kronik.net.labels import RELATIONS, Labels
from kronik.net.words import Pieces, Window, windows
from train.reader.gold import Text
from train.reader.targets import UNKNOWN, Targets, targets


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows with their targets. ``arc_at`` are (window, word) of each row of ``arcs``
    (rows, relations, words), which is 1, 0 or ``UNKNOWN``."""

    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    hints: Tensor
    layers: dict[str, Tensor]
    arc_at: Tensor
    arcs: Tensor


@dataclass(frozen=True, slots=True)
class Item:
    """One window, what the lexicon says of its words, and what the network should say."""

    window: Window
    hints: Floats
    targets: Targets


def _padded(rows: Sequence[np.ndarray], fill: int) -> Tensor:
    width = max(map(len, rows))
    out = torch.full((len(rows), width), fill, dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.from_numpy(row)
    return out


def collate(items: Sequence[Item], pad: int) -> Batch:
    """Put windows side by side."""
    windows = [item.window for item in items]
    pieces = _padded([window.pieces for window in windows], pad)
    lengths = torch.tensor([len(window.pieces) for window in windows])
    mask = torch.arange(pieces.shape[1])[None] < lengths[:, None]
    first = _padded([window.first for window in windows], 0)
    layers = {
        name: _padded([item.targets.layers[name] for item in items], UNKNOWN)
        for name in items[0].targets.layers
    }
    hints = torch.zeros((len(items), first.shape[1], items[0].hints.shape[1]))
    places, arcs = [], []
    for i, item in enumerate(items):
        hints[i, : len(item.hints)] = torch.from_numpy(item.hints)
        for row in item.targets.rows:
            wanted = torch.full((len(RELATIONS), first.shape[1]), UNKNOWN, dtype=torch.float32)
            wanted[list(row.asked), : len(item.window.words)] = 0
            for relation, word in row.filled:
                wanted[relation, word] = 1
            places.append((i, row.word))
            arcs.append(wanted)
    empty = torch.zeros((0, len(RELATIONS), first.shape[1]))
    return Batch(
        pieces, mask, first, _padded([window.last for window in windows], 0), hints, layers,
        torch.tensor(places, dtype=torch.long).reshape(-1, 2),
        torch.stack(arcs) if arcs else empty,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts texts into windows of a size drawn for each text, and groups them into batches."""

    pieces: Pieces
    labels: Labels
    hints: Mapping[str, Hints]
    """The lexicon of each language."""
    sizes: tuple[int, int]
    tokens: int
    """How many pieces a batch holds, padding included."""

    def items(self, texts: Sequence[Text], draw: random.Random) -> list[Item]:
        """All windows of these texts."""
        found = []
        for text in texts:
            size = draw.randint(*self.sizes)
            for window in windows(text.text, text.sentences, self.pieces, size):
                hints = self.hints[text.lang].of(text.text, window.words)
                found.append(Item(window, hints, targets(text, window, self.labels)))
        return found

    def epoch(self, texts: Sequence[Text], draw: random.Random) -> Iterator[Batch]:
        """Batches of windows of like length, in random order."""
        items = self.items(texts, draw)
        draw.shuffle(items)
        items.sort(key=lambda item: len(item.window.pieces) // 16)
        groups: list[list[Item]] = [[]]
        for item in items:
            if (len(groups[-1]) + 1) * len(item.window.pieces) > self.tokens:
                groups.append([])
            groups[-1].append(item)
        draw.shuffle(groups)
        pad = self.pieces.id_of("<pad>")
        for group in groups:
            if group:
                yield collate(group, pad)
