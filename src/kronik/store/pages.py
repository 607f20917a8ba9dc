"""The bytes of pages as they came, each in a file of its own named after their SHA-256."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import zstandard

from kronik.errors import StoreError

_REFETCH = "read the page again from where it came: kronik add INPUT"


@dataclass(frozen=True, slots=True)
class PageFiles:
    """Pages on disk, compressed: ``folder/ab/abcdef….zst``.

    Written whole or not at all, so that a kill leaves no half of one. The same bytes are kept once.
    """

    folder: Path

    @classmethod
    def beside(cls, database: Path) -> PageFiles:
        """Those of a database: ``kronik.db`` has its pages in ``kronik.db.pages``."""
        return cls(database.with_name(f"{database.name}.pages"))

    def keep(self, page_id: str, body: bytes) -> None:
        """Write one page's bytes; nothing happens if they are there. Raises ``StoreError``."""
        path = self._path(page_id)
        if path.exists():
            return
        half = path.with_suffix(f".{os.getpid()}.half")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(zstandard.compress(body))
            half.replace(path)
        except OSError as error:
            remedy = "free some space or check the folder's permissions; --no-keep-pages leaves out"
            what = f"the page cannot be kept: {error.strerror}"
            raise StoreError(what, where=str(path), remedy=remedy) from error

    def has(self, page_id: str) -> bool:
        """Whether these bytes are kept."""
        return self._path(page_id).exists()

    def read(self, page_id: str) -> bytes:
        """The bytes as they came. Raises ``StoreError`` where they are not kept or not the same."""
        path = self._path(page_id)
        try:
            with zstandard.open(path, "rb") as packed:
                body = bytes(packed.read())
        except FileNotFoundError as error:
            raise StoreError("this page was not kept", where=str(path), remedy=_REFETCH) from error
        except (OSError, zstandard.ZstdError) as error:
            raise StoreError(f"damaged: {error}", where=str(path), remedy=_REFETCH) from error
        if sha256(body).hexdigest() != page_id:
            raise StoreError("damaged: other bytes", where=str(path), remedy=_REFETCH)
        return body

    def _path(self, page_id: str) -> Path:
        return self.folder / page_id[:2] / f"{page_id}.zst"
