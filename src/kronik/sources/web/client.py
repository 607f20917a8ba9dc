"""The door to the web: an address in, its page out, with all that custody of it must tell."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from types import TracebackType
from typing import Self, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_exponential, wait_random

from kronik import __version__
from kronik.errors import EmptyInput, InputError, NotFetched, NotNow
from kronik.settings import Settings
from kronik.sources.web import robots
from kronik.sources.web.body import opened
from kronik.sources.web.cache import Cache, Held, Validators
from kronik.sources.web.guard import Address, joined, parse, shown
from kronik.sources.web.network import Network
from kronik.sources.web.turns import Turns
from kronik.sources.web.wire import Reply, Wire
from kronik.types import Fetch, Page

T = TypeVar("T")

_ACCEPT = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, "
    "application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1"
)
_ROBOTS_REDIRECTS = 5
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.I)
_NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave."""

    page: Page | None
    """None where the caller's validators still hold."""
    validators: Validators
    """To be given at the next asking."""
    unchanged: bool = False
    """The page is the one that the caller, or the cache, has had before."""


@dataclass(frozen=True, slots=True)
class _Got:
    """A reply whose body was read, with the address that gave it and those on the way there."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    kind: str | None
    validators: Validators
    trail: tuple[str, ...]


class Client:
    """Fetches pages: only from public addresses, one request at a time at a host, as robots.txt
    asks, within the limits of ``settings.web``. Any number of threads may use one."""

    def __init__(
        self, settings: Settings, cache: Cache | None = None, transport: Network | None = None
    ) -> None:
        """``cache`` is where pages are kept; ``transport`` the network to go over, the strict one
        if None is given. Raises ``InputError`` for a contact that no header can hold."""
        self._most = settings.max_bytes
        self._limits = settings.web
        self._cache = cache
        self._wire = Wire(transport or Network(), settings.web, agent(settings.web.contact))
        self._turns = Turns()
        self._robots = robots.Robots(self._read_robots)

    def __enter__(self) -> Self:
        if self._cache:
            self._cache.sweep(self._limits.cache_days)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing stays open between two requests."""

    def get(self, address: str, known: Validators | None = None) -> Answer:
        """The page at an address.

        With ``known``, the site is asked whether it has changed since, and the answer has no page
        where it has not. Without it, the cache answers if it has the page fresh, and helps to ask
        only for what has changed if it has it at all. Raises ``InputError``: ``AddressRefused``,
        ``RobotsRefused``, ``NotFetched``, ``NotNow``, ``TooLarge``, ``WrongKind``, ``EmptyInput``.
        """
        with _placed(shown(address)):
            return self._answer(address, known)

    def _answer(self, address: str, known: Validators | None) -> Answer:
        first = parse(address, self._limits.ports)
        held = self._cache.get(str(first)) if self._cache and known is None else None
        if held and 0 <= time.time() - held.checked_at < self._limits.fresh_seconds:
            return Answer(replace(held.page, origin=address), held.validators, unchanged=True)
        validators = known or (held.validators if held else _NOTHING_KNOWN)
        got = self._followed(first, validators)
        if got.status == 304:
            return self._unchanged(first, held, address, validators)
        page = self._page(got, address, first)
        if self._cache:
            self._cache.put(str(first), page, got.validators)
        return Answer(page, got.validators)

    def _unchanged(
        self, first: Address, held: Held | None, address: str, validators: Validators
    ) -> Answer:
        if not held or not self._cache:
            return Answer(None, validators, unchanged=True)
        self._cache.put(str(first), held.page, validators)
        return Answer(replace(held.page, origin=address), validators, unchanged=True)

    def _page(self, got: _Got, address: str, first: Address) -> Page:
        where = shown(address)
        body = opened(got.body, self._most, where)
        if not body.strip():
            remedy = "open it in a browser; if there is a page, save it and give the file"
            raise EmptyInput("an answer with nothing in it", where=where, remedy=remedy)
        told = got.kind is None or got.kind == "application/gzip"
        return Page(
            id=sha256(body).hexdigest(),
            origin=address,
            media_type=_kind(body) if told else str(got.kind),
            body=body,
            url=got.trail[-1],
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            fetch=Fetch(str(first), got.trail[1:], got.status, got.headers),
        )

    # The way of one address ------------------------------------------------------------

    def _followed(self, first: Address, validators: Validators) -> _Got:
        """The reply at the end of all redirects, each of which is checked as the first was."""
        headers = {"Accept": _ACCEPT, **_conditions(validators)}
        conditional = validators != _NOTHING_KNOWN

        def read(reply: Reply) -> _Got | str:
            return self._read_page(reply, conditional)

        trail = [first]
        while True:
            rules = self._robots.rules(trail[-1])
            rules.check(trail[-1])
            got = self._persistently(trail[-1], rules.delay, headers, read)
            if isinstance(got, _Got):
                return replace(got, trail=tuple(str(address) for address in trail))
            self._go_on(trail, got, self._limits.redirects)

    def _read_page(self, reply: Reply, conditional: bool) -> _Got | str:
        """A page with its body, or where a redirect leads."""
        validators = Validators(reply.header("etag") or None, reply.header("last-modified") or None)
        if reply.status == 304 and conditional:
            return _Got(304, reply.headers, b"", None, validators, ())
        if reply.failure:
            raise reply.failure
        if reply.location:
            return reply.location
        kind = reply.kind
        return _Got(reply.status, reply.headers, reply.body(self._most), kind, validators, ())

    def _go_on(self, trail: list[Address], location: str, most: int) -> None:
        """Add to the trail where it leads. Raises ``NotFetched`` for circles and long ways."""
        where = shown(str(trail[0]))
        remedy = "open it in a browser and give the address that it ends at"
        following = joined(trail[-1], location, self._limits.ports)
        if following in trail:
            raise NotFetched("its redirects go in a circle", where=where, remedy=remedy)
        if len(trail) > most:
            raise NotFetched(f"more than {most} redirects", where=where, remedy=remedy)
        trail.append(following)

    def _read_robots(self, address: Address) -> str:
        """The text of a robots.txt; nothing where the site says that it has none."""

        def read(reply: Reply) -> tuple[str | None, str]:
            if isinstance(reply.failure, NotNow):
                raise reply.failure
            if reply.failure:
                return None, ""
            if reply.location:
                return reply.location, ""
            return None, reply.beginning(robots.MOST).decode("utf-8", "replace").lstrip("\ufeff")

        trail = [address]
        while True:
            location, text = self._persistently(trail[-1], 0.0, {"Accept": "text/plain, */*"}, read)
            if location is None:
                return text
            self._go_on(trail, location, _ROBOTS_REDIRECTS)

    # One address, as often as is worth it ------------------------------------------------

    def _persistently(
        self,
        address: Address,
        delay: float,
        headers: Mapping[str, str],
        read: Callable[[Reply], T],
    ) -> T:
        """What ``read`` makes of the reply, asked for again while it fails in a way that passes."""
        pause = min(max(delay, self._limits.delay), self._limits.longest_delay)
        again = Retrying(
            retry=retry_if_exception(self._may_pass),
            stop=stop_after_attempt(self._limits.tries),
            wait=self._wait,
            reraise=True,
        )
        found: T = again(self._once, address, pause, headers, read)
        return found

    def _once(
        self,
        address: Address,
        pause: float,
        headers: Mapping[str, str],
        read: Callable[[Reply], T],
    ) -> T:
        with self._turns.of(address.host, pause) as turn:
            try:
                with self._wire.get(address, headers) as reply:
                    return read(reply)
            except NotNow as fault:
                turn.rest(min(fault.after or 0.0, self._limits.longest_wait))
                raise

    def _may_pass(self, error: BaseException) -> bool:
        return isinstance(error, NotNow) and (error.after or 0.0) <= self._limits.longest_wait

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, NotNow) and error.after is not None:
            return error.after
        first, most = self._limits.backoff, self._limits.longest_wait
        return min(most, wait_exponential(first)(state) + wait_random(0, first)(state))


def agent(contact: str) -> str:
    """The User-Agent: what asks, and by whom it can be stopped."""
    if not contact:
        return f"{robots.TOKEN}/{__version__}"
    if not (contact.isascii() and contact.isprintable()):
        remedy = "give an e-mail address or the address of a page, on one line"
        raise InputError("a contact that no header can hold", where=repr(contact), remedy=remedy)
    return f"{robots.TOKEN}/{__version__} (+{contact})"


@contextmanager
def _placed(where: str) -> Iterator[None]:
    """Errors stand where the address was asked for; the hop where it happened goes into words."""
    try:
        yield
    except InputError as error:
        if error.where and error.where != where:
            error.what = f"{error.what} (at {error.where})"
        error.where = where
        raise


def _conditions(validators: Validators) -> dict[str, str]:
    said = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in said.items() if value}


def _kind(body: bytes) -> str:
    """The media type of a body about which its server says nothing."""
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML.search(head):
        return "text/html"
    return "application/xml" if head.startswith(b"<") else "text/plain"
