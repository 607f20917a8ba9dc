"""``python -m train.reader.choose``: what each decoding threshold costs and gives on a set.

The network reads every article once; its answers are decoded again for each threshold. Run it on
the development gold only, and write what you choose into ``config.toml``.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rich.console import Console
from rich.table import Table

from eval import run
from eval.corpora import corpora
from eval.evaluate import evaluate
from eval.nouns import Item
from kronik.kit import Kit
from kronik.net import Card, Reader
from kronik.net.card import Thresholds
from kronik.net.decode import Decoder, Read
from kronik.net.hints import Hints, Senses
from kronik.net.words import windows
from kronik.types import Marks, Span

SWEEPS: Mapping[str, Sequence[float]] = {
    "trigger": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6),
    "arc": (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "spread": (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5),
    "content": (0.0, 0.5, 0.6, 0.7, 0.75, 0.8),
}
FIGURES = (
    "events.type_f1",
    "events.type_status_f1",
    "events.parties_f1",
    "events.actor",
    "events.recipient",
    "events.countries_f1",
    "quotes.f1",
    "quotes.speaker",
)


@dataclass(frozen=True, slots=True)
class Remembering:
    """Stands where the network stands, decodes with thresholds of its own, reads a text once."""

    reader: Reader
    thresholds: Thresholds
    memory: dict[str, list[Read]] = field(default_factory=dict)

    @property
    def card(self) -> Card:
        """The card of the network that reads."""
        return self.reader.card

    @property
    def sha256(self) -> str:
        """The hash of the network that reads."""
        return self.reader.sha256

    def read(
        self, text: str, sentences: Sequence[Span], triggers: Mapping[tuple[str, ...], Senses]
    ) -> Marks:
        """As ``Reader.read``."""
        if text not in self.memory:
            cut = windows(text, sentences, self.reader.pieces, self.card.window)
            hints = Hints(triggers, self.card.labels.trigger[2:])
            self.memory[text] = [self.reader.run(w, hints.of(text, w.words)) for w in cut]
        return Decoder(self.card.labels, self.thresholds, self.card.judges).marks(self.memory[text])


def main() -> None:
    """Print a row a threshold."""
    parser = argparse.ArgumentParser(prog="python -m train.reader.choose", description=__doc__)
    parser.add_argument("set", nargs="?", default="dev-id")
    corpus = corpora()[parser.parse_args().set]
    items, _ = corpus.items()
    kit = run.load()
    memory: dict[str, list[Read]] = {}
    table = Table("threshold", "value", *(f.replace(".", "\n", 1) for f in FIGURES))
    for name, values in SWEEPS.items():
        for value in values:  # the others stay as shipped
            thresholds = replace(kit.net.card.thresholds, **{name: value})
            net: Any = Remembering(kit.net, thresholds, memory)
            scores = evaluate(corpus, items, _records(items, replace(kit, net=net))).values()
            table.add_row(name, f"{value}", *(f"{scores[figure]:.3f}" for figure in FIGURES))
    Console().print(table)


def _records(items: Sequence[Item], kit: Kit) -> list[dict[str, Any]]:
    return list(run.predict(items, kit))


if __name__ == "__main__":
    main()
