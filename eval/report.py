"""Outcomes as tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from eval import calibration
from eval.calibration import Judged
from eval.corpora import Corpus
from eval.evaluate import Outcome
from eval.score.events import NOTHING
from eval.score.tally import Tally, total

SHOWN_REASONS = 5
SHOWN_CONFUSIONS = 20
WIDE = 1000
"""Columns where nobody looks on: more than any table has, so that no name is cut."""


def console() -> Console:
    """As wide as the terminal; into a pipe or a file, as wide as the tables are."""
    return Console(width=None if sys.stdout.isatty() else WIDE)


def show(console: Console, outcomes: Sequence[Outcome], absent: Iterable[Corpus]) -> None:
    """One table of all figures, and below it what was skipped, lost or refused."""
    table = Table("set", "items", "figure", title="Kronik on public and authored sets")
    for column in ("P", "R", "F1 / share", "95 %"):
        table.add_column(column, justify="right")
    for outcome in outcomes:
        _figures(table, outcome)
        table.add_section()
    console.print(table)
    for corpus in absent:
        console.print(f"skipped: {corpus.name} is not here ({corpus.path})")
    for outcome in outcomes:
        _reasons(console, outcome)


def details(console: Console, outcome: Outcome) -> None:
    """Scores by class and outlet, which types are taken for which, and what scores are worth."""
    for table in (_classes(outcome), _outlets(outcome), _confusions(outcome)):
        if table.row_count:
            console.print(table)
    for kind, judged in calibration.pooled(outcome.verdicts).items():
        name = f"{outcome.corpus.name}, {kind}"
        console.print(_reliability(name, judged))
        console.print(_trade(name, judged))


def number(value: float | None) -> str:
    """Three decimals; a dash where there was no case."""
    return "–" if value is None else f"{value:.3f}"


def _figures(table: Table, outcome: Outcome) -> None:
    totals, ranges = outcome.totals(), outcome.intervals()
    first = outcome.corpus.name, str(len(outcome.tallies))
    for name, value in outcome.values().items():
        tally = totals.get(name)
        sides = _scores(tally)[:2] if tally and name.endswith("f1") else ("", "")
        low_high = ranges.get(name)
        told = f"{low_high[0]:.3f}–{low_high[1]:.3f}" if low_high else ""
        table.add_row(*first, name, *sides, number(value), told)
        first = "", ""


def _classes(outcome: Outcome) -> Table:
    table = Table("class", title=f"{outcome.corpus.name} by class")
    for column in ("P", "R", "F1", "gold", "predicted"):
        table.add_column(column, justify="right")
    classes = [(name, tally) for name, tally in outcome.totals().items() if "/" in name]
    for name, tally in sorted(classes, key=lambda pair: (pair[0].split("/")[0], -pair[1].gold)):
        table.add_row(name, *_scores(tally), str(tally.gold), str(tally.predicted))
    return table


def _outlets(outcome: Outcome) -> Table:
    table = Table("outlet", title=f"{outcome.corpus.name} by outlet")
    table.add_column("items", justify="right")
    for kind in ("events", "quotes"):
        for column in ("F1", "gold", "predicted"):
            table.add_column(f"{kind} {column}", justify="right")
    for outlet, tallies in outcome.by_outlet().items():
        sums = total(tallies)
        cells = [
            cell
            for figure in ("events.type_f1", "quotes.f1")
            if (tally := sums.get(figure))
            for cell in (number(tally.f1), str(tally.gold), str(tally.predicted))
        ]
        table.add_row(outlet, str(len(tallies)), *cells)
    return table


def _confusions(outcome: Outcome) -> Table:
    table = Table(
        "gold", "predicted", "times", title=f"{outcome.corpus.name}: what is taken for what"
    )
    wrong = [(pair, n) for pair, n in outcome.confusions.most_common() if pair[0] != pair[1]]
    for (gold, predicted), count in wrong[:SHOWN_CONFUSIONS]:
        table.add_row(gold, predicted, str(count))
    table.caption = f'"{NOTHING}" is no event; {SHOWN_CONFUSIONS} most frequent'
    return table


def _reliability(name: str, judged: Judged) -> Table:
    table = Table("score from", title=f"{name}: score and share right")
    for column in ("predicted", "mean score", "share right"):
        table.add_column(column, justify="right")
    for found in calibration.bins(judged):
        cells = str(found.count), number(found.score), number(found.right)
        table.add_row(f"{found.low:.1f}", *cells)
    error, brier = number(calibration.ece(judged)), number(calibration.brier(judged))
    table.caption = f"calibration error {error}, Brier score {brier}"
    return table


def _trade(name: str, judged: Judged) -> Table:
    table = Table("least score", title=f"{name}: what --min-score trades")
    for column in ("P", "R", "F1", "kept"):
        table.add_column(column, justify="right")
    for least, tally in calibration.trade(judged):
        table.add_row(f"{least:.1f}", *_scores(tally), str(tally.predicted))
    return table


def _scores(tally: Tally) -> tuple[str, str, str]:
    return number(tally.precision), number(tally.recall), number(tally.f1)


def _reasons(console: Console, outcome: Outcome) -> None:
    for title, reasons in (("not usable", outcome.lost), ("not read", outcome.unread)):
        for reason, count in reasons.most_common(SHOWN_REASONS):
            console.print(f"{outcome.corpus.name}: {count} {title}: {reason}", highlight=False)
