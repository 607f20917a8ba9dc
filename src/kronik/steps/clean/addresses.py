"""The address of an article, without what leads to another view of it or tells who came."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import SplitResult, quote, unquote_plus, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000
_SAFE = "/%:@!$&'()*+,;=~-._"
_ALL = frozenset({"all", "semua"})


@dataclass(frozen=True, slots=True)
class Marks:
    """The table ``addresses.toml``."""

    tracking: re.Pattern[str]
    view: re.Pattern[str]
    view_value: re.Pattern[str]
    page: re.Pattern[str]
    view_path: Sequence[re.Pattern[str]]
    view_host: re.Pattern[str]
    page_path: Sequence[re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart: that of the article, and which page of it is shown there."""

    article: str
    page: int | None = None
    """The number of the page, where the address says one; 0 is all pages in one."""
    query: str = ""
    """How the address says so, for the first page with a number: ``page=2``."""


@cache
def marks() -> Marks:
    """The table, its lists made one pattern each."""
    text = files(__package__).joinpath("addresses.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Marks(
        tracking=re.compile("|".join(table["tracking"])),
        view=re.compile("|".join(table["view"])),
        view_value=re.compile(table["view_value"]),
        page=re.compile("|".join(table["page"])),
        view_path=[re.compile(one, re.I) for one in table["view_path"]],
        view_host=re.compile(table["view_host"]),
        page_path=[re.compile(one, re.I) for one in table["page_path"]],
    )


def canonical(url: str | None) -> str | None:
    """The article's own address, the same for its AMP, print and whole-page views, however it was
    come by; host in small letters, no default port, no fragment. The second page of an article
    keeps its number: it is another text. ``None`` for what is no web address."""
    found = apart(url)
    if found is None:
        return None
    if not found.page or found.page == 1 or not found.query:
        return found.article
    return f"{found.article}{'&' if '?' in found.article else '?'}{found.query}"


def apart(url: str | None) -> Address | None:
    """The address of the article that ``url`` shows, and which page of it; a number that merely
    ends the path may be the article's own and stays with it."""
    parts = _split(url)
    if parts is None or parts.hostname is None:
        return None
    known = marks()
    host = known.view_host.sub("", parts.hostname.lower().rstrip("."))
    port = f":{parts.port}" if parts.port and parts.port != _PORTS[parts.scheme] else ""
    path = parts.path or "/"
    for view in known.view_path:
        path = view.sub("", path)
    page, said, kept = None, "", []
    for pair in filter(None, parts.query.split("&")):
        name, _, value = pair.partition("=")
        name, value = unquote_plus(name).casefold(), unquote_plus(value).casefold()
        if known.page.fullmatch(name) and (value.isdecimal() or value in _ALL):
            page, said = (0 if value in _ALL else min(int(value[:4]), 999)), pair
        elif not _is_mark(name, value, known):
            kept.append(pair)
    query = f"?{'&'.join(kept)}" if kept else ""
    whole = f"{parts.scheme}://{host}{port}{quote(path or '/', safe=_SAFE)}{query}"
    return Address(whole, page, said)


def page_below(url: str | None, article: str) -> int | None:
    """Which page of ``article`` the address shows, if it shows one: ``?page=2``, ``/2``."""
    found = apart(url)
    if found is None:
        return None
    if found.article == article:
        return found.page
    for pattern in marks().page_path:
        match = pattern.search(found.article)
        if match and found.article[: match.start()].rstrip("/") == article.rstrip("/"):
            return int(match[1])
    return None


def joined(base: str, link: str) -> str:
    """Where a link on the page ``base`` leads; the link itself where that cannot be told."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _is_mark(name: str, value: str, known: Marks) -> bool:
    if known.tracking.fullmatch(name):
        return True
    return bool(known.view.fullmatch(name) and known.view_value.fullmatch(value))


def _split(url: str | None) -> SplitResult | None:
    try:
        parts = urlsplit((url or "")[:_LONGEST].strip())
        usable = parts.scheme in _PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return None
    return parts if usable else None
