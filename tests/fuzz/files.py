"""Readers of files, by their one door ``sources.pages``; of some, on to the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from kronik.errors import InputError, KronikError, NotFetched
from kronik.settings import Settings
from kronik.sources import Ways, pages
from kronik.sources.kinds import HEAD, media_type
from kronik.sources.web.cache import Validators
from kronik.sources.web.client import Answer, Client
from kronik.sources.web.opener import Web
from kronik.steps.clean import article
from kronik.types import Doc, Page
from tests.steps.readable import kit

_SETTINGS = Settings(max_bytes=30_000, max_copied=300_000)
"""Small, so that inputs come to the limits."""
_ARTICLES = Settings(max_bytes=110_000)
"""Large, so that it shows where time grows with the square of a page."""
_KIT = kit(max_chars=90_000)
_NAMED = Ways(columns={"text": "isi", "published": "tanggal"}, mimes=("text/html", "text/plain"))
_VARYING = re.compile(r"'[^']*'|\"[^\"]*\"|[\d,.]+|[^\x00-\x7f]+")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.A)
_MOST = 20
"""Pages of one input of which the article is read, or lines where each is for itself."""


def kinds(body: bytes, folder: Path) -> Iterator[str]:
    """What kind of file this is."""
    for named in ((), ("isi",)):
        try:
            yield media_type(body[:HEAD], "fuzz", named)
        except InputError as error:
            yield told(error)


@dataclass(frozen=True, slots=True)
class Files:
    """Reads a file in each of these ways; ``cleaned``: and the articles of its pages."""

    ways: tuple[Ways, ...] = (Ways(),)
    settings: Settings = _SETTINGS
    cleaned: bool = False

    def __call__(self, body: bytes, folder: Path) -> Iterator[str]:
        path = folder / "page"
        path.write_bytes(body)
        for way in self.ways:
            for number, found in enumerate(pages([str(path)], self.settings, way)):
                yield told(found)
                if self.cleaned and isinstance(found, Page) and number < _MOST:
                    yield _cleaned(found)


named = Files((Ways(), _NAMED))
tables = Files((Ways(), _NAMED), cleaned=True)
articles = Files(settings=_ARTICLES, cleaned=True)


def feeds(body: bytes, folder: Path) -> Iterator[str]:
    """A feed on disk and at an address; every sitemap that it leads to is the feed itself."""
    limits = replace(_SETTINGS.web, items=40, sitemaps=5)
    web = Web(cast(Client, _Mirror(body)), limits)
    yield from Files((Ways(web=web),))(body, folder)
    yield from map(told, web.pages("https://kabar.example/feeds/all"))


class _Mirror:
    """A client whose every answer is the same; some addresses have none."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def get(self, address: str) -> Answer:
        if len(address) % 5 == 0:
            raise NotFetched("404", where=address, remedy="none")
        name = sha256(self._body).hexdigest()
        page = Page(name, address, "text/html", self._body, url=address)
        return Answer(page, Validators(), False)


def told(found: Page | InputError) -> str:
    """How a page or its refusal is called; raises ``AssertionError`` for one that breaks its
    promises: what is told can be printed and stored, and says a remedy."""
    if isinstance(found, InputError):
        return refused(found)
    assert found.id == sha256(found.body).hexdigest(), "a page's id is its hash"
    said: list[Any] = [found.origin, found.url, found.where, found.fetched_at, found.media_type]
    for header in found.fetch.headers if found.fetch else ():
        said += header
    _printable(said)
    return found.media_type


def lines(body: bytes, errors: str = "replace") -> list[str]:
    """The first lines of an input that is read line by line."""
    return body.decode("utf-8", errors).split("\n")[:_MOST]


def refused(error: KronikError) -> str:
    """How a refusal is called; raises ``AssertionError`` for one that does not say what is amiss,
    where, and the remedy, in a text that can be printed."""
    assert error.what, "an error says what is amiss"
    assert error.remedy, "an error says the remedy"
    assert error.where is not None, "an error says where"
    str(error).encode()
    return f"{type(error).__name__}: {_VARYING.sub('#', error.what)[:40]}"


def _cleaned(page: Page) -> str:
    try:
        doc = article(page, _KIT)
    except InputError as error:
        return told(error)
    _sound(doc)
    return f"{doc.lang} {bool(doc.title):d}{bool(doc.bylines):d}{doc.published_precision}"


def _sound(doc: Doc) -> None:
    assert doc.text.strip(), "an article has a text"
    if doc.published is not None:
        said = _DAY.fullmatch(doc.published)
        assert said, f"{doc.published!r} is no date"
        date(int(said[1]), int(said[2] or 1), int(said[3] or 1))
    _printable([doc.text, doc.title, doc.url, doc.canonical, doc.outlet, doc.section])
    _printable([doc.dateline, *doc.bylines, *(note.what for note in doc.notes)])


def _printable(said: list[Any]) -> None:
    for one in said:
        assert one is None or isinstance(one, str), f"{one!r} is no text"
        (one or "").encode()
