"""Politeness: one request at a time at a host, and a pause after it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_MOST = 1_000


class Turn:
    """A host's place in the queue: who holds ``lock`` may ask."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.wanted = 0
        """How many hold it or wait for it."""
        self.ready = 0.0
        """When the next request may start, in seconds of ``time.monotonic``."""

    def busy(self, now: float) -> bool:
        """Whether somebody must still wait for it."""
        return self.wanted > 0 or self.ready > now

    def rest(self, seconds: float) -> None:
        """Ask nothing of this host for so long."""
        self.ready = max(self.ready, time.monotonic() + seconds)


class Turns:
    """The turns of all hosts, for any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hosts: dict[str, Turn] = {}

    @contextmanager
    def of(self, host: str, delay: float) -> Iterator[Turn]:
        """Wait for the host's turn, and give it on ``delay`` seconds after the context ends."""
        turn = self._wanted(host)
        try:
            with turn.lock:
                time.sleep(max(0.0, turn.ready - time.monotonic()))
                try:
                    yield turn
                finally:
                    turn.rest(delay)
        finally:
            with self._lock:
                turn.wanted -= 1

    def _wanted(self, host: str) -> Turn:
        with self._lock:
            if len(self._hosts) >= _MOST:
                now = time.monotonic()
                busy = {h: turn for h, turn in self._hosts.items() if turn.busy(now)}
                self._hosts = busy
            turn = self._hosts.setdefault(host, Turn())
            turn.wanted += 1
            return turn
