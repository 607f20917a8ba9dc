"""``python -m eval.bench``: how fast Kronik reads, how near to the machine's limit, in how much
memory."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from rich.table import Table

from eval import limit, run
from eval.corpora import SetError, corpora
from eval.limit import Limit
from eval.nouns import Item, Reading
from eval.report import console
from kronik.errors import KronikError
from kronik.kit import Kit
from kronik.net.reader import WEIGHTS
from kronik.types import Span

T = TypeVar("T")

SOURCES = ("dev-id", "authored-id")
"""Where articles come from: the first of these sets that is here."""
WORDS = 350
"""Length of an article, as Indonesian political news has it."""
ROUNDS = 5
"""How often each is read: one reading of them all is over too soon to be timed well. What Kronik
remembers of words makes the later ones 3 % faster."""
STARTS = 5
COMMON = ("date", "cpu", "python", "articles_from", "articles", "words", "weights_mb")
"""Fields that are told once, above the table: they are alike however many cores there are."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured. Times are wall clock; MB are 10⁶ bytes, MiB 2²⁰, a GMAC 10⁹
    multiply-adds."""

    date: str
    cpu: str
    python: str
    articles_from: str
    articles: int
    words: int
    weights_mb: float
    threads: int
    pinned: bool
    refused: int
    articles_per_second: float
    words_per_second: float
    peak_rss_mib: float
    load_seconds: float
    cold_start_seconds: float
    limit: Limit


@dataclass(frozen=True, slots=True)
class Reads:
    """What reading gave: ``sentences`` of each article, none of one that was refused."""

    sentences: list[list[Span]]
    refused: int
    seconds: float


def articles(items: Iterable[Item], words: int = WORDS) -> Iterator[Item]:
    """The sentences of all items in order, put together anew to articles of so many words.

    A last one that stays short is left out, so that all are alike.
    """
    lines: list[str] = []
    count = number = 0
    for item in items:
        for span in item.gold.sentences:
            line = span.of(item.text)
            lines.append(line)
            count += len(line.split())
            if count >= words:
                number += 1
                yield Item(f"bench-{number}", "\n".join(lines), item.lang, Reading(), item.date)
                lines, count = [], 0


def measure(threads: int) -> Bench:
    """Load Kronik, read the articles after a warm-up, so many at once, and start it cold a few
    times. What it says of memory and load time holds in a process that did nothing before."""
    source = next(c for name in SOURCES if (c := corpora()[name]).present)
    texts = list(articles(source.items()[0]))
    began = time.perf_counter()
    kit = run.load(threads)
    loaded = time.perf_counter() - began
    read(texts[:threads], kit)
    reads = read(texts * ROUNDS, kit)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(item.text.split()) for item in texts)
    rate = len(texts) * ROUNDS / reads.seconds
    return Bench(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        cpu=cpu(),
        python=platform.python_version(),
        articles_from=source.name,
        articles=len(texts),
        words=words,
        weights_mb=megabytes(WEIGHTS),
        threads=threads,
        pinned=len(cores()) == threads,
        refused=reads.refused,
        articles_per_second=round(rate, 2),
        words_per_second=round(rate * words / len(texts), 1),
        peak_rss_mib=round(rss, 1),
        load_seconds=round(loaded, 2),
        cold_start_seconds=round(cold_start(STARTS), 2),
        limit=Limit.of(sums(texts, reads, kit), limit.peak(), threads, rate),
    )


def sums(texts: Sequence[Item], reads: Reads, kit: Kit) -> float:
    """Multiply-adds of the network an article, on average."""
    cut = zip(texts, reads.sentences, strict=False)  # the first round is as good as any
    return statistics.mean(limit.article(item.text, found, kit.net) for item, found in cut)


def read(texts: Sequence[Item], kit: Kit) -> Reads:
    """Every article from clean text to a line of JSON."""
    sentences = []
    refused = 0
    began = time.perf_counter()
    for record in run.predict(texts, kit):
        run.to_line(record)
        refused += "refused" in record
        sentences.append(record.get("sentences", []))
    seconds = time.perf_counter() - began
    return Reads([[Span(*ends) for ends in found] for found in sentences], refused, seconds)


def cold_start(times: int) -> float:
    """Median wall time of ``kronik read`` of one page in a new process, in seconds.

    Raises ``subprocess.CalledProcessError`` where the command fails.
    """
    command = [sys.executable, "-m", "kronik", "read", str(run.demo_page())]
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def megabytes(folder: Path) -> float:
    """Size of the weights and what lies beside them, in MB of 10⁶ bytes."""
    return round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6, 1)


def apart(threads: int, work: Callable[[int], T]) -> T:
    """What ``work(threads)`` gives in a new process.

    It keeps to so many cores from its start, since threads that a library begins as it is
    imported keep the cores of that moment. Where the system cannot do that it runs anywhere.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    try:
        if allowed:
            os.sched_setaffinity(0, cores()[:threads])
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            return pool.submit(work, threads).result()
    finally:
        if allowed:
            os.sched_setaffinity(0, allowed)


def cores() -> list[int]:
    """Processors that this process may run on, but one only of those that share a core."""
    if not hasattr(os, "sched_getaffinity"):
        return list(range(os.cpu_count() or 1))
    first: dict[str, int] = {}
    for number in sorted(os.sched_getaffinity(0)):
        shared = Path(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list")
        first.setdefault(shared.read_text() if shared.exists() else str(number), number)
    return list(first.values())


def cpu() -> str:
    """The processor's name."""
    table = Path("/proc/cpuinfo")
    if table.exists():
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def counts(text: str) -> list[int]:
    """ "1,2" as numbers of cores; raises ``argparse.ArgumentTypeError`` for what is not here."""
    here = len(cores())
    found = [int(part) if part.strip().isdecimal() else 0 for part in text.split(",")]
    if any(not 1 <= number <= here for number in found):
        raise argparse.ArgumentTypeError(f"{text!r} is not from 1 to {here}, the cores here")
    return found


def table(benches: Sequence[Bench]) -> Table:
    """A column for each number of cores."""
    made = Table("", title="Kronik, from clean text to record")
    for bench in benches:
        heading = "1 core" if bench.threads == 1 else f"{bench.threads} cores"
        made.add_column(heading, justify="right")
    columns = [asdict(bench) | asdict(bench.limit) for bench in benches]
    for name in columns[0]:
        if name not in {*COMMON, "threads", "limit"}:
            values = ["–" if column[name] is None else str(column[name]) for column in columns]
            made.add_row(name.replace("_", " "), *values)
    return made


def show(benches: Sequence[Bench]) -> None:
    """What is common, then the table, for people."""
    page = console()
    for name in COMMON:
        line = f"{name.replace('_', ' ')}: {getattr(benches[0], name)}"
        page.print(line, soft_wrap=True, highlight=False, markup=False)
    page.print(table(benches))


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument(
        "--threads",
        type=counts,
        default=[1],
        metavar="N[,N...]",
        help="cores to keep to, and articles read at once; of several, each gets its column",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args(argv)
    try:
        benches = [apart(threads, measure) for threads in args.threads]
    except (SetError, KronikError, OSError, subprocess.CalledProcessError, BrokenExecutor) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps([asdict(bench) for bench in benches], indent=2))
    else:
        show(benches)
    if any(bench.limit.peak_gmac_per_core_second is None for bench in benches):
        print(limit.MISSING, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
