"""What a web page declares of its article: JSON-LD first, then the tags made for sharing it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:article|posting|report)$", re.I)
_TITLES = ("og:title", "twitter:title", "dc.title")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dc.date",
    "parsely-pub-date",
    "content_publisheddate",
)
_SITES = ("og:site_name", "application-name")
_AUTHORS = ("author", "article:author", "dc.creator", "content_author")
_DEEPEST = 6
_LONGEST = 1_000
_FEWEST_WORDS = 4
_TITLE_MARK = re.compile(r"(\s[-–—|»]\s|:\s)")
_NO_NAME = re.compile(r"://|@|\d|^[\w-]+(?:\.[\w-]+)+$")
_MOST_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class Declared:
    """A page's own words on its article, as written there; unknown is ``None``."""

    title: str | None = None
    window: str | None = None
    """The title of the browser's window: the headline, or just the site's name."""
    published: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    url: str | None = None


def read(tree: HtmlElement) -> Declared:
    """What the page declares; JSON that is broken is passed over."""
    story = next(_stories(tree), {})
    metas = _metas(tree)
    site = _text(story.get("publisher")) or _first(metas, _SITES)
    url = _address(tree, story, metas)
    authors = _authors(story.get("author")) or _authors(_first(metas, _AUTHORS))
    named = _text(story.get("headline")) or _first(metas, _TITLES)
    window = _clean(tree.findtext(".//title"))
    sited = site or urlsplit(url or "").hostname
    return Declared(
        title=_shown(tree, named or window) or _without_site(named, sited),
        window=_without_site(window, sited),
        published=_text(story.get("datePublished")) or _first(metas, _DATES),
        authors=tuple(name for name in authors if name.casefold() != (site or "").casefold()),
        site=site,
        url=url,
    )


def _stories(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles among the page's JSON-LD objects."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (found for found in _objects(data) if _is_story(found))


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for part in data:
            yield from _objects(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), depth + 1)
        yield from _objects(data.get("mainEntity"), depth + 1)


def _is_story(found: dict[str, Any]) -> bool:
    kinds = found.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLES.search(kind) for kind in named)


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Name to content of the ``meta`` tags; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := _clean(meta.get("content")):
            metas.setdefault(name.strip().casefold(), content)
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _text(value: object, depth: int = 0) -> str | None:
    """A string, or the name of an object, or that of the first of a list."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return next((found for part in value if (found := _text(part, depth + 1))), None)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value"), depth + 1)
    return _clean(value) if isinstance(value, str) else None


def _authors(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    names = dict.fromkeys(name for part in parts if (name := _text(part)))
    return tuple(
        name
        for name in names
        if not _NO_NAME.search(name) and len(name.split()) <= _MOST_NAME_WORDS
    )


def _address(tree: HtmlElement, story: dict[str, Any], metas: dict[str, str]) -> str | None:
    """The page's own address: absolute, and not that of the site's front page."""
    page = story.get("mainEntityOfPage")
    links = (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical")
    declared = page.get("@id") if isinstance(page, dict) else page
    for found in (*links, metas.get("og:url"), story.get("url"), declared):
        if isinstance(found, str) and _leads_somewhere(found.strip()):
            return found.strip()
    return None


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    whole = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return whole and bool(parts.path.strip("/") or parts.query)


def _shown(tree: HtmlElement, title: str | None) -> str | None:
    """The first heading of the page that the declared title holds, with a site's name or not."""
    headings = (_clean(heading.text_content()) for heading in tree.iter("h1", "h2"))
    held = (line for line in headings if line and len(line.split()) >= _FEWEST_WORDS)
    return next((line for line in held if title and line.casefold() in title.casefold()), None)


def _without_site(title: str | None, site: str | None) -> str | None:
    """A title without the site's name before or behind a mark ("Rapat ditunda | Kabar")."""
    parts = _TITLE_MARK.split(title or "")
    if len(parts) < 3 or not site:
        return title
    if _letters(parts[-1]) in _letters(site):
        return "".join(parts[:-2])
    return "".join(parts[2:]) if _letters(parts[0]) in _letters(site) else title


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _clean(text: str | None) -> str | None:
    """The text with entities resolved and white space single; ``None`` where nothing is left,
    or more than a title or a name has."""
    if not text or len(text) > _LONGEST:
        return None
    return " ".join(unescape(text).split()) or None
