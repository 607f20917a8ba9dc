"""``python -m eval.gate``: no watched figure may fall below its floor in ``floors.json``."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from eval import clean, run
from eval.corpora import Corpus, SetError, corpora
from eval.evaluate import evaluate
from eval.readers.pages import PageSet, PageSetError, page_sets
from kronik.errors import KronikError

FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.005
"""A figure this little below its floor still passes: arithmetic differs between machines."""
MARGIN = 0.01
"""``--raise`` leaves this much room below the score."""

Values = Mapping[str, float | None]
Watchable = Corpus | PageSet
Measure = Callable[[Watchable], Values]


@dataclass(frozen=True, slots=True)
class Watched:
    """One set: the hash of its bytes when the floors were set, and the floors by figure."""

    sha256: str
    floors: dict[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """A floor that was lowered, or a set that was replaced, on purpose."""

    date: str
    name: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Floors:
    """The file: watched sets by name, and every deliberate change so far."""

    sets: dict[str, Watched]
    changes: list[Change] = field(default_factory=list)


class GateError(Exception):
    """An order that the gate does not follow."""


def load(path: Path) -> Floors:
    """Read ``floors.json``."""
    table = json.loads(path.read_text(encoding="utf-8"))
    sets = {name: Watched(**row) for name, row in table["sets"].items()}
    return Floors(sets, [Change(**row) for row in table["changes"]])


def save(floors: Floors, path: Path) -> None:
    """Write ``floors.json``."""
    text = json.dumps(asdict(floors), indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def complaints(name: str, watched: Watched, values: Values) -> list[str]:
    """Every figure of a set that is below its floor, or has no value at all."""
    found = []
    for figure, floor in watched.floors.items():
        value = values.get(figure)
        if value is None:
            found.append(f"{name}/{figure} has no value; its floor is {floor:.3f}")
        elif value < floor - TOLERANCE:
            found.append(f"{name}/{figure} is {value:.3f}, below its floor {floor:.3f}")
    return found


def raised(watched: Watched, values: Values) -> Watched:
    """Floors lifted to the values less the margin; none is lowered."""
    lifted = {
        figure: max(floor, round((values.get(figure) or 0.0) - MARGIN, 3))
        for figure, floor in watched.floors.items()
    }
    return replace(watched, floors=lifted)


def lowered(floors: Floors, name: str, value: float, reason: str) -> Floors:
    """Floors with ``SET/FIGURE`` at ``value``, and the change on record with today's date."""
    set_name, _, figure = name.partition("/")
    watched = floors.sets.get(set_name)
    if watched is None or figure not in watched.floors:
        raise GateError(f"no floor is named {name}")
    before = watched.floors[figure]
    if value >= before:
        raise GateError(f"{value} does not lower {name}, which is at {before}")
    changed = replace(watched, floors=watched.floors | {figure: value})
    change = Change(_today(), name, str(before), str(value), reason)
    return Floors(floors.sets | {set_name: changed}, [*floors.changes, change])


def accepted(floors: Floors, corpus: Watchable, reason: str) -> Floors:
    """Floors that stand on the set's bytes as they are now, and the change on record."""
    watched = floors.sets.get(corpus.name)
    if watched is None:
        raise GateError(f"no floors are set on {corpus.name}")
    now = corpus.sha256()
    change = Change(_today(), corpus.name, watched.sha256, now, reason)
    sets = floors.sets | {corpus.name: replace(watched, sha256=now)}
    return Floors(sets, [*floors.changes, change])


def check(
    floors: Floors, table: Mapping[str, Watchable], measure: Measure
) -> tuple[Floors, list[str]]:
    """Measure what is here: the floors as they could be raised, and every complaint."""
    sets, found = dict(floors.sets), []
    for name, watched in floors.sets.items():
        corpus = table[name]
        if not corpus.present:
            print(f"skipped: {name} is not here ({corpus.path})")
        elif corpus.sha256() != watched.sha256:
            found.append(f"{name} has changed: its floors were set on other bytes (see --accept)")
        else:
            values = measure(corpus)
            found += complaints(name, watched, values)
            sets[name] = raised(watched, values)
            print(f"measured: {name}, {len(watched.floors)} figures")
    return replace(floors, sets=sets), found


def main(
    argv: Sequence[str] | None = None, path: Path = FLOORS, measure: Measure | None = None
) -> int:
    """Run from the command line; 1 where a figure is below its floor or a set has changed."""
    args = _parser().parse_args(argv)
    floors, table = load(path), corpora() | page_sets()
    try:
        if args.lower or args.accept:
            save(_ordered(floors, table, args), path)
            return 0
        best, found = check(floors, table, measure or _measure)
    except (GateError, SetError, PageSetError, KronikError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for complaint in found:
        print(complaint, file=sys.stderr)
    if args.raise_ and not found:
        save(best, path)
    return 1 if found else 0


def _ordered(floors: Floors, table: Mapping[str, Watchable], args: argparse.Namespace) -> Floors:
    if not args.reason or not args.reason.strip():
        raise GateError("say why: --reason TEXT")
    if args.lower:
        name, value = args.lower
        try:
            return lowered(floors, name, float(value), args.reason)
        except ValueError as error:
            raise GateError(f"{value!r} is not a number") from error
    if args.accept not in table or not table[args.accept].present:
        raise GateError(f"{args.accept} is not here")
    return accepted(floors, table[args.accept], args.reason)


def _measure(corpus: Watchable) -> Values:
    if isinstance(corpus, PageSet):
        return clean.values(corpus, run.load())
    items, _ = corpus.items()
    return evaluate(corpus, items, run.predict(items, run.load())).values()


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.gate", description=__doc__)
    orders = parser.add_mutually_exclusive_group()
    orders.add_argument(
        "--raise", dest="raise_", action="store_true", help="lift floors to the current scores"
    )
    orders.add_argument("--lower", nargs=2, metavar=("SET/FIGURE", "VALUE"), help="lower a floor")
    orders.add_argument("--accept", metavar="SET", help="keep the floors on a set that changed")
    parser.add_argument("--reason", metavar="TEXT", help="why, for --lower and --accept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
