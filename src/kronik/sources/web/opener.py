"""Addresses as pages: an article gives its page, a feed or sitemap the pages that it lists."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kronik import settings
from kronik.errors import InputError, NotFetched, TooLarge
from kronik.sources.feeds import Entry, Feed, entries, is_feed
from kronik.sources.web.cache import Cache
from kronik.sources.web.client import Client
from kronik.types import Page

_DEPTH = 2
"""How many indices one behind the other are followed. The protocol of sitemaps knows only one."""


def _nothing(address: str) -> bool:  # noqa: ARG001  whatever is asked
    return False


@contextmanager
def opened(
    limits: settings.Settings, cache: Path | None, known: Callable[[str], bool] = _nothing
) -> Iterator[Web]:
    """A way to the web, with its cache in a folder if there is one; closed at the end."""
    with Client(limits, Cache(cache) if cache else None) as client:
        yield Web(client, limits.web, known)


@dataclass(frozen=True, slots=True)
class Web:
    """Fetches what is asked for, item by item, when the item is asked for.

    Items whose address ``known`` knows are passed over without a request. What a feed says of an
    item, its title or date, is never put over what the page itself says.
    """

    client: Client
    limits: settings.Web
    known: Callable[[str], bool] = _nothing

    def pages(self, address: str) -> Iterator[Page | InputError]:
        """The page at an address; of a feed or sitemap, the pages that it lists."""
        found = self.fetch(address)
        if isinstance(found, Page) and is_feed(found.body):
            yield from self.items(found.body, found.url or address)
        else:
            yield found

    def items(self, body: bytes, where: str) -> Iterator[Page | InputError]:
        """The pages that a feed or sitemap lists, each once and in its order."""
        for found in self.listed(body, where):
            if isinstance(found, InputError):
                yield found
            elif not self.known(found.url):
                yield self.fetch(found.url)

    def fetch(self, address: str) -> Page | InputError:
        """The page at an address, or why there is none."""
        try:
            page = self.client.get(address).page
        except InputError as error:
            return error
        if page is None:
            what = "it says that nothing has changed, though nothing was known of it"
            return NotFetched(what, where=address, remedy="open it in a browser and save the page")
        return page

    def listed(self, body: bytes, where: str) -> Iterator[Entry | InputError]:
        """What a feed or sitemap lists, and the sitemaps that it leads on to; nothing twice."""
        seen: set[str] = set()
        for feed in self._feeds(body, where):
            if isinstance(feed, InputError):
                yield feed
                continue
            for entry in feed.items:
                if entry.url in seen:
                    continue
                if len(seen) >= self.limits.items:
                    yield _too_much(f"{self.limits.items:,} items", where)
                    return
                seen.add(entry.url)
                yield entry
            if feed.fault:
                yield feed.fault

    def _feeds(self, body: bytes, where: str) -> Iterator[Feed | InputError]:
        first = _read(body, where)
        yield first
        waiting = deque((address, 1) for address in _further(first))
        opened = {where}
        while waiting:
            address, depth = waiting.popleft()
            if address in opened:
                continue
            if len(opened) > self.limits.sitemaps:
                yield _too_much(f"{self.limits.sitemaps:,} sitemaps", where)
                return
            opened.add(address)
            page = self.fetch(address)
            feed = page if isinstance(page, InputError) else _read(page.body, address)
            yield feed
            if depth < _DEPTH:
                waiting.extendleft((further, depth + 1) for further in reversed(_further(feed)))
            elif _further(feed):
                yield _too_much(f"{_DEPTH} indices one behind the other", address)


def _read(body: bytes, where: str) -> Feed | InputError:
    try:
        return entries(body, where)
    except InputError as error:
        return error


def _further(feed: Feed | InputError) -> tuple[str, ...]:
    return feed.sitemaps if isinstance(feed, Feed) else ()


def _too_much(what: str, where: str) -> TooLarge:
    remedy = "give the sitemaps that you want by their own addresses"
    return TooLarge(
        f"it leads to more than {what}: the rest is left out", where=where, remedy=remedy
    )
