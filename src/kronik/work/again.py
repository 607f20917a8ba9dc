"""Stored pages read again by a newer network, and refused ones tried again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from itertools import groupby

import msgspec

from kronik import sources
from kronik.errors import InputError, KronikError, StoreError
from kronik.steps.clean import Overrides
from kronik.store import Kept, PageFiles, Store
from kronik.types import Doc, Page, Versions, stable_id
from kronik.work.batch import Batch
from kronik.work.jobs import Job, adding, hands, shipped
from kronik.work.progress import Found, watched
from kronik.work.report import Report


@dataclass(slots=True)
class Rereading:
    """What a later reading says of pages that are stored; known are those of which it says the
    same."""

    store: Store
    copied: int = 0

    def has(self, page: Page) -> bool:  # noqa: ARG002  only what is due is asked for
        """No page that is due was read by this version."""
        return False

    def add(self, page: Page, doc: Doc, versions: Versions) -> bool:  # noqa: ARG002
        """Put the reading beside the earlier one; False where it says the same."""
        return self.store.reread(doc, versions)

    def refuse(self, source: Page | str, error: KronikError) -> None:
        """Told in the report alone: what an earlier version read of the page stays."""


def reread(store: Store, job: Job) -> Report:
    """Read every page again that another version of the program, the network or the codebook
    read, from its bytes beside the database. What it says anew supersedes what was said."""
    versions, files = shipped(), PageFiles.beside(store.path)
    due = sorted(store.due(versions), key=_given)
    reports = []
    for given, kept in groupby(due, key=_given):
        overrides = msgspec.json.decode(given, type=Overrides) if given else Overrides()
        overrides = replace(overrides, reading=stable_id("r", *astuple(versions)))
        batch = Batch(hands(replace(job, overrides=overrides)), versions, Rereading(store))
        for _ in batch.docs(watched(_bodies(kept, files), batch.report, None)):
            pass
        reports.append(batch.report())
    return _together(reports)


def retry(store: Store, job: Job) -> Report:
    """Try every page in quarantine again: from its bytes where they were kept, else from the place
    it stood in. What can be read now leaves the quarantine."""
    tried = dict(store.refused())
    batch = adding(store, job)
    pages = _refused(tried, PageFiles.beside(store.path), job)
    for _ in batch.docs(watched(pages, batch.report, None)):
        pass
    report = batch.report()
    store.pardon(sorted(tried.keys() - {refusal.origin for refusal in report.refused}))
    return report


def _refused(tried: dict[str, Page | None], files: PageFiles, job: Job) -> Iterator[Found]:
    for origin, page in tried.items():
        if page and files.has(page.id):
            yield from _bodies([Kept(page, None)], files)
        else:
            yield from sources.pages([sources.file_of(origin)], job.settings, job.ways)


def _bodies(kept: Iterable[Kept], files: PageFiles) -> Iterator[Found]:
    for one in kept:
        try:
            yield replace(one.page, body=files.read(one.page.id))
        except StoreError as error:
            yield InputError(error.what, where=one.page.place, remedy=error.remedy)


def _given(kept: Kept) -> str:
    return kept.given or ""


def _together(reports: Iterable[Report]) -> Report:
    """One report of several batches, one after another."""
    whole = Report(0, 0, (), 0.0)
    for one in reports:
        whole = Report(
            whole.read + one.read,
            whole.known + one.known,
            whole.refused + one.refused,
            whole.seconds + one.seconds,
            whole.copied + one.copied,
        )
    return whole
