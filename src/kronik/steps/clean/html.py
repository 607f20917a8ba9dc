"""A web page: its lines, its article by its site's file or by trafilatura, and what it declares.

What this module imports takes a third of a second to load: ``clean`` waits for the first page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import htmldate
import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from kronik.errors import NoArticle, TooLarge
from kronik.steps.clean import metadata, sites, visible
from kronik.steps.clean.metadata import Declared
from kronik.steps.clean.restore import restored
from kronik.steps.clean.sites import Site
from kronik.steps.clean.visible import Line

_MOST_TAGS = 50_000
_MOST_LINES = 3_000
_LONG_VALUE = re.compile(r"""=\s*(?:"[^"<>]{2000,}"|'[^'<>]{2000,}')""")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,30})\b[^<>]{10000,}>?")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
_REMEDY = "check that the page shows the article; its text alone can be given as plain text"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a site's file finds on its page, as it stands there; unknown is ``None``."""

    title: str | None = None
    date: str | None = None
    bylines: tuple[str, ...] = ()
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Web:
    """A page taken apart."""

    tree: HtmlElement
    """Without what its site's file says is none of the article."""
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
    return Web(tree, everything, declared, site, shown, body)


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


def dated(web: Web) -> str | None:
    """The day of publication by the page's tags and address, as ISO 8601, by htmldate.

    Dates that merely stand somewhere on the page are not looked at: they may be anything's.
    """
    return htmldate.find_date(
        web.tree, extensive_search=False, original_date=True, url=web.declared.url
    )


def _tree(source: str, where: str) -> HtmlElement:
    """The parsed page, without attributes and tags so long that no parser is quick with them."""
    source = _LONG_TAG.sub(r"<\1>", _LONG_VALUE.sub('=""', _PROLOGUE.sub("", source)))
    try:
        return lxml.html.document_fromstring(source)
    except (etree.LxmlError, ValueError) as error:
        raise NoArticle(f"not a web page: {error}", where=where, remedy=_REMEDY) from None


def _shown(tree: HtmlElement, site: Site) -> Shown:
    return Shown(
        title=sites.first(tree, site.title),
        date=sites.first(tree, site.date),
        bylines=sites.every(tree, site.byline),
        section=sites.first(tree, site.section),
    )


def _body(tree: HtmlElement, site: Site) -> Sequence[str] | None:
    """The article's lines by the site's file, which takes from the tree what is none of it."""
    sites.prune(tree, site)
    body = sites.body(tree, site)
    if body is None:
        return None
    return [line.text for line in visible.lines(body, pictures=False)]
