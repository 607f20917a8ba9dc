"""A batch: many pages, one after another. A bad page never stops the rest."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

from kronik.errors import InputError, KronikError, StepError
from kronik.types import Doc, Page, Versions
from kronik.work.hands import Hands
from kronik.work.progress import Found
from kronik.work.record import Recorder
from kronik.work.report import Refusal, Report

_Begun = tuple[Found, Future[Doc] | None]


@dataclass(slots=True)
class Batch:
    """Has pages read by ``hands``, kept by a ``record`` if there is one, and counts what becomes
    of each.

    A page for which reading raises ``InputError`` or ``StepError`` goes to quarantine. Any other
    error ends the batch; what was kept before stays. What comes out, and in which order, does not
    depend on the hands; only the caller's thread touches the record.
    """

    hands: Hands
    versions: Versions
    record: Recorder | None = None
    read: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)
    _since: float = field(default_factory=time.monotonic)

    def docs(self, pages: Iterable[Found]) -> Iterator[Doc]:
        """Every article that is new, as soon as it, and those before it, are read and kept."""
        try:
            for page, reading in self._ahead(pages):
                if isinstance(page, InputError):
                    self._refuse(page.where or "-", page)
                elif reading is None:
                    self.known += 1
                elif doc := self._read(page, reading):
                    yield doc
        finally:
            self.hands.close()

    def _ahead(self, pages: Iterable[Found]) -> Iterator[_Begun]:
        """Every page with its reading, begun while those before it are waited for."""
        waiting: deque[_Begun] = deque()
        for page in pages:
            waiting.append((page, self._begin(page)))
            if len(waiting) >= self.hands.ahead:
                yield waiting.popleft()
        yield from waiting

    def _begin(self, page: Found) -> Future[Doc] | None:
        if isinstance(page, InputError) or (self.record and self.record.has(page)):
            return None
        return self.hands.begin(page)

    def report(self) -> Report:
        """What has become of the pages so far."""
        seconds = time.monotonic() - self._since
        copied = self.record.copied if self.record else 0
        return Report(self.read, self.known, tuple(self.refused), seconds, copied)

    def _read(self, page: Page, reading: Future[Doc]) -> Doc | None:
        try:
            doc = self.hands.finish(page, reading)
            if self.record and not self.record.add(page, doc, self.versions):
                self.known += 1
                return None
        except (InputError, StepError) as error:
            self._refuse(page, error)
            return None
        self.read += 1
        return doc

    def _refuse(self, source: Page | str, error: KronikError) -> None:
        place = source.place if isinstance(source, Page) else source
        self.refused.append(Refusal(place, error.step, error.what, error.remedy))
        if self.record:
            self.record.refuse(source, error)
