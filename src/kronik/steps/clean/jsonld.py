"""The article among the JSON-LD objects of a page (schema.org), read as far as it can be read.

Sites write JSON by hand: with comments around it, commas too many, quotation marks too few. What
cannot be mended gives its plain fields alone; nothing here fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml.html import HtmlElement

Thing = Mapping[str, Any]
"""An object of JSON-LD."""

_ARTICLES = re.compile(r"(?:article|posting|report)$", re.I)
_PAGES = re.compile(r"(?:webpage|itempage)$", re.I)
_TRAIL = re.compile(r"^BreadcrumbList$", re.I)
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*;?\s*$")
_BLANK = re.compile(r"\s{20,}")
"""White space that says no more than a line break, and takes the other patterns forever."""
_COMMAS = (
    (re.compile(r",(?=\s*[}\]])"), ""),
    (re.compile(r'(?<=["}\]])(?=\s*\n\s*"@?\w+"\s*:)'), ","),
)
"""Commas too many before a bracket, and too few at the end of a line."""
_HALF = re.compile(
    r"\\u[dD][89abAB]\w\w(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]\w\w)\\u[dD][c-fC-F]\w\w", re.A
)
"""Half of a surrogate pair, which is no character and cannot be stored."""
_DEEPEST = 6
_MOST = 500
"""Objects of a page that are looked at."""
_LONGEST = 500_000
_PLAIN = ("headline", "datePublished", "articleSection", "url")
_FIELD = r'"{name}"\s*:\s*"(?P<value>.{{0,600}}?)"\s*(?:,\s*"[@\w]+"\s*:|,?\s*[}}\]]|,?\s*$)'
_FIELDS = {name: re.compile(_FIELD.format(name=name), re.S) for name in _PLAIN}
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{\s]*(?:[^\]}]{0,300}?"name"\s*:\s*)?"([^"]{2,80})"', re.S)
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(?P<value>\w+)"')


@dataclass(frozen=True, slots=True)
class Linked:
    """What a page's JSON-LD says, in the order of the page."""

    stories: Sequence[Thing] = ()
    """Articles and postings."""
    pages: Sequence[Thing] = ()
    """Web pages: some sites date only these."""
    trail: Sequence[str] = ()
    """The names of the way from the front page to this one."""
    named: Mapping[str, Thing] = field(default_factory=dict)
    """Objects by their ``@id``, for those that others point to."""

    def resolved(self, value: object) -> object:
        """The object that ``value`` points to, if it is nothing but a pointer."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return self.named.get(str(value.get("@id")), value)
        return value


def read(tree: HtmlElement) -> Linked:
    """All JSON-LD of a page."""
    things = [thing for written in _scripts(tree) for thing in _things(_parsed(written))][:_MOST]
    named = {str(thing["@id"]): thing for thing in things if "@id" in thing and len(thing) > 2}
    trails = (names for thing in things if _is(thing, _TRAIL) if (names := _names(thing)))
    return Linked(
        stories=[thing for thing in things if _is(thing, _ARTICLES)],
        pages=[thing for thing in things if _is(thing, _PAGES)],
        trail=next(trails, ()),
        named=named,
    )


def _scripts(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text[:_LONGEST]


def _parsed(written: str) -> object:
    """The JSON, mended where it is not; of what cannot be mended, its plain fields."""
    text = _WRAPPED.sub("", _BLANK.sub("\n", written)).strip()
    mended = text
    for comma, right in _COMMAS:
        mended = comma.sub(right, mended)
    for tried in (text, mended, _unescaped(mended)):
        try:
            return json.JSONDecoder(strict=False).raw_decode(_HALF.sub(r"\\ufffd", tried))[0]
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _unescaped(text: str) -> str:
    """The characters that HTML's references mean; the text as it is where one has more digits than
    Python reads as a number."""
    try:
        return unescape(text)
    except ValueError:
        return text


def _salvaged(text: str) -> Thing:
    found = {name: match["value"] for name in _PLAIN if (match := _FIELDS[name].search(text))}
    if author := _AUTHOR.search(text):
        found["author"] = author[1]
    kinds = [match["value"] for match in _TYPE.finditer(text)]
    return {**found, "@type": next(filter(_ARTICLES.search, kinds), None)}


def _things(data: object, depth: int = 0) -> Iterator[Thing]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for part in data:
            yield from _things(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        for held in ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb"):
            if isinstance(data.get(held), dict | list):
                yield from _things(data[held], depth + 1)


def _is(thing: Thing, kinds: re.Pattern[str]) -> bool:
    said = thing.get("@type")
    listed = said if isinstance(said, list) else [said]
    return any(isinstance(kind, str) and kinds.search(kind) for kind in listed)


def _names(trail: Thing) -> Sequence[str]:
    steps = trail.get("itemListElement")
    listed = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    items = ((step.get("item"), step) for step in listed)
    names = ((item.get("name") if isinstance(item, dict) else None, step) for item, step in items)
    said = (name or step.get("name") for name, step in names)
    return [" ".join(_unescaped(name).split()) for name in said if isinstance(name, str)]
