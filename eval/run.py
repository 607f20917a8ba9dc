"""The one place where measuring calls Kronik."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import kronik
from eval.nouns import Item
from eval.readers.pages import PageItem
from kronik import pipeline, work
from kronik.errors import InputError, KronikError
from kronik.exchange import contract
from kronik.kit import Kit
from kronik.settings import Settings
from kronik.sources.records import records
from kronik.steps import clean
from kronik.steps.clean import Overrides
from kronik.types import Doc, Page, Versions

Json = dict[str, Any]


def load(threads: int = 0) -> Kit:
    """Kronik as shipped, to read so many items at once; 0 is one for each core."""
    return Kit.load(Settings(threads=threads))


def predict(items: Iterable[Item], kit: Kit) -> Iterator[Json]:
    """The contract's record of every item in order, through the door that a caller's JSONL takes.

    An item that cannot be read yields ``{"uid", "refused"}`` with the reason instead.
    """
    versions = Versions(kronik.__version__, kit.net.sha256, kit.codebook.version)

    def told(item: Item) -> Json:
        try:
            return contract.record(article(item, kit), versions)
        except KronikError as error:
            return {"uid": item.id, "refused": str(error)}

    with ThreadPoolExecutor(work.at_once(kit.settings)) as pool:
        yield from pool.map(told, items)


def demo_page() -> Path:
    """The article that Kronik ships for a first look."""
    return Path(str(files("kronik"))) / "demo" / "news-id-2043-11-27.txt"


def to_line(value: object) -> str:
    """One line of JSON, with its line break."""
    return "".join(contract.jsonl([value]))


def article(item: Item, kit: Kit) -> Doc:
    """The item as Kronik reads it, with all layers. Raises ``KronikError`` for one that it refuses
    or breaks on."""
    return pipeline.code(page(item), kit)


def cleaned(item: PageItem, kit: Kit) -> Doc:
    """A web page's article, with nothing coded yet.

    Raises ``InputError`` for a page that is refused.
    """
    key = sha256(item.source).hexdigest()
    found = Page(key, item.id, "text/html", item.source, url=item.url)
    return clean.article(found, kit, Overrides(lang=item.lang))


def page(item: Item) -> Page:
    """The item as a caller's JSONL would bring it in; raises ``InputError`` for one it refuses."""
    fields = {"id": item.id, "text": item.text, "lang": item.lang}
    known = {"title": item.title, "published": item.date}
    line = to_line(fields | {key: value for key, value in known.items() if value})
    (found,) = records([line.encode()], item.id)
    if isinstance(found, InputError):
        raise found
    return found
