"""What is known of single sites: where their pages keep what, and what is none of the article.

A site is a file in ``sites/``, and ``docs/add-a-site.md`` says how to write one. Its selectors run
here and nowhere else. They may grow stale with the site: what they do not find is told by ``None``,
the general way decides then, and nothing is taken away that could be the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from urllib.parse import urlsplit

import msgspec
from lxml import etree, html
from lxml.html import HtmlElement

from kronik.errors import InstallError
from kronik.steps.clean import selectors
from kronik.steps.clean.encoding import legible
from kronik.steps.clean.selectors import Selector

_SHORTEST_BODY = 120
"""Characters below which what a selector finds is a teaser and no article."""
_LONGEST_TEXT = 300
"""Characters above which what a selector finds is no title, date or name."""
_FACE = ("html", "meta", "link", "body")
_MARKING = ("class", "content", "href", "id", "name", "onload", "property", "rel")


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One site. Selectors are in order of preference: today's markup first, then older ones."""

    name: str
    """The name of its file."""
    outlet: str | None
    """What it calls itself, for pages that do not say."""
    hosts: tuple[str, ...]
    """Hosts of its addresses; those below them (``news.detik.com``) are meant too."""
    marks: tuple[Selector, ...]
    """What tells its pages where the address is not known; of ``html``, ``body``, ``meta`` and
    ``link`` alone, with the commonest of their attributes."""
    body: tuple[Selector, ...]
    title: tuple[Selector, ...]
    date: tuple[Selector, ...]
    byline: tuple[Selector, ...]
    section: tuple[Selector, ...]
    drop: tuple[Selector, ...]
    """What stands within or around the body and is none of it."""
    noise: tuple[re.Pattern[str], ...]
    """Whole lines that are the site's (use ``fullmatch``)."""
    dateline: re.Pattern[str] | None
    """How its articles open (use ``match``). Groups, where they apply: ``place``, ``outlet``."""


def of(url: str | None, tree: HtmlElement) -> Site | None:
    """The site that a page is of: by its address, or else by the marks of its head and body."""
    return _shelf().of(url, tree)


def first(tree: HtmlElement, chosen: tuple[Selector, ...]) -> str | None:
    """The text that the first selector finds that finds any; none that is longer than a title."""
    return next(iter(every(tree, chosen)), None)


def every(tree: HtmlElement, chosen: tuple[Selector, ...]) -> tuple[str, ...]:
    """All texts that the first selector finds that finds any, each once: the names of bylines."""
    for selector in chosen:
        found = [line for line in selector.texts(tree) if len(line) <= _LONGEST_TEXT]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def body(tree: HtmlElement, site: Site) -> HtmlElement | None:
    """The article in a tree of its own, or ``None`` where no selector finds it.

    A caption that is asked for itself is a paragraph there: galleries tell their story in captions.
    """
    found = _body(tree, site)
    if not found:
        return None
    apart = html.Element("div")
    for element in found:
        copy = deepcopy(element)
        copy.tail = None
        copy.tag = "p" if copy.tag == "figcaption" else copy.tag
        apart.append(copy)
    return apart


def prune(tree: HtmlElement, site: Site) -> None:
    """Empty what is none of the article; ask for date and bylines before, they may be in it.

    Nothing happens on a page whose body is not found: its markup is another than is known. What
    holds a part of the body stays, and of the body itself at least half.
    """
    bodies = set(_body(tree, site))
    held = {above for element in bodies for above in (element, *element.iterancestors())}
    spare = sum(len(selectors.text(element)) for element in bodies) / 2
    for element in (found for selector in site.drop for found in selector.elements(tree)):
        within = not bodies.isdisjoint(element.iterancestors())
        lost = len(selectors.text(element)) if within else 0
        if bodies and element not in held and lost <= spare:
            spare -= lost
            element.clear(keep_tail=True)


def _body(tree: HtmlElement, site: Site) -> list[HtmlElement]:
    """The elements of the body, none within another; empty where they have hardly a text."""
    for selector in site.body:
        found = selector.elements(tree)
        all_found = set(found)
        outer = [one for one in found if all_found.isdisjoint(one.iterancestors())]
        if sum(len(selectors.text(element)) for element in outer) >= _SHORTEST_BODY:
            return outer
    return []


