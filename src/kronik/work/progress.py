"""How far a batch has come, on a terminal; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

from kronik.errors import InputError
from kronik.types import Page
from kronik.work.report import Report

Found: TypeAlias = Page | InputError

_PACKED = (".gz", ".bz2", ".xz", ".zip", ".zst", ".wacz", ".parquet")


def watched(
    pages: Iterable[Found], told: Callable[[], Report], total: int | None
) -> Iterator[Found]:
    """The same pages, with progress on standard error where that is a terminal: what became of
    them (``told``), a rate, and the time left where the ``total`` of bytes to come is known."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from pages
        return
    columns = (_Counts(told), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, redirect_stdout=False) as bar:
        task = bar.add_task("", total=total)
        for page in pages:
            yield page
            bar.advance(task, len(page.body) if isinstance(page, Page) else 0)


def prints_itself(stored: bool) -> bool:
    """Whether what is read appears on the same terminal, and so shows the progress."""
    return not stored and sys.stdout.isatty()


class _Counts(ProgressColumn):
    def __init__(self, told: Callable[[], Report]) -> None:
        super().__init__()
        self._told = told

    def render(self, task: Task) -> Text:
        now = self._told()
        rate = now.read / (task.elapsed or 1)
        copied = f" ({now.copied} copies)" if now.copied else ""
        counts = f"{now.read} read{copied}, {now.known} known, {len(now.refused)} refused"
        return Text(f"{counts}, {rate:.1f}/s")


def size(inputs: Sequence[str]) -> int | None:
    """The bytes of all inputs; None where that cannot be known before they are read."""
    files: list[Path] = []
    try:
        for path in map(Path, inputs):
            if not path.exists():
                return None
            files += path.rglob("*") if path.is_dir() else [path]
        if any(file.suffix in _PACKED for file in files):
            return None
        return sum(file.stat().st_size for file in files if file.is_file())
    except (OSError, ValueError):  # nothing that can be opened: told when it is read
        return None
