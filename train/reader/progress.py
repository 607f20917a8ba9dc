"""What a training run shows and leaves behind: a progress line, and curves as TSV."""

from __future__ import annotations

import sys
import time
from collections import deque
from pathlib import Path
from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar


class Progress:
    """A bar with ETA on a terminal; a line every half minute where the output is piped."""

    def __init__(self, name: str, total: int) -> None:
        self._name, self._total = name, total
        self._bar: Bar | None = None
        self._next = 0.0
        self._began: tuple[float, int] | None = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Bar(*columns, TimeRemainingColumn(), TextColumn("{task.fields[note]}"))
            self._task = self._bar.add_task(self._name, total=self._total, note="")
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def to(self, step: int, note: str = "") -> None:
        """Say how far it is."""
        if self._bar:
            self._bar.update(self._task, completed=step, note=note)
            return
        now = time.monotonic()
        self._began = self._began or (now, step)
        if now >= self._next or step == self._total:
            self._next = now + 30
            rate = (now - self._began[0]) / max(1, step - self._began[1])
            left = (self._total - step) * rate / 60
            print(
                f"{self._name} {step}/{self._total} {note} ({left:.1f} min left)",
                file=sys.stderr,
                flush=True,
            )


class Log:
    """A TSV of one row a step, with running means over the last fifty."""

    def __init__(self, path: Path, columns: tuple[str, ...], kept: int = 0) -> None:
        self._columns = columns
        self._recent: dict[str, deque[float]] = {name: deque(maxlen=50) for name in columns}
        rows = path.read_text().splitlines()[: kept + 1] if kept and path.exists() else []
        path.write_text("\n".join(rows or ["\t".join(columns)]) + "\n")
        self._file = path.open("a", buffering=1)

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, step: int, *values: float) -> None:
        """Write a row."""
        row = (step, *values)
        for name, value in zip(self._columns, row, strict=True):
            self._recent[name].append(value)
        self._file.write("\t".join(f"{value:.6g}" for value in row) + "\n")

    def mean(self, column: str) -> float:
        """Mean of the last fifty values."""
        values = self._recent[column]
        return sum(values) / max(1, len(values))
