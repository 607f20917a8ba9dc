"""``python -m train.control.pfsa``: what the network's design reaches where PFSA-ID teaches it.

Half of the development articles teach, the other half tests. The network is the reader as it is,
begun at the same encoder, with the set's own labels in the place of its entities; no lexicon, no
arcs. The labels overlap nowhere in the file, so that one layer holds all of them. PFSA-ID is
CC BY-NC-SA: nothing is shipped, and the weights are forgotten when the run ends.

Kronik as shipped reads the same articles, and both are scored as ``python -m eval pfsa`` does.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from eval import report, run
from eval.corpora import Corpus, corpora
from eval.evaluate import Outcome, evaluate
from eval.nouns import Entity, Item, Quote, Reading
from eval.score import entities, statements
from eval.score.tally import Tallies
from kronik.net.words import Pieces
from train.control.articles import Article, articles, halves, kinds_of
from train.control.tagger import Tagger, cutter_of, encoder_of
from train.reader.config import REPOSITORY, Config
from train.reader.progress import Progress

STARTS = {"base": "base.pt", "reader": "reader.pt"}
COUNTS = ("hit", "predicted", "gold")


def scores(article: Article, found: Sequence[Entity], kinds: Sequence[str]) -> Tallies:
    """Same span and label, over all labels and for each; and the figures of ``eval pfsa``."""
    marked = tuple(Entity(span, kind) for span, kind in article.text.entities or ())
    gold = replace(article.item, gold=Reading(entities=marked), labels=frozenset(kinds))
    exact = entities.score(gold, Reading(entities=tuple(found)))
    each = {f"{kind}.f1": exact[f"entities.type/{kind}"] for kind in kinds}
    return {**exact, **each, **_as_eval(article.item, found)}


def _as_eval(item: Item, found: Sequence[Entity]) -> Tallies:
    """Statements as direct quotes; cues beside them, since the labels tie no cue to a statement."""
    said = [Quote(e.span, "direct") for e in found if e.label == "STATEMENT"]
    cues = [Quote(e.span, "direct", e.span) for e in found if e.label in ("CUE", "CUECOREF")]
    return {
        figure: tally
        for group, quotes in (("statements", said), ("cues", cues))
        for figure, tally in statements.score(item, Reading(quotes=tuple(quotes))).items()
        if figure.startswith(group)
    }


def tested(corpus: Corpus, found: Sequence[Article], tagger: Tagger) -> Outcome:
    """Every figure of the tagger on these articles."""
    kinds = [name.removeprefix("B-") for name in tagger.cutter.labels.entity[1::2]]
    outcome = Outcome(replace(corpus, name="control"), tallies := [])
    with Progress("test", len(found)) as progress:
        for number, article in enumerate(found, 1):
            tallies.append(scores(article, tagger.entities(article.text), kinds))
            progress.to(number)
    return outcome


def write(path: Path, outcomes: Sequence[Outcome]) -> None:
    """A row a system and figure; what a figure does not have is empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter="\t", lineterminator="\n")
        table.writerow(("system", "articles", "figure", "value", "low", "high", *COUNTS))
        for outcome in outcomes:
            totals, ranges = outcome.totals(), outcome.intervals()
            for name, value in outcome.values().items():
                told = (value, *ranges.get(name, (None, None)))
                cells = ["" if number is None else f"{number:.4f}" for number in told]
                counts = [getattr(totals[name], c) if name in totals else "" for c in COUNTS]
                row = outcome.corpus.name, len(outcome.tallies), name
                table.writerow((*row, *cells, *counts))


def main(argv: Sequence[str] | None = None) -> int:
    """Learn, test, print a table and write it; 1 where the set or the encoder is not there."""
    asked = _arguments(argv)
    corpus, start = corpora()["pfsa"], asked.build / STARTS[asked.start]
    for path in (corpus.where, start):
        if not path.exists():
            print(f"skipped: {path} is not here", file=sys.stderr)
            return 1
    if asked.threads:
        torch.set_num_threads(asked.threads)
    config = Config.read(
        REPOSITORY / "train" / "reader" / "config.toml", REPOSITORY.parent / "shared"
    )
    items, _ = corpus.items(asked.limit)
    found = list(articles(items, corpus.where))
    plan = replace(config.plan, epochs=asked.epochs, shares={}, weights={})
    taught, held = halves(found, plan.seed)
    pieces = Pieces.load(asked.build / "tokenizer.json")
    encoder = encoder_of(config, torch.load(start, weights_only=True))
    cutter = cutter_of(config, kinds_of(found), pieces)
    tagger = Tagger.learn(encoder, [article.text for article in taught], cutter, plan)
    test = [article.item for article in held]
    shipped = run.predict(test, run.load(asked.threads))
    kronik = evaluate(replace(corpus, name="kronik"), test, shipped)
    outcomes = [tested(corpus, held, tagger), kronik]
    report.show(report.console(), outcomes, [])
    write(asked.out, outcomes)
    print(f"learnt from {len(taught)} articles, {start.name}, {plan.epochs} epochs: {asked.out}")
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m train.control.pfsa", description=__doc__)
    build = REPOSITORY / "build"
    parser.add_argument("--start", choices=STARTS, default="base", help="encoder to begin with")
    parser.add_argument("--build", type=Path, default=build / "reader", help="where it lies")
    parser.add_argument("--out", type=Path, default=build / "control" / "pfsa.tsv")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="0: one a core")
    parser.add_argument("--limit", type=int, help="only the first N articles, half of them to test")
    asked = parser.parse_args(argv)
    if asked.limit is not None and asked.limit < 2:
        parser.error("--limit must be 2 or more: one article to learn from and one to test on")
    return asked


if __name__ == "__main__":
    sys.exit(main())
