"""A web page: its lines, its article by its site's file or by trafilatura, and what it declares.

What this module imports takes a third of a second to load: ``clean`` waits for the first page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import htmldate
import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from kronik.errors import NoArticle, TooLarge
from kronik.steps.clean import addresses, clutter, metadata, selectors, sites, visible
from kronik.steps.clean.metadata import Declared
from kronik.steps.clean.restore import restored
from kronik.steps.clean.selectors import Selector
from kronik.steps.clean.sites import Site
from kronik.steps.clean.visible import Line

_MOST_TAGS = 50_000
_MOST_LINES = 3_000
_LONG_VALUE = re.compile(r"""=\s*(?:"[^"<>]{2000,}"|'[^'<>]{2000,}')""")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,30})\b[^<>]{10000,}>?")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
_STEP = re.compile(r"\s+[/›»>|]\s+")
_MENU = selectors.parse("li > a")
_REMEDY = "check that the page shows the article; its text alone can be given as plain text"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of its article where its site's file finds it; unknown is ``None``."""

    title: str | None = None
    date: str | None = None
    bylines: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    """The steps of the way to the article."""


@dataclass(frozen=True, slots=True)
class Web:
    """A page taken apart."""

    tree: HtmlElement
    """Without what its site's file says is none of the article."""
    url: str | None
    """Where it was fetched from, or else the address that it declares."""
    everything: Sequence[Line]
    """All that a reader sees, but no more than any article has."""
    declared: Declared
    site: Site | None
    shown: Shown
    body: Sequence[str] | None
    """The lines of the article by its site's file."""


def read(source: str, where: str, url: str | None = None) -> Web:
    """Parse a page.

    ``url`` is where it was fetched from, if that is known. Raises ``TooLarge`` for more tags than
    any article has, ``NoArticle`` for what is no page.
    """
    if source.count("<") > _MOST_TAGS:
        what = f"a page of more than {_MOST_TAGS:,} tags"
        raise TooLarge(what, where=where, remedy="give the article alone")
    tree = _tree(source, where)
    declared = metadata.read(tree, url)
    everything = visible.lines(tree)[:_MOST_LINES]
    site = sites.of(url or declared.url, tree)
    shown = _shown(tree, site) if site else Shown()
    body = _body(tree, site) if site else None
    return Web(tree, url or declared.url, everything, declared, site, shown, body)


@dataclass(frozen=True, slots=True)
class Way:
    """How trafilatura is asked: ``precise`` leaves out what may not belong to the article, tables
    too; ``quick`` asks no second opinion (readability, justext), which takes as long again."""

    precise: bool
    quick: bool


def extracted(tree: HtmlElement, web: Web, way: Way) -> Sequence[str]:
    """The lines of the article by trafilatura, as they stand on the page; none where it fails.
    ``tree`` is the page's without its clutter."""
    try:
        found = trafilatura.bare_extraction(
            tree,
            favor_precision=way.precise,
            fast=way.quick,
            include_comments=False,
            include_tables=not way.precise,
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return ()
    text = getattr(found, "text", None) or ""
    return restored(text.split("\n"), web.everything)


def dated(web: Web) -> str:
    """The day of publication by the page's tags and address, as ISO 8601, by htmldate; empty where
    they say none.

    Dates that merely stand somewhere on the page are not looked at: they may be anything's.
    """
    found = htmldate.find_date(web.tree, extensive_search=False, original_date=True, url=web.url)
    return found or ""


def _tree(source: str, where: str) -> HtmlElement:
    """The parsed page, without attributes and tags so long that no parser is quick with them."""
    source = _LONG_TAG.sub(r"<\1>", _LONG_VALUE.sub('=""', _PROLOGUE.sub("", source)))
    try:
        return lxml.html.document_fromstring(source)
    except (etree.LxmlError, ValueError) as error:
        raise NoArticle(f"not a web page: {error}", where=where, remedy=_REMEDY) from None


def bylines(web: Web) -> tuple[str, ...]:
    """Who wrote, by the markup that most papers use; ask where nothing else says it."""
    found = sites.first(web.tree, _common().byline)
    return (found,) if found else ()


def sections(web: Web) -> Sequence[str]:
    """The steps of the way to the article, without the front page: by its site's file, by the
    common markup, or by the link of the menu that leads to where the article's address is below."""
    way = web.shown.sections or sites.every(web.tree, _common().section) or _menu(web)
    steps = (step for said in way for step in _STEP.split(said))
    return [step for step in steps if step and step.casefold() not in _common().front]


def _menu(web: Web) -> Sequence[str]:
    """What the menu calls the part of the site that the article's address is in: a folder, or a
    host of its own."""
    own, best, name = web.url or "", "", ""
    for link in _MENU.elements(web.tree):
        address = addresses.joined(own, link.get("href") or "").rstrip("/") + "/"
        if len(address) > len(best) and own.startswith(address) and own != address:
            best, name = address, selectors.text(link)
    is_front = best.count("/") < 4 and urlsplit(best).netloc.startswith("www.")
    return [] if is_front or name.isdecimal() else [name]


@dataclass(frozen=True, slots=True)
class _Common:
    """The table ``shown.toml``."""

    byline: tuple[Selector, ...]
    section: tuple[Selector, ...]
    front: Collection[str]


@cache
def _common() -> _Common:
    table = tomllib.loads(files(__package__).joinpath("shown.toml").read_text(encoding="utf-8"))
    return _Common(
        byline=tuple(selectors.parse(written) for written in table["byline"]),
        section=tuple(selectors.parse(written) for written in table["section"]),
        front=frozenset(table["front"]),
    )


def _shown(tree: HtmlElement, site: Site) -> Shown:
    return Shown(
        title=sites.first(tree, site.title),
        date=sites.first(tree, site.date),
        bylines=sites.every(tree, site.byline),
        sections=sites.every(tree, site.section),
    )


def _body(tree: HtmlElement, site: Site) -> Sequence[str] | None:
    """The article's lines by the site's file, which takes from the tree what is none of it."""
    sites.prune(tree, site)
    body = sites.body(tree, site)
    if body is None:
        return None
    clutter.prune(body)
    return [line.text for line in visible.lines(body)]
