"""Whether a page holds the whole article, or is one of the pages it was cut into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from kronik.steps.clean.addresses import apart, joined, page_below


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an article, by the numbers that its links say."""

    number: int
    of: int
    following: str | None
    """The address of the next page."""
    whole: str | None
    """The address of all pages in one."""

    def __str__(self) -> str:
        said = f"this is page {self.number} of {self.of} of the article"
        leads = (("the next is", self.following), ("all of it is at", self.whole))
        return "; ".join([said, *(f"{label} {url}" for label, url in leads if url)])


def part(tree: HtmlElement, fetched: str | None, declared: str | None) -> Part | None:
    """What part of its article a page is: by its own address, as ``fetched`` or ``declared``, and
    by its links to the other pages. ``None`` for a page that has it all, or that tells nothing."""
    own = fetched or declared
    main = apart(declared) or apart(own)
    if main is None or own is None:
        return _by_next(tree)
    return _of(main.article, own, tree) or _numbered(main.article, own, tree)


def _of(article: str, own: str, tree: HtmlElement) -> Part | None:
    number = page_below(own, article)
    pages = {at: address for at, address, _ in _pages(tree, own, article)}
    last = max((number or 1, *pages))
    if number == 0 or last == 1:
        return None
    number = number or 1
    return Part(number, last, pages.get(number + 1), pages.get(0))


def _numbered(address: str, own: str, tree: HtmlElement) -> Part | None:
    """Of a page that calls itself ``.../2``: a part, if it has links that are called by the
    numbers of its sisters."""
    article, _, number = address.rpartition("/")
    if not number.isdecimal() or len(number) > 2:
        return None
    called = (link for at, _, link in _pages(tree, own, article) if str(at) == _said(link))
    return _of(article, own, tree) if next(called, None) is not None else None


def _pages(tree: HtmlElement, own: str, article: str) -> Iterator[tuple[int, str, HtmlElement]]:
    """Each link to a page of ``article``, with its number and address; 0 is all pages."""
    slug = article.rstrip("/").rpartition("/")[2]
    for link in tree.iter("a", "link"):
        href = (link.get("href") or "").strip()
        if slug in href or href.startswith("?"):
            address = joined(own, href)
            number = page_below(address, article)
            if number is not None:
                yield number, address, link


def _said(link: HtmlElement) -> str:
    return "".join(link.itertext()).strip()


def _by_next(tree: HtmlElement) -> Part | None:
    """Of a page whose own address is unknown: before which page it is, if it leads to one by a
    number in the query."""
    leads: Mapping[str, str] = {
        link.get("rel") or "": link.get("href") or "" for link in tree.iter("a", "link")
    }
    following = leads.get("next")
    found = apart(following)
    if found is None or not found.page or found.page < 2:
        return None
    return Part(found.page - 1, found.page, following, None)
