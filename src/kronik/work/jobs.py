"""What people ask for, as batches: read and print, add to a store, read again what is stored."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

import msgspec

from kronik import __version__, pipeline, sources
from kronik.codebook import Codebook
from kronik.kit import Kit
from kronik.link.copies import Copies
from kronik.net.card import Card
from kronik.net.reader import WEIGHTS
from kronik.settings import Settings
from kronik.sources.ways import Ways
from kronik.steps.clean import Overrides
from kronik.store import PageFiles, Store
from kronik.types import Doc, Marks, Page, Versions
from kronik.work.batch import Batch
from kronik.work.hands import Hands, Processes, Threads
from kronik.work.progress import Found, prints_itself, size, watched
from kronik.work.record import Record
from kronik.work.report import Report

DEMO = Path(__file__).parents[1] / "demo"
"""Articles of our own writing to try Kronik on."""
MOST = 8
"""Pages read at once unless more are asked for: beyond that, memory is what holds them up."""


@dataclass(frozen=True, slots=True)
class Job:
    """How pages are read: limits, where they may come from, and what the caller knows better."""

    settings: Settings = field(default_factory=Settings)
    ways: Ways = field(default_factory=Ways)
    overrides: Overrides = field(default_factory=Overrides)


def at_once(settings: Settings) -> int:
    """How many pages are read side by side."""
    return settings.threads or min(os.cpu_count() or 1, MOST)


def reading(kit: Kit, overrides: Overrides | None = None) -> Batch:
    """A batch that is read by the pipeline as shipped, in threads, and kept nowhere."""
    code = partial(pipeline.code, kit=kit, overrides=overrides)
    versions = Versions(__version__, kit.net.sha256, kit.codebook.version)
    return Batch(Threads(code, at_once(kit.settings)), versions)


def docs(inputs: Sequence[str], batch: Batch, job: Job) -> Iterator[Doc]:
    """Every new article of the inputs, as soon as it is read, with progress on a terminal."""
    pages: Iterable[Found] = sources.pages(inputs, job.settings, job.ways)
    if not prints_itself(batch.record is not None):
        pages = watched(pages, batch.report, size(inputs))
    return batch.docs(pages)


def add(inputs: Sequence[str], store: Store, job: Job, *, keep: bool = True) -> Report:
    """Read all inputs into a store, on all cores; ``keep`` their bytes beside it.

    Raises ``StoreError`` where that cannot go on. Whatever stops it, the same call goes on.
    """
    batch = adding(store, job, keep=keep)
    for _ in docs(inputs, batch, job):
        pass
    return batch.report()


def adding(store: Store, job: Job, *, keep: bool = True) -> Batch:
    """A batch that puts what it reads into a store."""
    files = PageFiles.beside(store.path) if keep else None
    given = msgspec.json.encode(job.overrides).decode()
    record = Record(store, files, Copies.of(store), given)
    return Batch(hands(job), shipped(), record)


def hands(job: Job) -> Hands:
    """Processes, each with a network; for one at a time, this process itself."""
    code = partial(coded, job.settings, job.overrides)
    many = at_once(job.settings)
    if many == 1:
        return Threads(code)
    return Processes(code, many, job.settings.page_seconds)


def coded(settings: Settings, overrides: Overrides, page: Page) -> Doc:
    """One page, read with what this process has loaded; without the network's marks, which no
    record keeps."""
    return replace(pipeline.code(page, _kit(settings), overrides), marks=Marks())


@cache
def _kit(settings: Settings) -> Kit:
    """Loaded once a process, when its first page comes."""
    return Kit.load(replace(settings, threads=1))


def shipped() -> Versions:
    """What reads in this installation, without loading the network."""
    return Versions(__version__, Card.read(WEIGHTS).net, Codebook.load().version)
