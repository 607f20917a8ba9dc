"""The one place where measuring calls Kronik."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import kronik
from eval.nouns import Item
from kronik import pipeline
from kronik.errors import InputError, KronikError
from kronik.exchange import contract
from kronik.kit import Kit
from kronik.settings import Settings
from kronik.sources.records import records
from kronik.types import Versions

Json = dict[str, Any]


def load(threads: int = 0) -> Kit:
    """Kronik as shipped; 0 threads lets the network decide."""
    return Kit.load(Settings(threads=threads))


def predict(items: Iterable[Item], kit: Kit) -> Iterator[Json]:
    """The contract's record of every item, through the door that a caller's JSONL takes.

    An item that cannot be read yields ``{"uid", "refused"}`` with the reason instead.
    """
    versions = Versions(kronik.__version__, kit.net.sha256, kit.codebook.version)
    for item in items:
        try:
            yield _record(item, kit, versions)
        except KronikError as error:
            yield {"uid": item.id, "refused": str(error)}


def demo_page() -> Path:
    """The article that Kronik ships for a first look."""
    return Path(str(files("kronik"))) / "demo" / "news-id-2043-11-27.txt"


def to_line(value: object) -> str:
    """One line of JSON, with its line break."""
    return "".join(contract.jsonl([value]))


def _record(item: Item, kit: Kit, versions: Versions) -> Json:
    fields = {"id": item.id, "text": item.text, "lang": item.lang}
    known = {"title": item.title, "published": item.date}
    line = to_line(fields | {key: value for key, value in known.items() if value})
    (page,) = records([line.encode()], item.id)
    if isinstance(page, InputError):
        raise page
    return contract.record(pipeline.code(page, kit), versions)
