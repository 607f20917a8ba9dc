"""Where what is read goes: the database, and the pages' own bytes beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kronik.errors import KronikError
from kronik.link.copies import Copies
from kronik.store import PageFiles, Store
from kronik.types import Doc, Page, Versions


class Recorder(Protocol):
    """What a batch asks of those who keep what it reads."""

    def has(self, page: Page) -> bool:
        """Whether the page need not be read."""

    def add(self, page: Page, doc: Doc, versions: Versions) -> bool:
        """Keep a page and what was read on it; False, and nothing changes, if that is there."""

    def refuse(self, source: Page | str, error: KronikError) -> None:
        """Remember a page, or a place that gave none, with the reason."""

    @property
    def copied(self) -> int:
        """How many of those added tell what another told."""


@dataclass(slots=True)
class Record:
    """New pages into a store: each page once, with its bytes if there are ``files``.

    ``given`` is what the caller knew better than the pages, as JSON.
    """

    store: Store
    files: PageFiles | None = None
    copies: Copies | None = None
    given: str | None = None
    copied: int = 0

    def has(self, page: Page) -> bool:
        """Whether a page of these bytes is stored."""
        return self.store.has(page.id)

    def add(self, page: Page, doc: Doc, versions: Versions) -> bool:
        """Keep the bytes first: a record without them could not be read again."""
        self._keep(page)
        added = self.store.add(page, doc, versions, copies=self.copies, given=self.given)
        self.copied += bool(added and added.copy)
        return bool(added)

    def refuse(self, source: Page | str, error: KronikError) -> None:
        """Into quarantine; the bytes too, so that it can be tried again without their source."""
        if isinstance(source, Page):
            self._keep(source)
        self.store.refuse(source, error)

    def _keep(self, page: Page) -> None:
        if self.files:
            self.files.keep(page.id, page.body)
