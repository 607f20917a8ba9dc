"""The health of watched sources: when each was polled, what came, and which have gone silent."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from kronik.store.faults import explained

State = Literal["new", "good", "failing", "silent"]

PATIENCE = 3
"""How many of its usual gaps a source may be late before it is called silent."""
_DAY = timedelta(days=1)
_REMEMBERED = 90 * _DAY

_WATCH = """
INSERT INTO sources (name, url, since, silent_after) VALUES (:name, :url, :at, :silent_after)
ON CONFLICT (name) DO UPDATE SET silent_after = excluded.silent_after, url = excluded.url,
    etag = iif(url = excluded.url, etag, NULL),
    last_modified = iif(url = excluded.url, last_modified, NULL)
"""
_POLLED = """
UPDATE sources SET polled_at = :at, failures = 0, etag = :etag, last_modified = :last_modified,
    last_failure = coalesce(:fault, last_failure)
WHERE name = :name
"""
_FAILED = """
UPDATE sources SET polled_at = :at, failures = failures + 1, last_failure = :what
WHERE name = :name
"""
_CAME = "UPDATE sources SET items = items + 1, last_item_at = :at WHERE name = :name"
_COUNTED = """
INSERT INTO source_days (name, day, items) VALUES (:name, substr(:at, 1, 10), 1)
ON CONFLICT (name, day) DO UPDATE SET items = items + 1
"""
_SOURCES = """
SELECT name, url, since, silent_after, polled_at, last_item_at, items, failures, last_failure
FROM sources WHERE :name IS NULL OR name = :name ORDER BY name
"""
_DAYS = "SELECT day, items FROM source_days WHERE name = :name AND day >= :since ORDER BY day"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A watched source. Times are ISO 8601 in UTC, stretches of time are seconds."""

    name: str
    url: str
    state: State
    """``new`` was never polled; ``silent`` has had no new item for longer than it should have;
    ``failing`` could not be polled when last tried."""
    polled_at: str | None
    last_item_at: str | None
    items: int
    """All that ever came."""
    items_a_day_7: float
    """Over the last seven days, or as many as it has been watched."""
    items_a_day_30: float
    failures: int
    """In a row, up to the last poll."""
    last_failure: str | None
    """When, and what; also what was broken about a poll that brought its items all the same."""
    usual_gap: int | None
    """None as long as nothing is usual."""
    silent_for: int | None
    """From the last new item, or the first sight of the source, to the last poll."""
    silent_after: int
    """When that is called silence: three usual gaps, or what the list of sources allows."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What is known of a source before it is polled."""

    at: str | None
    failures: int
    etag: str | None
    last_modified: str | None


def _now() -> datetime:
    return datetime.now(UTC)


class Health:
    """The tables ``sources`` and ``source_days``. Every method raises ``StoreError``."""

    def __init__(
        self, db: sqlite3.Connection, where: str, clock: Callable[[], datetime] = _now
    ) -> None:
        self._db = db
        self._where = where
        self._clock = clock

    def watch(self, name: str, url: str, silent_after: int) -> Polled:
        """Enter a source, or its new address or patience; what was known of it before."""
        values = {"name": name, "url": url, "silent_after": silent_after, "at": self._at()}
        with self._explained():
            self._db.execute(_WATCH, values)
            known = "SELECT polled_at, failures, etag, last_modified FROM sources WHERE name = ?"
            return Polled(*self._db.execute(known, [name]).fetchone())

    def polled(
        self,
        name: str,
        etag: str | None = None,
        last_modified: str | None = None,
        fault: str | None = None,
    ) -> None:
        """A poll that was answered, if not without fault; its validators are for the next."""
        at = self._at()
        validators = {"etag": etag, "last_modified": last_modified}
        told = {"name": name, "at": at, "fault": fault and f"{at} {fault}"}
        with self._explained():
            self._db.execute(_POLLED, told | validators)

    def failed(self, name: str, what: str) -> None:
        """A poll that was not."""
        with self._explained():
            at = self._at()
            self._db.execute(_FAILED, {"name": name, "at": at, "what": f"{at} {what}"})

    def came(self, name: str) -> None:
        """A new item."""
        values = {"name": name, "at": self._at()}
        with self._explained(), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(_CAME, values)
            self._db.execute(_COUNTED, values)

    def rows(self, name: str | None = None) -> Iterator[SourceRow]:
        """Every source that was ever watched, by name; or the one of this name."""
        with self._explained():
            found = self._db.execute(_SOURCES, {"name": name})
            found.row_factory = sqlite3.Row
            known = found.fetchall()
        yield from map(self._row, known)

    def _row(self, known: sqlite3.Row) -> SourceRow:
        days = self._days(known["name"])
        gap = usual_gap(days, datetime.fromisoformat(known["since"]).date())
        patience = max(timedelta(seconds=known["silent_after"]), PATIENCE * (gap or timedelta()))
        quiet = _between(known["last_item_at"] or known["since"], known["polled_at"])
        return SourceRow(
            name=known["name"],
            url=known["url"],
            state=_state(quiet, patience, known["failures"]),
            polled_at=known["polled_at"],
            last_item_at=known["last_item_at"],
            items=known["items"],
            items_a_day_7=self._a_day(days, known["since"], 7),
            items_a_day_30=self._a_day(days, known["since"], 30),
            failures=known["failures"],
            last_failure=known["last_failure"],
            usual_gap=None if gap is None else round(gap.total_seconds()),
            silent_for=None if quiet is None else round(quiet.total_seconds()),
            silent_after=round(patience.total_seconds()),
        )

    def _days(self, name: str) -> list[tuple[date, int]]:
        since = (self._clock() - _REMEMBERED).date().isoformat()
        with self._explained():
            found = self._db.execute(_DAYS, {"name": name, "since": since}).fetchall()
        return [(date.fromisoformat(day), items) for day, items in found]

    def _a_day(self, days: Sequence[tuple[date, int]], since: str, last: int) -> float:
        now = self._clock()
        items = sum(items for day, items in days if day > (now - last * _DAY).date())
        watched = (now - datetime.fromisoformat(since)) / _DAY
        return round(items / min(last, max(1.0, watched)), 1)

    def _at(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _explained(self) -> AbstractContextManager[None]:
        return explained(self._where)


def usual_gap(days: Sequence[tuple[date, int]], since: date) -> timedelta | None:
    """How far apart new items usually come; None where too few came to say.

    A source that brings items on most days has so many a day. One that does not has the days
    between: a weekly that prints twenty articles on a Friday is not late on Saturday. What was
    found at the first sight of a source had gathered before, and does not count.
    """
    usual = [(day, items) for day, items in days if day != since]
    apart = [(later - day).days for (day, _), (later, _) in pairwise(usual)]
    if not apart:
        return None
    if median(apart) > 1:
        return median(apart) * _DAY
    whole = (usual[-1][0] - usual[0][0]) + _DAY
    return whole / sum(items for _, items in usual)


def _between(earlier: str, later: str | None) -> timedelta | None:
    if later is None:
        return None
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier)


def _state(quiet: timedelta | None, patience: timedelta, failures: int) -> State:
    if quiet is None:
        return "new"
    if quiet > patience:
        return "silent"
    return "failing" if failures else "good"
