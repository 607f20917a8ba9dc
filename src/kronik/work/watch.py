"""Watching: feeds polled until somebody says stop, and their new items handed to a batch.

Each source is asked from a thread of its own, so that a slow one holds up no other; whatever
touches the store stays in the thread of the batch.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from math import inf
from random import Random
from threading import Event
from types import FrameType
from typing import Protocol

from kronik.errors import InputError, NotNow
from kronik.sources.web import Validators
from kronik.sources.web.opener import Web
from kronik.store import Health, SourceRow, Store
from kronik.types import Page
from kronik.work.batch import Batch
from kronik.work.hands import Processes
from kronik.work.jobs import Job, adding, coded
from kronik.work.progress import Found
from kronik.work.watchlist import Source

_LONGEST_WAIT = 6 * 3600.0
"""Seconds between two polls of a source that fails, unless its own interval is longer."""
_DEAD = 3
"""A poll ends when so many items in a row could not be fetched for now: the rest waits."""
_MOST = 200
"""New items of one poll: what else is new comes with the next, and news does not wait for what an
archive has gathered."""
_LOOK_UP = 0.5
"""Seconds after which a watch that waits for answers looks whether it is to stop."""


class Stop(Protocol):
    """What says that it is enough; ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Whether to stop."""

    def wait(self, timeout: float) -> bool:
        """Wait for that, or so many seconds."""


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of polling a source once."""

    source: str
    new: int = 0
    lost: int = 0
    """Items that could not be fetched."""
    failure: InputError | None = None
    """Why the source could not be polled."""
    fault: InputError | None = None
    """What is broken about it, though it could be."""
    silent: SourceRow | None = None
    """Its health, where it was found silent and was not before."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """What a source lists; the ``addresses`` are None where nothing has changed."""

    validators: Validators
    addresses: tuple[str, ...] | None = None
    fault: InputError | None = None


@dataclass(slots=True)
class _Standing:
    """A source from one poll to the next."""

    source: Source
    failures: int
    """In a row."""
    due: float
    met: set[str] = field(default_factory=set)
    """Items of its list that need not be asked for again, whether they are in the store or not."""
    silent: bool = False


@dataclass(slots=True)
class _Polling:
    """A poll under way."""

    of: _Standing
    validators: Validators
    waiting: deque[str] = field(default_factory=deque)
    new: int = 0
    lost: int = 0
    dead: int = 0
    """Items in a row that could not be fetched for now."""
    unfinished: bool = False
    """Whether there is more to be had than was: the next poll must see the whole list again."""
    fault: InputError | None = None
    failure: InputError | None = None


_Answer = _Listing | Page | InputError
_Asked = tuple[_Polling, str | None]
"""For which poll, and which item of it: None is the source itself."""


@dataclass(slots=True)
class Watch:
    """Polls sources through ``web``, and keeps ``health`` of what comes of it.

    ``tell`` is called at the end of each poll. ``clock`` counts seconds since 1970.
    """

    sources: Sequence[Source]
    web: Web
    health: Health
    stop: Stop
    tell: Callable[[Poll], None]
    clock: Callable[[], float] = time.time
    chance: Random = field(default_factory=Random)
    _standing: list[_Standing] = field(default_factory=list)

    @property
    def failing(self) -> bool:
        """Whether the last poll of any source failed."""
        return any(standing.failures for standing in self._standing)

    def pages(self, *, once: bool = False) -> Iterator[Found]:
        """New items as they come, and the error of each that cannot be fetched; with ``once``,
        of one poll of each source.

        To be taken by a batch that is done with each before it asks for the next: what a poll
        brought counts as seen when the last of it was taken.
        """
        self._standing = [self._entered(source, once=once) for source in self.sources]
        asked: dict[Future[_Answer], _Asked] = {}
        with ThreadPoolExecutor(len(self.sources)) as pool:
            while not self.stop.is_set():
                for polling in self._begun():
                    asked[pool.submit(self._list, polling)] = (polling, None)
                if not asked:
                    if once:
                        return
                    self.stop.wait(max(0.0, min(one.due for one in self._standing) - self.clock()))
                for answer in islice(wait(asked, _LOOK_UP, FIRST_COMPLETED).done, 1):
                    polling, item = asked.pop(answer)
                    yield from self._taken(polling, item, answer.result())
                    if polling.waiting:
                        item = polling.waiting.popleft()
                        asked[pool.submit(self.web.fetch, item)] = (polling, item)
                    else:
                        self._end(polling, once=once)

    def _entered(self, source: Source, *, once: bool) -> _Standing:
        known = self.health.watch(source.name, source.url, source.silent_after)
        standing = _Standing(source, known.failures, due=self.clock())
        if known.at and not once:
            polled = datetime.fromisoformat(known.at).timestamp()
            standing.due = min(polled, standing.due) + self._pause(standing, None)
        return standing

    def _begun(self) -> Iterator[_Polling]:
        """The sources that are due, which are not due again before they are done."""
        for standing in self._standing:
            if standing.due <= self.clock():
                standing.due = inf
                source = standing.source
                known = self.health.watch(source.name, source.url, source.silent_after)
                yield _Polling(standing, Validators(known.etag, known.last_modified))

    def _list(self, polling: _Polling) -> _Answer:
        """What a source lists now. In a thread of its own: it touches nothing that others do."""
        url = polling.of.source.url
        try:
            answer = self.web.client.get(url, polling.validators)
        except InputError as error:
            return error
        if answer.page is None:
            return _Listing(answer.validators)
        listed = list(self.web.listed(answer.page.body, answer.page.url or url))
        faults = [one for one in listed if isinstance(one, InputError)]
        addresses = tuple(one.url for one in listed if not isinstance(one, InputError))
        if faults and not addresses:
            return faults[0]
        return _Listing(answer.validators, addresses, next(iter(faults), None))

    def _taken(self, polling: _Polling, item: str | None, answer: _Answer) -> Iterator[Found]:
        if isinstance(answer, _Listing):
            self._listed(polling, answer)
        elif item is not None:
            self._fetched(polling, item, answer)
            yield answer
        elif isinstance(answer, InputError):
            polling.failure = answer

    def _listed(self, polling: _Polling, listing: _Listing) -> None:
        polling.validators, polling.fault = listing.validators, listing.fault
        if listing.addresses is None:
            return
        met = polling.of.met
        met &= set(listing.addresses)
        new = (one for one in listing.addresses if one not in met and not self.web.known(one))
        polling.waiting.extend(islice(new, _MOST))
        polling.unfinished = next(new, None) is not None

    def _fetched(self, polling: _Polling, item: str, found: Page | InputError) -> None:
        """Count an item. What may come later is asked for again at the next poll."""
        if isinstance(found, NotNow):
            polling.unfinished = True
            polling.dead += 1
            if polling.dead >= _DEAD:
                polling.failure = found
                polling.waiting.clear()
        else:
            polling.dead = 0
            polling.of.met.add(item)
        if isinstance(found, Page):
            polling.new += 1
            self.health.came(polling.of.source.name)
        else:
            polling.lost += 1

    def _end(self, polling: _Polling, *, once: bool) -> None:
        standing, failure = polling.of, polling.failure
        name = standing.source.name
        if failure:
            standing.failures += 1
            self.health.failed(name, str(failure))
        else:
            standing.failures = 0
            seen = Validators() if polling.unfinished else polling.validators
            fault = str(polling.fault) if polling.fault else None
            self.health.polled(name, seen.etag, seen.last_modified, fault)
        standing.due = inf if once else self.clock() + self._pause(standing, failure)
        silent = self._newly_silent(standing)
        self.tell(Poll(name, polling.new, polling.lost, failure, polling.fault, silent))

    def _pause(self, standing: _Standing, failure: InputError | None) -> float:
        """Seconds to the next poll: twice as many with each failure, never the same for two."""
        interval = standing.source.interval
        pause = min(interval * 2.0 ** min(standing.failures, 20), max(_LONGEST_WAIT, interval))
        asked = failure.after if isinstance(failure, NotNow) else None
        return max(pause, asked or 0.0) * self.chance.uniform(0.9, 1.1)

    def _newly_silent(self, standing: _Standing) -> SourceRow | None:
        (row,) = self.health.rows(standing.source.name)
        before, standing.silent = standing.silent, row.state == "silent"
        return row if standing.silent and not before else None


@dataclass(slots=True)
class _OneByOne(Processes):
    """One process, whose page is waited for before the next is fetched: between two polls no page
    lies about unread, and one that never ends is given up."""

    @property
    def ahead(self) -> int:
        """No page beyond the one that is read."""
        return 1


def reading(store: Store, job: Job, *, keep: bool = True) -> Batch:
    """The batch that takes what a watch brings."""
    single = replace(job, settings=replace(job.settings, threads=1))
    code = partial(coded, single.settings, single.overrides)
    hands = _OneByOne(code, 1, job.settings.page_seconds)
    return replace(adding(store, single, keep=keep), hands=hands)


@contextmanager
def stopped() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set: what is in work is done first. A second one of them
    ends the program at once."""
    stop = Event()
    before: dict[signal.Signals, object] = {}

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  as signals want it
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
