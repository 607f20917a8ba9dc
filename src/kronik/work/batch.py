"""A batch: many pages, one after another. A bad page never stops the rest."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

from kronik import __version__, pipeline, sources
from kronik.errors import InputError, KronikError, StepError
from kronik.kit import Kit
from kronik.settings import Settings
from kronik.steps.clean import Overrides
from kronik.store import Store
from kronik.types import Doc, Page, Versions

Found = Page | InputError
_Begun = tuple[Found, Future[Doc] | None]

DEMO = Path(__file__).parent / "demo"
"""Articles of our own writing to try Kronik on."""
MOST = 8
"""Pages read at once unless more are asked for: beyond that, Python itself holds them up."""
_PACKED = (".gz", ".bz2", ".xz", ".zip", ".zst")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that could not be read: the place it stands in, the step that broke, the remedy."""

    origin: str
    step: str
    reason: str
    remedy: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a batch: pages read, pages the store held already, pages refused."""

    read: int
    known: int
    refused: tuple[Refusal, ...]
    seconds: float


@dataclass(slots=True)
class Batch:
    """Reads pages by ``code`` into a store, if there is one, and counts what becomes of each.

    ``code`` raises ``InputError`` or ``StepError`` for a page that it cannot read: that page
    goes to quarantine. Any other error ends the batch; what was stored before stays.

    Up to ``threads`` pages are read at once. What comes out, and in which order, does not depend
    on it: pages come out as they went in, and only the caller's thread touches the store.
    """

    code: Callable[[Page], Doc]
    versions: Versions
    store: Store | None = None
    threads: int = 1
    read: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)
    _since: float = field(default_factory=time.monotonic)

    def docs(self, pages: Iterable[Found]) -> Iterator[Doc]:
        """Every article that is new, as soon as it, and those before it, are read and stored."""
        with ThreadPoolExecutor(self.threads) as pool:
            for page, reading in self._ahead(pages, pool):
                if isinstance(page, InputError):
                    self._refuse(page.where or "-", page)
                elif reading is None:
                    self.known += 1
                elif doc := self._read(page, reading):
                    yield doc

    def _ahead(self, pages: Iterable[Found], pool: ThreadPoolExecutor) -> Iterator[_Begun]:
        """Every page with its reading, begun while those before it are waited for."""
        waiting: deque[_Begun] = deque()
        for page in pages:
            waiting.append((page, self._begin(page, pool)))
            if len(waiting) >= (2 * self.threads if self.threads > 1 else 1):
                yield waiting.popleft()
        yield from waiting

    def _begin(self, page: Found, pool: ThreadPoolExecutor) -> Future[Doc] | None:
        if isinstance(page, InputError) or (self.store and self.store.has(page.id)):
            return None
        return pool.submit(self.code, page)

    def report(self) -> Report:
        """What has become of the pages so far."""
        seconds = time.monotonic() - self._since
        return Report(self.read, self.known, tuple(self.refused), seconds)

    def _read(self, page: Page, reading: Future[Doc]) -> Doc | None:
        try:
            doc = reading.result()
            if self.store and not self.store.add(page, doc, self.versions):
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
        if self.store:
            self.store.refuse(source, error)


def batch(kit: Kit, store: Store | None = None, overrides: Overrides | None = None) -> Batch:
    """A batch read by the pipeline as shipped."""
    versions = Versions(__version__, kit.net.sha256, kit.codebook.version)
    code = partial(pipeline.code, kit=kit, overrides=overrides)
    return Batch(code, versions, store, at_once(kit.settings))


def at_once(settings: Settings) -> int:
    """How many pages are read side by side."""
    return settings.threads or min(os.cpu_count() or 1, MOST)


def docs(inputs: Sequence[str], kit: Kit, batch: Batch) -> Iterator[Doc]:
    """Every new article of the inputs, as soon as it is read, with progress on a terminal."""
    return batch.docs(_watched(sources.pages(inputs, kit.settings), batch, inputs))


def run(
    inputs: Sequence[str], store: Store, kit: Kit, overrides: Overrides | None = None
) -> Report:
    """Read all inputs into a store. Raises ``StoreError`` where that cannot go on."""
    adding = batch(kit, store, overrides)
    for _ in docs(inputs, kit, adding):
        pass
    return adding.report()


def _watched(pages: Iterable[Found], batch: Batch, inputs: Sequence[str]) -> Iterator[Found]:
    """The same pages, with progress on standard error where that is a terminal.

    Articles that are printed on the same terminal show the progress themselves. ``inputs`` tell
    how many bytes are to come; where they do not, there is no estimate of the time left.
    """
    console = Console(stderr=True)
    if not console.is_terminal or (batch.store is None and sys.stdout.isatty()):
        yield from pages
        return
    columns = (_Counts(batch), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, redirect_stdout=False) as bar:
        task = bar.add_task("", total=_bytes(inputs))
        for page in pages:
            yield page
            bar.advance(task, len(page.body) if isinstance(page, Page) else 0)


class _Counts(ProgressColumn):
    def __init__(self, batch: Batch) -> None:
        super().__init__()
        self._batch = batch

    def render(self, task: Task) -> Text:
        now = self._batch.report()
        rate = now.read / (task.elapsed or 1)
        counts = f"{now.read} read, {now.known} known, {len(now.refused)} refused"
        return Text(f"{counts}, {rate:.1f}/s")


def _bytes(inputs: Sequence[str]) -> int | None:
    """The size of all inputs; None where that cannot be known before they are read."""
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
