"""``python -m eval [SET ...]``: scores on every set that is here."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from eval import plots, report, run
from eval.corpora import Corpus, SetError, corpora
from eval.evaluate import Outcome, Row, evaluate, stored
from eval.nouns import Item
from eval.records import PredictionError, Record, load
from kronik.errors import KronikError
from kronik.kit import Kit


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; 0 when everything asked for was scored."""
    table = corpora()
    args = _arguments(argv, table)
    chosen = [table[name] for name in args.sets] or [c for c in table.values() if c.default]
    if args.data:
        chosen = [replace(chosen[0], path=str(args.data.resolve()))]
    present = [corpus for corpus in chosen if corpus.present]
    absent = [corpus for corpus in chosen if not corpus.present]
    try:
        if args.plots:
            plots.prepare(args.plots)
        outcomes = list(_outcomes(present, args))
        if args.plots:
            _draw(outcomes, args.plots)
    except (SetError, PredictionError, KronikError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    console = report.console()
    report.show(console, outcomes, absent)
    if args.details:
        for outcome in outcomes:
            report.details(console, outcome)
    return 1 if args.sets and absent else 0


def _arguments(argv: Sequence[str] | None, table: Mapping[str, Corpus]) -> argparse.Namespace:
    """What was asked for; the program ends here where that makes no sense."""
    parser = _parser()
    args = parser.parse_args(argv)
    if unknown := [name for name in args.sets if name not in table]:
        parser.error(f"no such set: {', '.join(unknown)} (known: {', '.join(table)})")
    if (args.data or args.predictions or args.stored) and len(args.sets) != 1:
        parser.error("--data, --predictions and --from need exactly one SET")
    if args.limit is not None and args.limit < 0:
        parser.error("--limit must not be negative")
    return args


def _draw(outcomes: Iterable[Outcome], folder: Path) -> None:
    written = [path for outcome in outcomes for path in plots.draw(outcome, folder)]
    for path in written:
        print(f"wrote {path}", file=sys.stderr)
    if not written:
        print("no pictures: only sets scored as articles have them", file=sys.stderr)


def _outcomes(present: Iterable[Corpus], args: argparse.Namespace) -> Iterator[Outcome]:
    kit: Kit | None = None
    for corpus in present:
        items, lost = corpus.items(args.limit)
        found: Iterable[Record | None]
        if args.stored:
            found = stored(items, load(args.stored))
        else:
            kit = kit or run.load(args.threads)
            found = run.predict(items, kit)
        yield replace(_scored(corpus, items, found, _target(corpus, args)), lost=lost)


def _target(corpus: Corpus, args: argparse.Namespace) -> Path | None:
    """Where rows go: as told, or beside the caller for a file of his own."""
    if args.predictions or not args.data:
        return args.predictions if args.predictions else None
    return Path(f"{corpus.name}.predictions.jsonl")


def _scored(
    corpus: Corpus, items: Sequence[Item], found: Iterable[Record | None], target: Path | None
) -> Outcome:
    with ExitStack() as stack:
        if target is None:
            return evaluate(corpus, items, found)
        stream = stack.enter_context(target.open("w", encoding="utf-8"))

        def keep(row: Row) -> None:
            stream.write(run.to_line(row))

        outcome = evaluate(corpus, items, found, keep)
    print(f"wrote {target}", file=sys.stderr)
    return outcome


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help="a name of eval/corpora.toml")
    parser.add_argument("--data", type=Path, help="another file of the set's format")
    parser.add_argument(
        "--predictions",
        type=Path,
        metavar="OUT.jsonl",
        help="write what was predicted for each item (with --data: SET.predictions.jsonl)",
    )
    parser.add_argument(
        "--from",
        dest="stored",
        type=Path,
        metavar="PREDICTIONS.jsonl",
        help="score stored records and do not run the network",
    )
    parser.add_argument("--limit", type=int, help="only the first N items of each set")
    parser.add_argument("--threads", type=int, default=0, help="items read at once; 0: one a core")
    parser.add_argument(
        "--details", action="store_true", help="scores by class and outlet, confusions, calibration"
    )
    parser.add_argument(
        "--plots", type=Path, metavar="FOLDER", help="draw confusions and calibration as SVG"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
