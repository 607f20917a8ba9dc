"""Items and records in, an outcome out: what a set's scores are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval import calibration
from eval.calibration import Verdicts
from eval.corpora import Corpus
from eval.nouns import Item, Reading
from eval.records import PredictionError, Record, reading, refused
from eval.score import SCORERS, events, pairs
from eval.score.tally import Tallies, Tally, intervals, total, values

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured on one set. ``unread`` counts items without a record, by reason.

    ``outlets`` go with ``tallies``, null where the set does not tell; ``verdicts`` on single
    predictions and ``confusions`` are of sets scored as articles, empty for others.
    """

    corpus: Corpus
    tallies: Sequence[Tallies]
    lost: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    outlets: list[str | None] = field(default_factory=list)
    verdicts: list[Verdicts] = field(default_factory=list)

    def totals(self) -> dict[str, Tally]:
        """Sums over items."""
        return total(self.tallies)

    def values(self) -> dict[str, float | None]:
        """Every figure of the set."""
        return {**values(self.totals()), **calibration.values(self.verdicts)}

    def intervals(self) -> dict[str, tuple[float, float]]:
        """95 % interval of every figure."""
        return {**intervals(self.tallies), **calibration.intervals(self.verdicts)}

    def by_outlet(self) -> dict[str, list[Tallies]]:
        """The tallies of the items of each outlet, those with the most items first."""
        found: dict[str, list[Tallies]] = defaultdict(list)
        for outlet, tallies in zip(self.outlets, self.tallies, strict=True):
            if outlet:
                found[outlet].append(tallies)
        return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def evaluate(
    corpus: Corpus,
    items: Sequence[Item],
    found: Iterable[Record | None],
    keep: Callable[[Row], object] | None = None,
) -> Outcome:
    """Score the record found for each item, in the order of the items.

    ``keep`` is given a row an item: its record and what was made of it.
    """
    outcome = Outcome(corpus, tallies := [])
    for item, record in zip(items, found, strict=True):
        if record is None:
            outcome.unread["no prediction"] += 1
        elif refused(record):
            outcome.unread[record["refused"]] += 1
        predicted = reading(record, item)
        tallies.append(SCORERS[corpus.scorer](item, predicted))
        outcome.outlets.append(item.outlet)
        if corpus.scorer == "articles":
            outcome.verdicts.append(calibration.judge(item.gold, predicted))
            outcome.confusions.update(events.confusions(item.gold, predicted))
        if keep:
            keep(row(item, record, predicted, tallies[-1]))
    return outcome


def stored(items: Iterable[Item], records: Mapping[str, Record]) -> Iterator[Record | None]:
    """The stored record of each item. Raises ``PredictionError`` where none belongs to the set."""
    known = [item.id for item in items]
    if known and not records.keys() & set(known):
        raise PredictionError("no prediction is of an item of this set")
    for key in known:
        yield records.get(key)


def row(item: Item, record: Record | None, predicted: Reading, tallies: Tallies) -> Row:
    """What is written of an item: the record with ``uid`` and, beside it, gold and prediction.

    For a set of pairs these are root codes; elsewhere ``tallies`` says what was hit, predicted
    and gold for each figure.
    """
    told: Row = {"uid": item.id}
    if item.pair:
        told["gold"] = item.pair.root
        told["predicted"] = pairs.code(pairs.choose(predicted.events, item.pair))
    else:
        told["tallies"] = {name: [t.hit, t.predicted, t.gold] for name, t in tallies.items()}
    return {**told, **({"refused": "no prediction"} if record is None else record)}
