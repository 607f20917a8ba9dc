"""``python -m eval.clean [SET ...]``: how well and how fast pages become articles.

Kronik's clean step beside plain trafilatura, on the same pages and in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import trafilatura
from rich.console import Console
from rich.table import Table

from eval import report, run
from eval.readers.pages import Article, PageItem, PageSet, PageSetError, page_sets
from eval.score import bodies
from eval.score.bodies import Cleaned
from eval.score.tally import Tallies
from kronik.errors import InputError, KronikError
from kronik.kit import Kit

Cleaner = Callable[[PageItem], Cleaned]
KRONIK = "kronik"
SHOWN = 110
"""Characters of a stretch that is lost or too many; its middle is left out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one cleaner made of a set; ``rate`` is pages a second of one core's time."""

    pages: str
    cleaner: str
    items: Sequence[PageItem]
    found: Sequence[Cleaned]
    tallies: Sequence[Tallies]
    rate: float

    def values(self) -> dict[str, float | None]:
        """Every figure."""
        return bodies.figures(self.tallies)


def kronik_cleaner(kit: Kit, item: PageItem) -> Cleaned:
    """The clean step; a page that it refuses has no text."""
    try:
        doc = run.cleaned(item, kit)
    except InputError as error:
        return Cleaned(refused=str(error))
    told = {field: getattr(doc, field) for field in bodies.FIELDS.values()}
    return Cleaned(doc.text, **told)


def plain_cleaner(item: PageItem, *, precise: bool = False) -> Cleaned:
    """``trafilatura.extract`` with its defaults, or with ``favor_precision``."""
    return Cleaned(trafilatura.extract(item.source, favor_precision=precise) or "")


def cleaners(kit: Kit) -> Mapping[str, Cleaner]:
    """Who is compared, by name."""
    return {
        KRONIK: partial(kronik_cleaner, kit),
        "trafilatura": plain_cleaner,
        "trafilatura, precise": partial(plain_cleaner, precise=True),
    }


def measure(pages: str, items: Sequence[PageItem], name: str, clean: Cleaner) -> Outcome:
    """Clean every page, and then once more with the clock running."""
    found = [clean(item) for item in items]
    return Outcome(pages, name, items, found, _scored(name, items, found), rate(items, clean))


def rate(items: Sequence[PageItem], clean: Cleaner) -> float:
    """Pages a second by the time that this process computes, whatever else the machine does.

    Call it when every page has been cleaned before: tables that a rare page needs are loaded then.
    """
    began = time.process_time()
    for item in items:
        clean(item)
    return len(items) / max(time.process_time() - began, 1e-9)


def values(pages: PageSet, kit: Kit) -> dict[str, float | None]:
    """Kronik's figures on a set, for the gate. Raises ``PageSetError``."""
    items = pages.items()
    found = [kronik_cleaner(kit, item) for item in items]
    return bodies.figures(_scored(KRONIK, items, found))


def show(console: Console, outcomes: Iterable[Outcome]) -> None:
    """One table of all figures, and below it the pages that were refused."""
    table = Table("set", "pages", "figure", title="Pages to articles")
    columns: dict[str, None] = {}
    kept = list(outcomes)
    for outcome in kept:
        columns[outcome.cleaner] = None
    for name in columns:
        table.add_column(name, justify="right")
        table.add_column("95 %", justify="right")
    for pages in dict.fromkeys(outcome.pages for outcome in kept):
        _rows(table, [outcome for outcome in kept if outcome.pages == pages])
        table.add_section()
    console.print(table)
    for outcome in kept:
        for item, found in zip(outcome.items, outcome.found, strict=True):
            if found.refused:
                console.print(f"refused: {outcome.pages}/{item.id}: {found.refused}", markup=False)


