"""Whether this installation can read: every part named, checked and timed."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kronik import __version__, work
from kronik.codebook import Codebook
from kronik.errors import KronikError
from kronik.kit import Kit
from kronik.net import Card
from kronik.net.reader import WEIGHTS

_OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the installation. ``remedy`` is set where the part is not fit."""

    part: str
    found: str
    remedy: str | None = None


def findings(weights: Path = WEIGHTS) -> Iterator[Finding]:
    """Every part of the installation, looked at now; a damaged one does not hide the rest."""
    yield Finding("kronik", __version__)
    yield Finding("python", platform.python_version())
    yield Finding("platform", platform.platform())
    yield Finding("cores", str(os.cpu_count() or "unknown"))
    yield Finding("memory", _memory())
    yield Finding("onnxruntime", version("onnxruntime"))
    yield _sqlite()
    yield from _checked("codebook", _codebook)
    yield from _checked("weights", lambda: _weights(weights))
    yield from _checked("self-test", _self_test)


def _checked(part: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except KronikError as error:
        where = f"{error.where}: " if error.where else ""
        yield Finding(part, f"{where}{error.what}", error.remedy or "install kronik again")


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # not every system tells
        return "unknown"
    return f"{size / 2**30:.1f} GiB"


def _sqlite() -> Finding:
    with closing(sqlite3.connect(":memory:")) as db:
        options = {option for (option,) in db.execute("PRAGMA compile_options")}
    search = "ENABLE_FTS5" in options
    found = f"{sqlite3.sqlite_version}, FTS5 {'yes' if search else 'no'}"
    fit = search and sqlite3.sqlite_version_info >= _OLDEST_SQLITE
    remedy = None if fit else "use a Python with SQLite 3.37 or newer and FTS5"
    return Finding("sqlite", found, remedy)


def _codebook() -> Iterator[Finding]:
    book = Codebook.load()
    yield Finding("codebook", f"{book.version}, {len(book.types)} event types")


def _weights(folder: Path) -> Iterator[Finding]:
    card = Card.read(folder)
    yield Finding("languages", ", ".join(card.languages))
    card.check(folder)
    for name, digest in card.weights.items():
        size = (folder / name).stat().st_size / 2**20
        yield Finding(
            "weights", f"{folder / name}, {size:.1f} MiB, sha256 {digest[:12]} as should be"
        )


def _self_test() -> Iterator[Finding]:
    kit = Kit.load()
    batch = work.reading(kit)
    articles = list(work.docs([str(work.DEMO)], batch, work.Job(kit.settings)))
    report = batch.report()
    found = sum(len(article.quotes) + len(article.events) for article in articles)
    each = 1000 * report.seconds / max(1, report.read)
    told = f"{report.read} articles, {found} quotes and events, {each:.0f} ms an article"
    sound = found and not report.refused
    yield Finding("self-test", told, None if sound else "install kronik again")
