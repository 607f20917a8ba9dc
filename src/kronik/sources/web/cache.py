"""What was fetched, on disk: bodies by their SHA-256, and an entry for each address.

A file comes into being whole or not at all, an entry after its body, and every body is checked
when it is read: a process may be killed, or a disk fail, at any moment. Whatever is damaged counts
as not there.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec
import zstandard

from kronik.errors import StoreError
from kronik.types import Page


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server tells whether a page has changed (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A page as it was fetched, and when its site last said that it is still this one."""

    page: Page
    validators: Validators
    checked_at: float
    """Seconds since 1970."""


class Cache:
    """Pages under a folder, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, address: str) -> Held | None:
        """What is held for an address, if it is there and whole."""
        try:
            held = msgspec.json.decode(self._entry(address).read_bytes(), type=Held)
            body = zstandard.decompress(self._body(held.page.id).read_bytes())
        except (OSError, msgspec.DecodeError, zstandard.ZstdError, UnicodeDecodeError):
            return None
        if sha256(body).hexdigest() != held.page.id:
            return None
        return replace(held, page=replace(held.page, body=body))

    def put(self, address: str, page: Page, validators: Validators) -> None:
        """Hold a page for an address, as confirmed now. Raises ``StoreError`` on a full disk."""
        held = Held(replace(page, body=b""), validators, time.time())
        try:
            _write(self._body(page.id), zstandard.compress(page.body))
            _write(self._entry(address), msgspec.json.encode(held))
        except OSError as error:
            what = f"the cache of pages cannot be written: {error.strerror or error}"
            remedy = "make room there, or name another folder"
            raise StoreError(what, where=str(self._folder), remedy=remedy) from error

    def sweep(self, days: float) -> None:
        """Drop what was not written or confirmed for so many days."""
        oldest = time.time() - days * 86_400
        for path in self._folder.glob("*/??/*"):
            with suppress(OSError):  # another process may sweep, too
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _entry(self, address: str) -> Path:
        key = sha256(address.encode()).hexdigest()
        return self._folder / "addresses" / key[:2] / f"{key}.json"

    def _body(self, page_id: str) -> Path:
        return self._folder / "bodies" / page_id[:2] / f"{page_id}.zst"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
