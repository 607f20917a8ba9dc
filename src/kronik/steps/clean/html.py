"""A web page: its lines, its article by trafilatura, and what it declares by ``metadata``.

What this module imports takes a third of a second to load: ``clean`` waits for the first page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import htmldate
import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from kronik.errors import NoArticle, TooLarge
from kronik.steps.clean import metadata
from kronik.steps.clean.encoding import legible
from kronik.steps.clean.metadata import Declared

_MOST_TAGS = 50_000
_LONG_VALUE = re.compile(r"""=\s*(?:"[^"<>]{2000,}"|'[^'<>]{2000,}')""")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,30})\b[^<>]{10000,}>?")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
# fmt: off
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "title", "tr",
        "ul"
    }
)
_UNSEEN = frozenset(
    {
        "aside", "button", "iframe", "nav", "noscript", "script", "select", "style", "svg",
        "template", "title"
    }
)
# fmt: on
_AS_TYPED = frozenset({"pre", "textarea"})
_REMEDY = "check that the page shows the article; its text alone can be given as plain text"


@dataclass(frozen=True, slots=True)
class Web:
    """A page taken apart: the lines of its article and all its lines, broken by ``\\n``."""

    tree: HtmlElement
    story: str
    """What is surely the article: on Indonesian pages what is doubtful mostly is not."""
    everything: str
    declared: Declared


def read(source: str, where: str) -> Web:
    """Parse a page.

    Raises ``TooLarge`` for more tags than any article has, ``NoArticle`` for what is no page.
    """
    if source.count("<") > _MOST_TAGS:
        what = f"a page of more than {_MOST_TAGS:,} tags"
        raise TooLarge(what, where=where, remedy="give the article alone")
    tree = _tree(source, where)
    return Web(tree, _extract(tree, precise=True), legible(_lines(tree)), metadata.read(tree))


def loosely(web: Web) -> str:
    """The lines of the article with what may not belong to it, for a page where little is sure."""
    return _extract(web.tree, precise=False)


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
        return lxml.html.document_fromstring(legible(source))
    except (etree.LxmlError, ValueError) as error:
        raise NoArticle(f"not a web page: {error}", where=where, remedy=_REMEDY) from None


def _extract(tree: HtmlElement, *, precise: bool) -> str:
    """The article's paragraphs by trafilatura, a line each; empty where it finds none."""
    try:
        found = trafilatura.bare_extraction(
            tree,
            favor_precision=precise,
            fast=not precise,
            include_comments=False,
            include_tables=False,
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return ""
    return legible(getattr(found, "text", None) or "")


def _lines(tree: HtmlElement) -> str:
    """All that a reader of the page sees, a line for each block."""
    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    as_typed = 0
    for event, node in walk:
        block = node.tag in _BLOCKS
        if event == "start":
            if node.tag in _UNSEEN:
                walk.skip_subtree()
                continue
            as_typed += node.tag in _AS_TYPED
            pieces += ["\n" * block, _spaced(node.text, as_typed)]
        else:
            as_typed -= node.tag in _AS_TYPED
            pieces += ["\n" * block, _spaced(node.tail, as_typed)]
    return "".join(pieces)


def _spaced(text: str | None, as_typed: int) -> str:
    return (text if as_typed else re.sub(r"\s+", " ", text)) if text else ""