@dataclass(frozen=True, slots=True)
class Shelf:
    """All sites of a folder, found by host or by mark."""

    sites: tuple[Site, ...]
    hosts: Mapping[str, Site]

    def of(self, url: str | None, tree: HtmlElement) -> Site | None:
        """The site of a page; its address is believed first."""
        return self._hosted(url) or self._marked(tree)

    def _hosted(self, url: str | None) -> Site | None:
        try:
            host = urlsplit(url or "").hostname or ""
        except ValueError:
            return None
        while host:
            if host in self.hosts:
                return self.hosts[host]
            host = host.partition(".")[2]
        return None

    def _marked(self, tree: HtmlElement) -> Site | None:
        face = _face(tree)
        return next(
            (site for site in self.sites if any(mark.path(face) for mark in site.marks)), None
        )


def _face(tree: HtmlElement) -> HtmlElement:
    """The few elements of a page that have marks, without the others: all marks of all sites are
    looked for on every page without a known address."""
    face = html.Element("html")
    for element in tree.iter(*_FACE):
        said = {name: value for name in _MARKING if (value := element.get(name))}
        etree.SubElement(face, element.tag, {name: legible(said[name]) for name in said})
    return face


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A site's file as it is written."""

    body: tuple[str, ...]
    outlet: str | None = None
    hosts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()
    dateline: str | None = None


@cache
def _shelf() -> Shelf:
    return load(files("kronik.steps.clean") / "sites")


def load(folder: Traversable) -> Shelf:
    """Read every ``.toml`` file of a folder. Raises ``InstallError``, which names file and key."""
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    sites = tuple(_site(path) for path in paths if path.name.endswith(".toml"))
    hosts: dict[str, Site] = {}
    for site in sites:
        for host in site.hosts:
            other = hosts.setdefault(host, site)
            if other is not site:
                raise _amiss(site.name, "hosts", f"{host!r} is {other.name}'s")
    return Shelf(sites, MappingProxyType(hosts))


def _site(path: Traversable) -> Site:
    name = path.name.removesuffix(".toml")
    file = _read(path, name)
    if not (file.hosts or file.marks):
        raise _amiss(name, "hosts", "neither hosts nor marks tell its pages")
    if not file.body:
        raise _amiss(name, "body", "is empty")
    return Site(
        name=name,
        outlet=file.outlet,
        hosts=tuple(_host(host, name) for host in file.hosts),
        marks=_selectors(file.marks, name, "marks"),
        body=_selectors(file.body, name, "body"),
        title=_selectors(file.title, name, "title"),
        date=_selectors(file.date, name, "date"),
        byline=_selectors(file.byline, name, "byline"),
        section=_selectors(file.section, name, "section"),
        drop=_selectors(file.drop, name, "drop"),
        noise=tuple(_pattern(one, name, "noise") for one in file.noise),
        dateline=_pattern(file.dateline, name, "dateline") if file.dateline else None,
    )


def _read(path: Traversable, name: str) -> _File:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_File)
    except msgspec.ValidationError as error:
        raise _amiss(name, None, str(error)) from None
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise _amiss(name, None, f"not TOML: {error}") from None
    except OSError as error:
        raise _amiss(name, None, f"cannot be read: {type(error).__name__}") from None


def _host(host: str, name: str) -> str:
    if not re.fullmatch(r"[a-z\d-]+(?:\.[a-z\d-]+)+", host):
        raise _amiss(name, "hosts", f"{host!r} is no host in small letters, as detik.com")
    return host


def _selectors(written: tuple[str, ...], name: str, key: str) -> tuple[Selector, ...]:
    try:
        return tuple(selectors.parse(one) for one in written)
    except ValueError as error:
        raise _amiss(name, key, str(error)) from None


def _pattern(written: str, name: str, key: str) -> re.Pattern[str]:
    try:
        return re.compile(written, re.IGNORECASE)
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        raise _amiss(name, key, f"{written!r} is no regular expression: {error}") from None


def _amiss(name: str, key: str | None, what: str) -> InstallError:
    """The error that says which key of which file is amiss."""
    remedy = "see docs/add-a-site.md if the file is yours, else install kronik again"
    what = f"key {key!r}: {what}" if key else what
    return InstallError(what, where=f"{name}.toml", remedy=remedy)
