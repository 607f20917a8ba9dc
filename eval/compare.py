"""``python -m eval.compare SET FILE...``: stored outputs of several systems, side by side."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from eval.corpora import Corpus, SetError, corpora
from eval.evaluate import Outcome, evaluate, stored
from eval.nouns import Item
from eval.records import PredictionError, load
from eval.report import console, number


def outcome(corpus: Corpus, items: Sequence[Item], path: Path) -> Outcome:
    """The scores of one file of records: a layer that it lacks is empty."""
    return evaluate(corpus, items, stored(items, load(path)))


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    table = corpora()
    parser = argparse.ArgumentParser(prog="python -m eval.compare", description=__doc__)
    parser.add_argument("set", choices=sorted(table), metavar="SET")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    args = parser.parse_args(argv)
    corpus = table[args.set]
    if not corpus.present:
        print(f"error: {corpus.name} is not here ({corpus.path})", file=sys.stderr)
        return 1
    try:
        items, _ = corpus.items()
        columns = [(path.stem, outcome(corpus, items, path)) for path in args.files]
    except (SetError, PredictionError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    _show(corpus, columns)
    return 0


def _show(corpus: Corpus, columns: Sequence[tuple[str, Outcome]]) -> None:
    shown = Table("figure", title=f"{corpus.name}: stored outputs")
    for name, _ in columns:
        shown.add_column(name, justify="right")
    values = [found.values() for _, found in columns]
    for figure in dict.fromkeys(figure for column in values for figure in column):
        shown.add_row(figure, *(number(column.get(figure)) for column in values))
    unread = (str(found.unread.total()) for _, found in columns)
    shown.add_row("items without a record", *unread)
    console().print(shown)


if __name__ == "__main__":
    sys.exit(main())
