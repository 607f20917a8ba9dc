"""Feeds and sitemaps: what they list. RSS, RDF and Atom by feedparser; sitemaps by lxml."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from itertools import islice
from time import struct_time
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser
from lxml import etree

from kronik.errors import InputError
from kronik.sources.markup import local, root_name, tree

MOST_ITEMS = 50_000
"""Items of one feed or sitemap: as many as the protocol of sitemaps allows."""
_LONGEST = 4_000
"""Characters of one value."""
_MOST_VALUES = 64
"""Values of one item."""
_FEEDS = frozenset({"rss", "feed", "RDF"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_ITEMS = frozenset({"item", "entry"})
_IDS = frozenset({"guid", "id"})
_TOLD = _IDS | frozenset({
    "title", "link", "origLink", "pubDate", "published", "issued", "created", "date",
    "updated", "modified",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "href", "rel", "type", "isPermaLink", "version", "{http://www.w3.org/XML/1998/namespace}base",
})  # fmt: skip
_WEB = ("http", "https")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: its address, and what the feed says of it, which the page may know better."""

    url: str
    title: str | None = None
    published: str | None = None
    """ISO 8601."""
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed or sitemap lists, in its own order.

    ``sitemaps`` are the addresses that an index of sitemaps leads on to. ``fault`` says what is
    broken about it: the items that could be read are there all the same.
    """

    title: str | None
    items: tuple[Entry, ...]
    sitemaps: tuple[str, ...] = ()
    fault: InputError | None = None


def is_feed(body: bytes) -> bool:
    """Whether these bytes open as a feed or a sitemap does."""
    return root_name(body) in _FEEDS | _SITEMAPS


def entries(body: bytes, where: str) -> Feed:
    """What a feed or sitemap lists; ``where`` is its address or path, and the base of its links.

    Raises ``InputError``, with the line where that is known, for one that nothing can be read of,
    for what is neither, and for one that declares entities of its own.
    """
    root, broken = tree(body, where)
    kind = None if root is None else local(root.tag)
    if root is None or kind not in _FEEDS | _SITEMAPS:
        what = f"a broken feed, {broken}" if broken else f"no feed and no sitemap, but <{kind}>"
        raise InputError(what, where=where, remedy="give the address of the feed itself")
    feed = _sitemap(root, where) if kind in _SITEMAPS else _feed(root, where)
    items = tuple(item for item in feed.items if item.url)
    fault = _fault(broken, len(feed.items) - len(items), where) or feed.fault
    if broken and fault and not (items or feed.sitemaps):
        raise fault
    return replace(feed, items=items, fault=fault)


def _fault(broken: str | None, lost: int, where: str) -> InputError | None:
    if broken:
        remedy = "tell whoever runs the site; xmllint --noout shows all that is broken"
        return InputError(f"a broken feed, {broken}", where=where, remedy=remedy)
    if lost:
        what = f"items without a full address: {lost}"
        return InputError(what, where=where, remedy="give the pages themselves, if you have them")
    return None


def _feed(root: etree._Element, where: str) -> Feed:
    slim, left_out = _slim(root)
    base = where if _address(where) else ""
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    found: Any = feedparser.parse(
        BytesIO(etree.tostring(slim, encoding="utf-8", xml_declaration=True)),
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    items = tuple(map(_entry, found.entries))
    return Feed(_words(found.feed.get("title")), items, (), _too_many(left_out, where))


def _slim(root: etree._Element) -> tuple[etree._Element, int]:
    """A feed with nothing in it but what is asked of it, and how many items had to go.

    feedparser looks at everything, and some of its rules take a time that grows with the square of
    what a stranger may write.
    """
    slim = etree.Element(root.tag, _attributes(root))
    items = _fill(slim, root, MOST_ITEMS)
    return slim, max(0, items - MOST_ITEMS)


def _fill(new: etree._Element, old: etree._Element, most: int) -> int:
    """Copy the title and the first ``most`` items; how many there are."""
    items = 0
    for child in old:
        name = local(child.tag)
        if name == "title":
            _value(child, new)
        elif name == "channel":
            channel = etree.SubElement(new, child.tag, _attributes(child))
            items += _fill(channel, child, most - items)
        elif name in _ITEMS:
            items += 1
            if items <= most:
                _item(child, new)
    return items


def _item(old: etree._Element, parent: etree._Element) -> None:
    new = etree.SubElement(parent, old.tag, _attributes(old))
    for child in islice((one for one in old if local(one.tag) in _TOLD), _MOST_VALUES):
        _value(child, new)


def _value(old: etree._Element, parent: etree._Element) -> None:
    new = etree.SubElement(parent, old.tag, _attributes(old))
    new.text = "".join(map(str, islice(old.itertext(), _LONGEST)))[:_LONGEST]
    if local(old.tag) in _IDS and not _address(new.text):
        new.set("isPermaLink", "false")  # or else it would be joined to the feed's own address


def _attributes(element: etree._Element) -> dict[str, str]:
    kept = {name: element.get(name) for name in _ATTRIBUTES}
    return {name: value for name, value in kept.items() if value and len(value) <= _LONGEST}


def _entry(item: dict[str, Any]) -> Entry:
    told = dict(item)  # without feedparser's guesses at what is missing
    url = _address(told.get("feedburner_origlink") or told.get("link") or "")
    times = (told.get(f"{when}_parsed") for when in ("published", "created", "updated"))
    time = next(filter(None, times), None)
    return Entry(url, _words(told.get("title")), _moment(time), told.get("id") or url)


def _sitemap(root: etree._Element, where: str) -> Feed:
    fault = _too_many(len(root) - MOST_ITEMS, where)
    if local(root.tag) == "sitemapindex":
        maps = islice(root.iterfind("{*}sitemap"), MOST_ITEMS)
        found = (_joined(where, _inner(one, "{*}loc")) for one in maps)
        return Feed(None, (), tuple(url for url in found if url), fault)
    items = tuple(_listed(one, where) for one in islice(root.iterfind("{*}url"), MOST_ITEMS))
    name = _inner(root, "{*}url/{*}news/{*}publication/{*}name")
    return Feed(_words(name), items, (), fault)


def _listed(one: etree._Element, where: str) -> Entry:
    url = _joined(where, _inner(one, "{*}loc"))
    title = _words(_inner(one, "{*}news/{*}title"))
    return Entry(url, title, _inner(one, "{*}news/{*}publication_date") or None, url)


def _inner(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()[:_LONGEST]


def _too_many(left_out: int, where: str) -> InputError | None:
    if left_out <= 0:
        return None
    what = f"{left_out} items beyond the first {MOST_ITEMS:,} are left out"
    return InputError(what, where=where, remedy="split it into several sitemaps")


def _joined(where: str, link: str) -> str:
    try:
        return _address(urljoin(where, link) if link and _address(where) else link)
    except ValueError:
        return ""


def _address(link: str) -> str:
    """The address of a page on the web, without a place within it; "" for what is none."""
    try:
        parts = urlsplit(link.strip())
        whole = parts.scheme in _WEB and parts.hostname
    except ValueError:
        return ""
    return urldefrag(link.strip()).url if whole else ""


def _words(text: str | None) -> str | None:
    """One line of plain text, where a feed may have written HTML."""
    return " ".join(unescape(_TAG.sub("", text or "")).split()) or None


def _moment(time: struct_time | None) -> str | None:
    try:
        return time and datetime.fromtimestamp(timegm(time), UTC).isoformat()
    except (OverflowError, ValueError):
        return None
