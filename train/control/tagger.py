"""The reader's network with the labels of another set in the place of its entities."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor

from eval.nouns import Entity
from kronik.codebook import Codebook
from kronik.net.hints import Hints
from kronik.net.labels import Labels
from kronik.net.viterbi import best_tags
from kronik.net.words import Pieces
from kronik.types import Span
from train.reader import fit
from train.reader.batches import Cutter, collate
from train.reader.config import Config
from train.reader.encoder import Encoder
from train.reader.gold import Text
from train.reader.model import Reader

LAYER = "entity"
"""The reader's layer that takes the labels of the set."""


def cutter_of(config: Config, kinds: Sequence[str], pieces: Pieces) -> Cutter:
    """The reader's windows and batches, with begin and inside tags of these labels."""
    tags = ("O", *(f"{tag}-{kind}" for kind in kinds for tag in "BI"))
    labels: Labels = replace(config.labels(Codebook.load()), **{LAYER: tags})
    row = config.row["fit"]
    low, high = row["windows"]
    hints = {"id": Hints({}, labels.trigger[2:])}
    return Cutter(pieces, labels, hints, (low, high), row["tokens"])


def encoder_of(config: Config, state: Mapping[str, Tensor]) -> Encoder:
    """The encoder of a base file, or of a reader's."""
    row = config.row
    encoder = Encoder(row["vocabulary"], row["layers"], row["fit"]["dropout"])
    encoder.load_base({name.removeprefix("encoder."): value for name, value in state.items()})
    return encoder


@dataclass(frozen=True, slots=True)
class Tagger:
    """A network that has learnt the labels of the set."""

    model: Reader
    cutter: Cutter

    @classmethod
    def learn(
        cls, encoder: Encoder, texts: Sequence[Text], cutter: Cutter, plan: fit.Plan
    ) -> Tagger:
        """Train as the reader is trained, and keep no file of it."""
        torch.manual_seed(plan.seed)
        model = Reader(encoder, cutter.labels)
        with TemporaryDirectory() as folder:
            fit.fit(model, {"pfsa": texts}, cutter, plan, Path(folder))
        model.eval()
        widest = cutter.sizes[1]
        return cls(model, replace(cutter, sizes=(widest, widest)))

    def entities(self, text: Text) -> tuple[Entity, ...]:
        """The likeliest lawful labels of a text, whose own it does not see."""
        items = self.cutter.items([replace(text, entities=None)], random.Random(0))
        batch = collate(items, self.cutter.pieces.id_of("<pad>"))
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            at = batch.first, batch.last
            logits, _ = self.model(batch.pieces, at, batch.hints, batch.mask)
        odds = torch.softmax(logits[LAYER].float(), dim=-1).numpy()
        names = self.cutter.labels.entity
        found = []
        for item, rows in zip(items, odds, strict=True):
            words = item.window.words
            tagging = best_tags({LAYER: rows[: len(words)]})
            for stretch in tagging.runs(LAYER):
                kind = names[tagging.tags[LAYER][stretch.start]].removeprefix("B-")
                span = Span(words[stretch.start].start, words[stretch.stop - 1].end)
                found.append(Entity(span, kind))
        return tuple(found)
