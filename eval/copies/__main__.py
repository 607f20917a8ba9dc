"""``python -m eval.copies``: precision and recall on labelled pairs; with ``--cost``, time and
memory."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence

from rich.table import Table

from eval.copies.cost import cost
from eval.copies.pairs import LABELS, Pair, Rule, Score, pairs, score, tried
from eval.copies.views import views
from eval.corpora import SetError
from eval.report import console
from kronik.link.likeness import Likeness, runs, words

SPLITS = ("dev", "test")


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; 0 when everything asked for was measured."""
    parser = argparse.ArgumentParser(prog="python -m eval.copies", description=__doc__)
    parser.add_argument("--cost", type=int, nargs="+", metavar="N", help="store N made-up articles")
    parser.add_argument("--grid", type=int, metavar="N", help="the N best rules on the dev half")
    parser.add_argument("--errors", action="store_true", help="the pairs that the rule gets wrong")
    args = parser.parse_args(argv)
    if args.cost:
        return _costs(args.cost)
    try:
        labelled = pairs()
    except SetError as error:
        print(f"skipped the labelled pairs: {error}", file=sys.stderr)
    else:
        _pairs(labelled)
        if args.errors:
            _errors(labelled)
        if args.grid:
            _grid([pair for pair in labelled if pair.split == "dev"], args.grid)
    return _views()


def _pairs(labelled: Sequence[Pair]) -> None:
    table = Table(
        "rule", "half", "pairs", "copies", "precision", "recall", "F1", "F½", "weighed P", "R"
    )
    jaccard = _tuned([pair for pair in labelled if pair.split == "dev"], _jaccard)
    shared = _tuned([pair for pair in labelled if pair.split == "dev"], _shared)
    rules: dict[str, Callable[[Pair], bool]] = {
        f"Jaccard >= {jaccard:.2f}": lambda pair: _jaccard(pair) >= jaccard,
        f"shared >= {shared:.2f}": lambda pair: _shared(pair) >= shared,
        "the rule": lambda pair: pair.likeness.copies,
        "the rule, where the index has them meet": lambda pair: pair.met and pair.likeness.copies,
    }
    for name, rule in rules.items():
        for split in SPLITS:
            half = [pair for pair in labelled if pair.split == split]
            once, weighed = score(half, rule), score(half, rule, weighed=True)
            counts = (f"{len(half)}", f"{once.there:.0f}")
            table.add_row(name, split, *counts, *_told(once), *_told(weighed)[:2])
    console().print(table)
    _labels(labelled)


def _labels(labelled: Sequence[Pair]) -> None:
    table = Table("taken for copies, by label", *SPLITS)
    for label, told in LABELS.items():
        for copy in (True, False) if told is None else (told,):
            of = [pair for pair in labelled if pair.label == label and pair.copy is copy]
            name = (
                label if told is not None else f"{label}, the {'shorter' * copy or 'longer'} later"
            )
            table.add_row(name, *(_share(pair for pair in of if pair.split == s) for s in SPLITS))
    console().print(table)


def _share(pairs: Iterable[Pair]) -> str:
    taken = [pair.likeness.copies for pair in pairs]
    return f"{sum(taken)} of {len(taken)}"


def _told(of: Score) -> Sequence[str]:
    return [f"{figure:.3f}" for figure in (of.precision, of.recall, of.f1, of.f_half)]


def _jaccard(pair: Pair) -> float:
    one, other = set(runs(pair.earlier)), set(runs(pair.later))
    return len(one & other) / len(one | other)


def _shared(pair: Pair) -> float:
    return pair.likeness.shared


def _tuned(pairs: Sequence[Pair], measure: Callable[[Pair], float]) -> float:
    """The threshold of a measure by which pairs are told apart best."""
    steps = [step / 100 for step in range(5, 100)]
    return max(steps, key=lambda step: score(pairs, lambda pair: measure(pair) >= step).f_half)


def _errors(labelled: Iterable[Pair]) -> None:
    for pair in labelled:
        if pair.likeness.copies != pair.copy:
            said = "taken" if pair.likeness.copies else "missed"
            print(f"{pair.split} {said} {pair.label} {' '.join(pair.ids)} {pair.likeness}")


def _grid(pairs: Sequence[Pair], most: int) -> None:
    table = Table("run", "passage", "least", "new", "figures", "precision", "recall", "F1", "F½")
    for rule, found in tried(pairs)[:most]:
        chosen = " (chosen)" if rule == Rule() else ""
        values = (rule.width, rule.passage, rule.least, rule.new, f"{rule.figures}{chosen}")
        table.add_row(*map(str, values), *_told(found))
    console().print(table)


def _views() -> int:
    found = [(view, Likeness.of(words(view.text), words(view.original))) for view in views()]
    wrong = [view for view, likeness in found if likeness.copies != view.copy]
    print(f"views of our own stories: {len(found) - len(wrong)} of {len(found)} right")
    for view in wrong:
        print(f"wrong: {view.story}, {view.name}", file=sys.stderr)
    return bool(wrong)


def _costs(sizes: Sequence[int]) -> int:
    table = Table(
        *("articles", "CPU ms to mark one", "to store one", "MB before", "MB at most"),
        *("CPU s to open again", "MB then", "copies found", "mistaken"),
    )
    for size in sizes:
        of = cost(size)
        table.add_row(
            f"{size:,}",
            f"{1000 * of.mark_seconds / size:.2f}",
            f"{1000 * of.store_seconds / size:.2f}",
            f"{of.start_mb:.0f}",
            f"{of.peak_mb:.0f}",
            f"{of.again_seconds:.1f}",
            f"{of.again_mb:.0f}",
            f"{of.found} of {of.planted}",
            f"{of.mistaken}",
        )
    console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
