"""What sites ask of robots (RFC 9309): which pages to leave alone, and how long to wait between."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from protego import Protego

from kronik.errors import NotNow, RobotsRefused
from kronik.sources.web.guard import Address

TOKEN = "Kronik"
"""The name that robots.txt may call us by."""
MOST = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least."""
_FRESH_SECONDS = 86_400.0
_FAILED_SECONDS = 600.0
_MOST_SITES = 500
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:?\s*([^#]*)", re.I)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks."""

    parsed: Protego
    delay: float
    """Seconds between requests; 0 where it asks for none."""

    def check(self, address: Address) -> None:
        """Raise ``RobotsRefused`` for a page that is to be left alone."""
        if not self.parsed.can_fetch(str(address), TOKEN):
            remedy = "ask the site, or save the page and give the file"
            raise RobotsRefused("robots.txt asks to leave it", where=str(address), remedy=remedy)


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    found: Rules | NotNow


class Robots:
    """The rules of sites, each read once a day. ``read`` gives a robots.txt by its address: its
    text, or nothing where the site has none; it raises ``NotNow`` where that cannot be told."""

    def __init__(self, read: Callable[[Address], str]) -> None:
        self._read = read
        self._sites: dict[str, _Known] = {}

    def rules(self, address: Address) -> Rules:
        """The rules for an address.

        Raises ``NotNow`` while the site's robots.txt cannot be had, since it may forbid all.
        """
        known = self._sites.get(address.origin)
        if not known or known.until < time.monotonic():
            known = self._ask(address)
            if len(self._sites) >= _MOST_SITES:
                self._sites.pop(next(iter(self._sites)), None)
            self._sites[address.origin] = known
        if isinstance(known.found, NotNow):
            what = f"its robots.txt, which may forbid it, cannot be had: {known.found.what}"
            raise NotNow(what, where=str(address), after=known.found.after)
        return known.found

    def _ask(self, address: Address) -> _Known:
        try:
            rules = understood(self._read(replace(address, target="/robots.txt")))
        except NotNow as fault:
            return _Known(time.monotonic() + _FAILED_SECONDS, fault)
        return _Known(time.monotonic() + _FRESH_SECONDS, rules)


def understood(text: str) -> Rules:
    """The rules that a robots.txt lays down for us, in time and memory linear in its length."""
    parsed = Protego.parse("\n".join(_our(line) for line in text.splitlines()))
    rate = parsed.request_rate(TOKEN)
    pause = min(rate.seconds, _FRESH_SECONDS) / rate.requests if rate and rate.requests > 0 else 0.0
    return Rules(parsed, max(0.0, parsed.crawl_delay(TOKEN) or 0.0, pause))


def _our(line: str) -> str:
    """A line as it is, but other robots all under one name, as rules are kept for each name."""
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    name = found[1].partition("/")[0].strip().lower()
    return f"User-agent: {name if name in {'*', TOKEN.lower()} else 'other'}"
