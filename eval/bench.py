"""``python -m eval.bench``: how fast Kronik reads, and in how much memory."""

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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.table import Table

from eval import run
from eval.corpora import SetError, corpora
from eval.nouns import Item, Reading
from eval.report import console
from kronik.errors import KronikError

SOURCES = ("dev-id", "authored-id")
"""Where articles come from: the first of these sets that is here."""
WORDS = 350
"""Length of an article, as Indonesian political news has it."""
STARTS = 5


@dataclass(frozen=True, slots=True)
class Bench:
    """What was measured. Times are wall clock, in seconds; memory in MiB."""

    date: str
    cpu: str
    python: str
    threads: int
    articles_from: str
    articles: int
    words: int
    refused: int
    load_seconds: float
    documents_per_second: float
    words_per_second: float
    peak_rss_mib: float
    cold_start_seconds: float


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


def measure(threads: int, starts: int = STARTS) -> Bench:
    """Load Kronik, read all articles once after a warm-up, and start it cold a few times."""
    pin(threads)
    source = next(c for name in SOURCES if (c := corpora()[name]).present)
    texts = list(articles(source.items()[0]))
    began = time.perf_counter()
    kit = run.load(threads)
    loaded = time.perf_counter()
    for _ in run.predict(texts[:1], kit):
        pass
    warm = time.perf_counter()
    refused = 0
    for record in run.predict(texts, kit):
        run.to_line(record)
        refused += "refused" in record
    seconds = time.perf_counter() - warm
    words = sum(len(item.text.split()) for item in texts)
    return Bench(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        cpu=cpu(),
        python=platform.python_version(),
        threads=threads,
        articles_from=source.name,
        articles=len(texts),
        words=words,
        refused=refused,
        load_seconds=round(loaded - began, 2),
        documents_per_second=round(len(texts) / seconds, 2),
        words_per_second=round(words / seconds, 1),
        peak_rss_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        cold_start_seconds=round(cold_start(starts), 2),
    )


def cold_start(times: int) -> float:
    """Median wall time of ``kronik read`` of one page in a new process.

    Raises ``subprocess.CalledProcessError`` where the command fails.
    """
    command = [sys.executable, "-m", "kronik", "read", str(run.demo_page())]
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def pin(cores: int) -> None:
    """Keep this process, and those it starts, on so many cores, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, allowed[:cores])


def cpu() -> str:
    """The processor's name."""
    table = Path("/proc/cpuinfo")
    if table.exists():
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--threads", type=int, default=1, help="cores and threads, 1 as a rule")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    args = parser.parse_args(argv)
    if args.threads < 1:
        parser.error("--threads must be at least 1")
    try:
        bench = measure(args.threads)
    except (SetError, KronikError, OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(asdict(bench), indent=2))
        return 0
    table = Table("figure", "value", title="Kronik, from clean text to record")
    for name, value in asdict(bench).items():
        table.add_row(name.replace("_", " "), str(value))
    console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
