"""What a web page declares of its article: JSON-LD first, then the tags made for sharing it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from kronik.steps.clean import jsonld
from kronik.steps.clean.eyes import letters
from kronik.steps.clean.jsonld import Linked, Thing

_DEEPEST = 6
_LONGEST = 1_000
_LONGEST_SECTION = 60
_FEWEST_WORDS = 4
_TITLE_MARK = re.compile(r"(\s[-–—|»]\s|:\s)")
_NO_NAME = re.compile(r"[:@\d]|^[\w-]+(?:\.[\w-]+)+$")
_MOST_NAME_WORDS = 6
_NAMES = re.compile(r"\s*(?:[;|/]|,(?!\s*(?:jr|sr|ph|s\.|m\.|dr))|\s(?:and|dan|&)\s)\s*", re.I)
_ORGANISATION = re.compile(r"organi[sz]ation$", re.I)


@dataclass(frozen=True, slots=True)
class Declared:
    """A page's own words on its article, as written there; unknown is ``None``."""

    title: str | None = None
    window: str | None = None
    """The title of the browser's window: the headline, or just the site's name."""
    published: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    section: str | None = None
    url: str | None = None


@cache
def tags() -> Mapping[str, Sequence[str]]:
    """The table ``declared.toml``: for each field, the meta tags that declare it."""
    table = files(__package__).joinpath("declared.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(table))


def read(tree: HtmlElement, fetched: str | None = None) -> Declared:
    """What the page declares; ``fetched`` is the address it came from."""
    linked, metas = jsonld.read(tree), _metas(tree)
    story = _story(linked, metas)
    site = _text(linked.resolved(story.get("publisher"))) or _first(metas, "site")
    url = _address(tree, story, metas, fetched)
    named = _text(story.get("headline")) or _first(metas, "title")
    window = _clean(tree.findtext(".//title"))
    sited = site or urlsplit(url or "").hostname
    return Declared(
        title=_shown(tree, named or window) or _without_site(named, sited),
        window=_without_site(window, sited),
        published=_date(story, linked, metas),
        authors=_authors(story, linked) or tuple(_people(_first(metas, "author"))),
        site=site,
        section=_section(story, linked, metas),
        url=url,
    )


def _story(linked: Linked, metas: Mapping[str, str]) -> Thing:
    """The article that the page is about: the one whose headline its other tags repeat, or the
    first."""
    title = letters(_first(metas, "title") or "")
    for story in linked.stories:
        headline = letters(_text(story.get("headline")) or "")
        if headline and title and (headline in title or title in headline):
            return story
    return next(iter(linked.stories), {})


def _metas(tree: HtmlElement) -> Mapping[str, str]:
    """Name to content of the ``meta`` tags; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := _clean(meta.get("content")):
            metas.setdefault(name.strip().casefold(), content)
    return metas


def _first(metas: Mapping[str, str], field: str) -> str | None:
    return next((metas[name] for name in tags()[field] if name in metas), None)


def _text(value: object, depth: int = 0) -> str | None:
    """A string, or the name of an object, or that of the first of a list."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return next((found for part in value if (found := _text(part, depth + 1))), None)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value"), depth + 1)
    return _clean(value) if isinstance(value, str) else None


def _date(story: Thing, linked: Linked, metas: Mapping[str, str]) -> str | None:
    pages = (_text(page.get("datePublished")) for page in linked.pages)
    created = _text(story.get("dateCreated"))
    said = _text(story.get("datePublished")) or _first(metas, "date") or created
    return said or next(filter(None, pages), None)


def _authors(story: Thing, linked: Linked) -> tuple[str, ...]:
    """The persons that JSON-LD names; an organisation has written nothing."""
    value = story.get("author") or story.get("creator")
    parts = [linked.resolved(part) for part in (value if isinstance(value, list) else [value])]
    people = (part for part in parts if not _is_organisation(part))
    return tuple(dict.fromkeys(name for part in people for name in _people(_text(part))))


def _is_organisation(part: object) -> bool:
    kind = part.get("@type") if isinstance(part, dict) else None
    return isinstance(kind, str) and bool(_ORGANISATION.search(kind))


def _people(said: str | None) -> Iterator[str]:
    if said and not _NO_NAME.search(said):
        names = (name.strip(" .,-") for name in _NAMES.split(said))
        yield from (name for name in names if 0 < len(name.split()) <= _MOST_NAME_WORDS)


def _section(story: Thing, linked: Linked, metas: Mapping[str, str]) -> str | None:
    """The section, or the last step of the way to the article that is not the article itself."""
    headline = letters(_text(story.get("headline")) or _first(metas, "title") or "")
    way = [step for step in linked.trail[1:] if letters(step) not in {"", headline}]
    said = _text(story.get("articleSection")) or _first(metas, "section")
    found = said or next(reversed(way), None)
    return found if found and len(found) <= _LONGEST_SECTION else None


def _address(
    tree: HtmlElement, story: Thing, metas: Mapping[str, str], fetched: str | None
) -> str | None:
    """The page's own address: absolute, and not that of the site's front page."""
    page = story.get("mainEntityOfPage")
    links = (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical")
    declared = page.get("@id") if isinstance(page, dict) else page
    for found in (*links, metas.get("og:url"), story.get("url"), declared):
        if isinstance(found, str) and (whole := _absolute(found.strip(), fetched)):
            return whole
    return None


def _absolute(address: str, fetched: str | None) -> str | None:
    try:
        whole = urljoin(fetched, address) if fetched else address
        parts = urlsplit(whole)
    except ValueError:
        return None
    leads = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return whole if leads and (parts.path.strip("/") or parts.query) else None


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
    if letters(parts[-1]) in letters(site):
        return "".join(parts[:-2])
    return "".join(parts[2:]) if letters(parts[0]) in letters(site) else title


def _clean(text: Any) -> str | None:
    """The text with entities resolved and white space single; ``None`` where nothing is left,
    or more than a title or a name has."""
    if not isinstance(text, str) or not text or len(text) > _LONGEST:
        return None
    return " ".join(unescape(text).split()) or None
