"""How inputs are read: which columns, which records of an archive, and who fetches addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from kronik.errors import InputError
from kronik.types import Page

Found: TypeAlias = Iterator[Page | InputError]
"""Pages as they come, and in its place the error of each that cannot be read."""

HTML = ("text/html", "application/xhtml+xml")
"""Media types under which servers send articles."""


class Opener(Protocol):
    """What fetches from the web: the rooms below it read files without knowing how."""

    def pages(self, address: str) -> Found:
        """The page at an address; of a feed or sitemap, the pages that it lists."""

    def items(self, body: bytes, where: str) -> Found:
        """The pages that a feed or sitemap lists, which was read from ``where``."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What the caller says of the inputs, beyond their names."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Our field -> the column of a table, or the key of a JSONL record, that holds it."""
    urls: re.Pattern[str] | None = None
    """Records of a web archive are taken where this is found in their address."""
    mimes: tuple[str, ...] = HTML
    """Records of a web archive are taken if sent as one of these media types."""
    web: Opener | None = None
    """None: addresses and feeds are refused."""
