"""``python -m train.control``: a linear model on the same labels, scored by the same commands.

One logistic model a layer (content, cue, trigger) over hashed features of a word and its
neighbours, the trigger lexicon among them; no arcs. What it says is decoded and put together by
the same code as the network's answers.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rich.console import Console
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import SGDClassifier

from eval import report
from eval.corpora import corpora
from eval.evaluate import evaluate
from eval.run import load, predict
from kronik import lang
from kronik.codebook import Codebook
from kronik.net import RELATIONS, Card, Labels
from kronik.net.card import Thresholds
from kronik.net.decode import Decoder, Read
from kronik.net.hints import Hints
from kronik.net.reader import WEIGHTS
from kronik.net.words import Pieces, Window, windows
from kronik.types import Marks, Span
from train.reader.batches import Cutter
from train.reader.config import REPOSITORY, Config
from train.reader.dedupe import Measured
from train.reader.gold import Text

LAYERS = ("content", "cue", "trigger")
AROUND = 3
"""Words to either side that a word's features look at."""


def features(text: str, window: Window, hints: npt.NDArray[np.float32]) -> list[list[str]]:
    """Names of the features of each word of a window."""
    forms = [word.of(text) for word in window.words]
    rows = []
    marks = np.cumsum([form in '"“”' for form in forms]) % 2
    for at, form in enumerate(forms):
        row = [f"quoted={marks[at]}", f"shape={form[:1].isupper()}{form.isupper()}{form.isdigit()}"]
        row += [f"hint={kind}" for kind in np.flatnonzero(hints[at] >= 0.5)]
        for step in range(-AROUND, AROUND + 1):
            other = forms[at + step].casefold() if 0 <= at + step < len(forms) else "#"
            row.append(f"{step}={other}")
            if abs(step) <= 1:
                row += [f"{step}<{other[:4]}", f"{step}>{other[-4:]}"]
                row.append(f"{step}{other}|{marks[at]}")
        rows.append(row)
    return rows


@dataclass(frozen=True, slots=True)
class Linear:
    """Stands where the network stands in a ``Kit``."""

    card: Card
    pieces: Pieces
    labels: Labels
    models: Mapping[str, Any]
    hasher: FeatureHasher

    @property
    def sha256(self) -> str:
        """A control has no weights that ship."""
        return "control"

    def read(
        self,
        text: str,
        sentences: Sequence[Span],
        triggers: Mapping[tuple[str, ...], tuple[tuple[str, float], ...]],
    ) -> Marks:
        """Mark one text, as the network's reader does."""
        hints = Hints(triggers, self.labels.trigger[2:])
        decoder = Decoder(self.labels, Thresholds())
        reads = []
        for window in windows(text, sentences, self.pieces, self.card.window):
            told = hints.of(text, window.words)
            rows = self.hasher.transform(features(text, window, told))
            tags = np.zeros((len(window.words), sum(self.labels.sizes.values())), np.float32)
            at = 0
            for layer, size in self.labels.sizes.items():
                if layer in self.models:
                    model = self.models[layer]
                    odds = np.full((len(window.words), size), 1e-6)
                    odds[:, model.classes_] = model.predict_proba(rows)
                    tags[:, at : at + size] = np.log(np.maximum(odds, 1e-6))
                elif layer == "entity":
                    tags[:, at] = 10
                at += size
            count = len(window.words)
            arcs = np.full((len(RELATIONS), count, count), -10, np.float32)
            reads.append(Read(window, tags, arcs, told))
        return decoder.marks(reads)


def train(texts: Sequence[Text], cutter: Cutter) -> tuple[dict[str, Any], FeatureHasher]:
    """One model a layer."""
    hasher = FeatureHasher(n_features=2**21, input_type="string", alternate_sign=False)
    by_id = [(text, item) for text in texts for item in cutter.items([text], random.Random(0))]
    rows = hasher.transform(
        row for text, item in by_id for row in features(text.text, item.window, item.hints)
    )
    models = {}
    for layer in LAYERS:
        gold = np.concatenate([item.targets.layers[layer] for _, item in by_id])
        model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=12, random_state=0, tol=None)
        models[layer] = model.fit(rows, gold)
        print(f"{layer}: {len(gold)} words, {len(model.classes_)} classes")
    return models, hasher


def main() -> None:
    """Train on the labelled articles, score on a development set."""
    parser = argparse.ArgumentParser(prog="python -m train.control", description=__doc__)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--sets", nargs="+", default=["dev-id", "authored-id", "authored-en"])
    asked = parser.parse_args()
    config = Config.read(REPOSITORY / "train" / "reader" / "config.toml", asked.shared)
    labels = config.labels(Codebook.load())
    hints = {code: Hints(lang.triggers(code), labels.trigger[2:]) for code in lang.CODES}
    pieces = Pieces.load(WEIGHTS / "tokenizer.json")
    cutter = Cutter(pieces, labels, hints, (250, 250), 3000)
    dropped: Counter[str] = Counter()
    measured = Measured.load()
    read = [c.texts(dropped, measured) for c in config.corpora if c.reader != "entities"]
    texts = [text for corpus in read for text in corpus]
    models, hasher = train(texts, cutter)
    kit = load()
    control: Any = Linear(kit.net.card, pieces, labels, models, hasher)
    for name in asked.sets:
        corpus = corpora()[name]
        items, _ = corpus.items()
        outcome = evaluate(corpus, items, predict(items, replace(kit, net=control)))
        report.show(Console(), [outcome], [])


if __name__ == "__main__":
    main()
