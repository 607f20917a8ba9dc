"""Who reads the pages of a batch: one after another, or several at once, in threads or processes.

Pages come out as they went in, whoever read them and in whatever order they were done.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import wait
from typing import Protocol

from kronik.errors import StepError
from kronik.types import Doc, Page

Code = Callable[[Page], Doc]


class Hands(Protocol):
    """What a batch asks of those who read for it."""

    @property
    def ahead(self) -> int:
        """How many pages may be begun before the first of them is waited for."""

    def begin(self, page: Page) -> Future[Doc]:
        """Have a page read."""

    def finish(self, page: Page, reading: Future[Doc]) -> Doc:
        """The document of a page that was begun; raises what reading it raised."""

    def close(self) -> None:
        """Let go of all that is not begun, and wait for the rest."""


@dataclass(slots=True)
class Threads:
    """``many`` threads of this process. The network lets others run while it works."""

    code: Code
    many: int = 1
    _pool: Executor = field(init=False)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.many)

    @property
    def ahead(self) -> int:
        """One thread hands a page on before the next is asked for."""
        return 2 * self.many if self.many > 1 else 1

    def begin(self, page: Page) -> Future[Doc]:
        """Have a page read."""
        return self._pool.submit(self.code, page)

    def finish(self, page: Page, reading: Future[Doc]) -> Doc:  # noqa: ARG002  threads do not die
        """The document of a page that was begun."""
        return reading.result()

    def close(self) -> None:
        """Wait for what was begun."""
        self._pool.shutdown(cancel_futures=True)


@dataclass(slots=True)
class Processes:
    """``many`` processes, each with a network of its own; ``code`` can be pickled.

    A page that kills its process, or holds it up for more than ``seconds``, is read once more in a
    process of its own, so that it alone is blamed; those that died beside it are read again.
    """

    code: Code
    many: int
    seconds: float
    _pool: ProcessPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self._pool = _pool(self.many)

    @property
    def ahead(self) -> int:
        """Enough that no process waits for another, and no more pages than that in memory."""
        return 3 * self.many

    def begin(self, page: Page) -> Future[Doc]:
        """Have a page read; in new processes, where those before have died."""
        reading = partial(_timed, self.code, self.seconds)
        try:
            return self._pool.submit(reading, page)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = _pool(self.many)
            return self._pool.submit(reading, page)

    def finish(self, page: Page, reading: Future[Doc]) -> Doc:
        """The document of a page that was begun. Raises ``StepError`` for one that kills."""
        try:
            return reading.result()
        except BrokenProcessPool:
            return self._alone(page)

    def _alone(self, page: Page) -> Doc:
        with _pool(1) as apart:
            try:
                return apart.submit(partial(_timed, self.code, self.seconds), page).result()
            except BrokenProcessPool as error:
                what = f"the process that read it died, or was at it for {self.seconds:g} seconds"
                raise StepError("read", what, where=page.place) from error

    def close(self) -> None:
        """Wait for what was begun."""
        self._pool.shutdown(cancel_futures=True)


def _pool(many: int) -> ProcessPoolExecutor:
    # A forked copy of a process with threads can hang; a spawned one starts clean everywhere.
    return ProcessPoolExecutor(many, multiprocessing.get_context("spawn"), _begin_work)


def _begin_work() -> None:
    """In a new process: leave the keyboard to the parent, and die when it dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _timed(code: Code, seconds: float, page: Page) -> Doc:
    """Read a page within so many seconds, or die: no other end comes to a loop in C code."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  a descriptor is all that is wanted
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            return code(page)
        finally:
            faulthandler.cancel_dump_traceback_later()
