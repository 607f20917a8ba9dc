"""Readers of what pages are made of: characters, JSON-LD, dates, addresses, selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import lxml.html

from kronik import lang
from kronik.errors import InstallError
from kronik.steps.clean import dates, metadata, selectors, sites
from kronik.steps.clean.addresses import apart, canonical, page_below
from kronik.steps.clean.encoding import decode, legible, served
from kronik.steps.clean.layout import host
from kronik.types import Fetch
from tests.fuzz.files import lines, refused

_PACKS = tuple(lang.get(code) for code in lang.CODES)
_PAGE = (Path(__file__).parent / "seeds" / "html" / "story.html").read_text(encoding="utf-8")
_URL = "https://kabar.example/daerah/a"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 400
"""Characters of a selector that is tried."""


def encodings(body: bytes, folder: Path) -> Iterator[str]:
    """Bytes as characters; the first line is the charset that a server names."""
    label, _, rest = body.partition(b"\n")
    header = ("content-type", f"text/html; charset={label.decode('latin-1')}")
    named = served(Fetch(_URL, headers=(header,)))
    text = legible(decode(rest, named))
    text.encode()
    assert "\r" not in text, "lines break one way"
    yield f"{named or ''} {text.isascii()} {chr(0xFFFD) in text}"[:40]


def jsonld(body: bytes, folder: Path) -> Iterator[str]:
    """What a page declares that has this for its JSON-LD."""
    text = body.decode("utf-8", "replace")
    markup = f"<html><h1>Judul</h1><script type='application/ld+json'>{text}</script></html>"
    said = metadata.read(lxml.html.document_fromstring(markup), _URL)
    for one in (said.title, said.window, said.published, said.site, said.section, said.url):
        assert one is None or isinstance(one, str), f"{one!r} is no text"
        (one or "").encode()
    assert all(isinstance(name, str) and name for name in said.authors), "authors have names"
    yield f"{bool(said.title)} {bool(said.published)} {len(said.authors)} {bool(said.section)}"


def days(body: bytes, folder: Path) -> Iterator[str]:
    """Dates, a line each, whichever language comes first."""
    for line in lines(body):
        for packs in (_PACKS, _PACKS[::-1]):
            found = dates.find(line, packs)
            if found:
                assert 0 <= found.start < found.end <= len(line), "a date stands in its line"
            for one in (found and found.published, dates.parse(line, packs)):
                if one:
                    _is_date(one)
                yield one.precision if one else "none"


def _is_date(one: dates.Published) -> None:
    whole = one.value + {"day": "", "month": "-01", "year": "-01-01"}[one.precision]
    assert _ISO.fullmatch(whole), f"{one.value!r} is not ISO 8601"
    date.fromisoformat(whole)


def addresses(body: bytes, folder: Path) -> Iterator[str]:
    """The addresses of articles, a line each, and whether one is a page of the one before."""
    article = _URL
    for line in lines(body):
        for one in (canonical(line), host(line)):
            (one or "").encode()
        found = apart(line)
        yield f"{found and found.page} {page_below(line, article)} {bool(found and found.query)}"
        article = found.article if found else article


def chosen(body: bytes, folder: Path) -> Iterator[str]:
    """Selectors, a line each, and what they find on a page."""
    tree = lxml.html.document_fromstring(_PAGE)
    for line in lines(body):
        try:
            selector = selectors.parse(line[:_LONGEST])
        except ValueError as error:
            yield f"ValueError: {str(error).partition(': ')[2][:16]}"
        else:
            yield f"{len(selector.elements(tree))} {len(list(selector.texts(tree)))}"


def site_files(body: bytes, folder: Path) -> Iterator[str]:
    """A site's file, and what it finds on a page."""
    shelf = folder / "sites"
    shelf.mkdir(exist_ok=True)
    (shelf / "kabar.toml").write_bytes(body)
    try:
        loaded = sites.load(shelf)
    except InstallError as error:
        yield refused(error)
        return
    (site,) = loaded.sites
    tree = lxml.html.document_fromstring(_PAGE)
    marked = loaded.of(None, tree) is site
    sites.first(tree, site.title + site.date)
    sites.every(tree, site.byline + site.section)
    sites.prune(tree, site)
    yield f"{marked} {sites.body(tree, site) is not None}"
