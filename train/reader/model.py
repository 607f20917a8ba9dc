"""The reader: one encoder, a small head a layer, and a score for every two words and relation."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kronik.net.labels import RELATIONS, Labels
from train.reader.encoder import Encoder

ARC_WIDTH = 64
HINTS = 17
"""One number for each event type, from the trigger lexicon, and one for "inside a phrase"."""
FAR = 24
"""Distances between words are told apart up to this many words either way."""


class Reader(nn.Module):
    """Everything that one pass says of a window.

    ``forward`` returns logits a layer, each (batch, words, classes), and arcs as
    (batch, relations, from word, to word).
    """

    def __init__(self, encoder: Encoder, labels: Labels) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.hidden
        self.sizes = labels.sizes
        self.hints = nn.Linear(HINTS, hidden, bias=False)
        self.mix = nn.Linear(hidden, hidden)
        self.heads = nn.ModuleDict({name: nn.Linear(hidden, n) for name, n in self.sizes.items()})
        self.asks = nn.Linear(hidden, ARC_WIDTH * len(RELATIONS))
        self.answers = nn.Linear(hidden, ARC_WIDTH * len(RELATIONS))
        self.distance = nn.Embedding(2 * FAR + 1, len(RELATIONS))
        # hardly any pair of words is an arc: start from "no"
        nn.init.normal_(self.distance.weight, mean=-3.0, std=0.02)

    def forward(
        self,
        pieces: Tensor,
        words_at: tuple[Tensor, Tensor],
        hints: Tensor,
        mask: Tensor | None = None,
    ) -> tuple[dict[str, Tensor], Tensor]:
        """``words_at`` are the positions of each word's first and last piece (batch, words);
        ``hints`` (batch, words, ``HINTS``) what the lexicon says of it."""
        first, last = words_at
        x = self.encoder(pieces, mask)
        words = (self._at(x, first) + self._at(x, last)) * 0.5
        words = words + self.hints(hints)
        words = words + F.gelu(self.mix(words))
        words = F.dropout(words, self.encoder.dropout, self.training)
        logits = {name: head(words) for name, head in self.heads.items()}
        return logits, self._arcs(words)

    @staticmethod
    def _at(x: Tensor, positions: Tensor) -> Tensor:
        return torch.gather(x, 1, positions.unsqueeze(-1).expand(-1, -1, x.shape[2]))

    def _arcs(self, words: Tensor) -> Tensor:
        batch, count, _ = words.shape
        shape = (batch, count, len(RELATIONS), ARC_WIDTH)
        asks = self.asks(words).view(shape).transpose(1, 2)
        answers = self.answers(words).view(shape).transpose(1, 2)
        at = torch.arange(count, device=words.device)
        apart = (at[None, :] - at[:, None]).clamp(-FAR, FAR) + FAR
        near = self.distance(apart).permute(2, 0, 1)
        scores: Tensor = asks @ answers.transpose(2, 3) / math.sqrt(ARC_WIDTH) + near
        return scores