def details(console: Console, outcome: Outcome) -> None:
    """A line a page, then what it lost (-), has too many (+) and tells otherwise (=)."""
    told = zip(outcome.items, outcome.found, outcome.tallies, strict=True)
    for item, found, tallies in told:
        amiss = list(_amiss(item, found, tallies))
        sums = bodies.figures([tallies])
        scores = ", ".join(
            f"{name} {report.number(value)}"
            for name, value in sums.items()
            if name.startswith(("tokens", "segments"))
        )
        console.print(f"{outcome.pages}/{item.id}: {scores}", markup=False, highlight=False)
        for line in amiss:
            console.print(f"    {line}", markup=False, highlight=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; 0 when everything asked for was measured."""
    table = page_sets()
    args = _arguments(argv, table)
    chosen = [table[name] for name in args.sets] or list(table.values())
    absent = [pages for pages in chosen if not pages.present]
    console = report.console()
    try:
        by_name = _compared(cleaners(run.load(1)), args)
        outcomes = [
            measure(pages.name, items, name, clean)
            for pages in chosen
            if pages.present
            for items in [_told(pages.items(), args)]
            for name, clean in by_name.items()
        ]
    except (PageSetError, KronikError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if args.details:
        for outcome in outcomes:
            if outcome.cleaner == args.details:
                details(console, outcome)
    if args.json:
        print(json.dumps([_row(outcome) for outcome in outcomes], indent=2))
    else:
        show(console, outcomes)
    for pages in absent:
        print(f"skipped: {pages.name} is not here ({pages.path})", file=sys.stderr)
    return 1 if args.sets and absent else 0


def _compared(by_name: Mapping[str, Cleaner], args: argparse.Namespace) -> Mapping[str, Cleaner]:
    return {KRONIK: by_name[KRONIK]} if args.alone else by_name


def _told(items: Sequence[PageItem], args: argparse.Namespace) -> Sequence[PageItem]:
    return [replace(item, url=None) for item in items] if args.saved else items


def _scored(name: str, items: Sequence[PageItem], found: Sequence[Cleaned]) -> list[Tallies]:
    """The tallies of each page; of trafilatura's, those of the text alone."""
    pairs = zip(found, items, strict=True)
    return [bodies.score(page, item.gold, fields=name == KRONIK) for page, item in pairs]


def _rows(table: Table, outcomes: Sequence[Outcome]) -> None:
    """The figures of one set, a column a cleaner."""
    figures = [outcome.values() for outcome in outcomes]
    ranges = [bodies.intervals(outcome.tallies) for outcome in outcomes]
    first = outcomes[0].pages, str(len(outcomes[0].items))
    for name in figures[0]:
        cells = []
        for told, between in zip(figures, ranges, strict=True):
            low_high = between.get(name)
            middle = f"{low_high[0]:.3f}–{low_high[1]:.3f}" if low_high else ""
            cells += [report.number(told.get(name)), middle]
        table.add_row(*first, name, *cells)
        first = "", ""
    rates = [cell for outcome in outcomes for cell in (f"{outcome.rate:.1f}", "")]
    table.add_row(*first, "pages/s, one core", *rates)


def _row(outcome: Outcome) -> dict[str, object]:
    return {
        "set": outcome.pages,
        "cleaner": outcome.cleaner,
        "pages": len(outcome.items),
        "pages_per_core_second": round(outcome.rate, 1),
        "figures": outcome.values(),
    }


def _amiss(item: PageItem, found: Cleaned, tallies: Tallies) -> Iterable[str]:
    if found.refused:
        yield f"= refused: {found.refused}"
    if not isinstance(item.gold, Article):
        yield from (f"- {_short(part)}" for part in item.gold.wanted if part not in found.text)
        yield from (f"+ {_short(part)}" for part in item.gold.unwanted if part in found.text)
        return
    for told in bodies.differences(found.text, "\n".join(item.gold.body)):
        yield f"{'-' if told.lost else '+'} {_short(told.words)}"
    for name, tally in tallies.items():
        if name in bodies.FIELDS and not tally.hit:
            get = bodies.FIELDS[name]
            yield f"= {name}: {getattr(found, get)!r}, not {getattr(item.gold, get)!r}"


def _short(words: str) -> str:
    half = SHOWN // 2
    return words if len(words) <= SHOWN else f"{words[:half]} … {words[-half:]}"


def _arguments(argv: Sequence[str] | None, table: Mapping[str, PageSet]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.clean", description=__doc__)
    known = ", ".join(table)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {known}; all if none is named")
    parser.add_argument(
        "--details",
        nargs="?",
        const=KRONIK,
        metavar="CLEANER",
        help="what is lost and what is too many, page by page",
    )
    parser.add_argument(
        "--saved", action="store_true", help="as of saved files: their addresses are not told"
    )
    parser.add_argument("--alone", action="store_true", help="Kronik without trafilatura beside")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args(argv)
    if unknown := [name for name in args.sets if name not in table]:
        parser.error(f"no such set: {', '.join(unknown)} (known: {known})")
    return args


if __name__ == "__main__":
    sys.exit(main())
