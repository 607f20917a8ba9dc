"""What of a page is certainly none of its article, taken away before an extractor looks at it.

An extractor copies the tree and searches it dozens of times; most of a page are menus and scripts,
and without them it needs half the time and errs less.
"""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from functools import cache, lru_cache
from importlib.resources import files

from lxml import etree
from lxml.html import HtmlElement

from kronik.steps.clean import selectors

_SILENT = (
    *("audio", "button", "canvas", "dialog", "embed", "fieldset", "figure", "footer"),
    *("iframe", "img", "input", "label", "map", "marquee", "menu", "nav", "noindex", "noscript"),
    *("object", "option", "picture", "script", "select", "source", "style", "svg", "template"),
    *("textarea", "track", "video"),
)
_LINKS = selectors.parse(
    "//*[self::ul or self::ol or self::dl or self::div or self::section or self::table][.//a]"
    "[not(.//text()[normalize-space()][not(ancestor::a)])]"
    "[not(.//a[string-length(normalize-space(.)) > 300])]"
)
"""Boxes with nothing but links in them; a link so long is an article in a link never closed."""
_CARDS = selectors.parse(
    "//*[self::ul or self::ol or self::div or self::section]"
    "[count(.//*[self::h2 or self::h3 or self::h4 or self::h5]/a) > 1]"
    "[count(.//p) <= 1 + count(.//*[self::h2 or self::h3 or self::h4 or self::h5]/a)]"
    "[string-length(normalize-space(.)) < 1500][not(.//h1)]"
    "[not(.//p[string-length(normalize-space(.)) > 200])]"
)
"""Boxes of other stories: headlines that are links, with hardly more than a line below each."""
_LAID_OUT = selectors.parse(".//td[string-length(normalize-space(.)) > 300]")
"""Cells with more in them than a figure or a name: their table is no table but a page's frame."""
_FRAME = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")
_HOLLOW = ("a", "b", "div", "i", "li", "p", "section", "span", "ul")
_NAMED = ("aside", "div", "dl", "h2", "h3", "h4", "ol", "p", "section", "table", "ul")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_MODIFIER = re.compile(r"--[\w-]+")
_MOST = 3
"""A box with more than the third part of the text is the article's, whatever it is called."""


def without(tree: HtmlElement) -> HtmlElement:
    """A copy of ``tree`` without its headline, menus, lists of links, pictures, what nobody sees,
    and boxes that are called after such things; tables that only lay out a page are boxes."""
    slim = deepcopy(tree)
    etree.strip_elements(slim, *_SILENT, etree.Comment, with_tail=False)
    headlines = list(slim.iter("h1"))
    titled = headlines if len(headlines) == 1 else []
    for box in (*_LINKS.elements(slim), *_CARDS.elements(slim), *_called(slim), *titled):
        box.clear(keep_tail=True)
    for table in slim.iter("table"):
        if _LAID_OUT.elements(table):
            _unframe(table)
    for hollow in [element for element in slim.iterdescendants(*_HOLLOW) if _is_hollow(element)]:
        hollow.getparent().remove(hollow)
    return slim


def prune(body: HtmlElement) -> None:
    """Empty the boxes of an article's body that are called after what else they hold."""
    for box in _called(body):
        box.clear(keep_tail=True)


@cache
def _names() -> re.Pattern[str]:
    table = files(__package__).joinpath("clutter.toml").read_text(encoding="utf-8")
    names = tomllib.loads(table)
    return re.compile(rf" (?:{'|'.join((*names['words'], *names['pairs']))}) ")


def _called(tree: HtmlElement) -> list[HtmlElement]:
    boxes = [element for element in tree.iter(*_NAMED) if _is_called(element)]
    whole = _length(tree) if boxes else 0
    return [
        box
        for box in boxes
        if _MOST * _length(box) < whole and next(box.iter("h1", "article", "main"), None) is None
    ]


def _is_called(element: HtmlElement) -> bool:
    names = (element.get("class"), element.get("id"))
    return any(name and _is_clutters(name) for name in names)


@lru_cache(maxsize=4096)
def _is_clutters(name: str) -> bool:
    """Whether a name is that of clutter; "section--ads" is a section that has advertisements."""
    bare = _SEAM.sub(" ", _MODIFIER.sub(" ", name))
    return bool(_names().search(f" {bare} ".lower()))


def _length(element: HtmlElement) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _unframe(table: HtmlElement) -> None:
    """Make boxes of a table and its cells, but not of the tables within."""
    inner = {part for within in table.iterdescendants("table") for part in within.iter()}
    for part in [part for part in table.iter(*_FRAME) if part not in inner]:
        part.tag = "div"


def _is_hollow(element: HtmlElement) -> bool:
    said = (element.text or "") + (element.tail or "")
    return len(element) == 0 and not said.strip()
