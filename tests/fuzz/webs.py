"""Readers of what the web sends: addresses, answers, robots.txt; and the list of what to watch."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kronik.errors import AddressRefused, InputError, ListError
from kronik.sources.web import guard, robots
from kronik.sources.web.body import opened
from kronik.sources.web.wire import Reply
from kronik.work import watchlist
from tests.fuzz.files import lines, refused, told

_PORTS = (80, 443, 8080, 8443)
_BASE = guard.parse("https://kabar.example/daerah/a?x=1", _PORTS)
_LONGEST = 8_000
"""Characters that an address may have."""
_MOST = 100_000
_CHUNK = 700


def guarded(body: bytes, folder: Path) -> Iterator[str]:
    """Addresses, a line each: by themselves, and as redirects of another."""
    for line in lines(body, "surrogateescape"):
        for joined in (False, True):
            try:
                made = guard.joined(_BASE, line, _PORTS) if joined else guard.parse(line, _PORTS)
            except AddressRefused as error:
                yield told(error)
                continue
            _same_to_all(made)
            yield f"{made.scheme} {made.port} {_public(made.host)}"


def _same_to_all(made: guard.Address) -> None:
    """An address that passed means one thing, to us and to the library."""
    written = str(made)
    written.encode("ascii")
    if len(written) <= _LONGEST:  # percent signs make it longer
        assert guard.parse(written, _PORTS) == made, "what passed once passes again, unchanged"
    other = urlsplit(written)
    assert other.hostname == made.host, "another reader finds the same host"
    assert (other.port or {"http": 80, "https": 443}[made.scheme]) == made.port
    assert made.target.startswith("/")
    assert "/../" not in made.target.partition("?")[0]


def _public(host: str) -> str:
    try:
        ip = ip_address(host)
    except ValueError:
        return "name"
    return (guard.forbidden(ip) or "public")[:20]


def answers(body: bytes, folder: Path) -> Iterator[str]:
    """An answer of a server: head, blank line, body."""
    head, _, rest = body.partition(b"\r\n\r\n")
    first, *below = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in below)
    headers = tuple((name, value.strip()) for name, _, value in pairs)
    digits = "".join(sign for sign in first if sign in "0123456789")[-3:]
    pieces = [rest[at : at + _CHUNK] for at in range(0, len(rest), _CHUNK)]
    reply = Reply("https://kabar.example/a", max(100, int(digits or 200)), headers, pieces)
    for ask in (_kind, _failure, _redirect, _whole, _beginning):
        try:
            yield ask(reply)
        except InputError as error:
            yield told(error)


def _kind(reply: Reply) -> str:
    return str(reply.kind)


def _failure(reply: Reply) -> str:
    failure, after = reply.failure, reply.retry_after
    assert after is None or after >= 0, "nobody waits a time below zero"
    return told(failure) if failure else "none"


def _redirect(reply: Reply) -> str:
    if reply.location:
        _same_to_all(guard.joined(_BASE, reply.location, _PORTS))
    return "leads on" if reply.location else "stays"


def _whole(reply: Reply) -> str:
    body = reply.body(_MOST)
    assert len(body) <= _MOST, "a body is no longer than it may be"
    return f"body {len(opened(body, _MOST, reply.where)) > 0}"


def _beginning(reply: Reply) -> str:
    return f"beginning {len(reply.beginning(1000)) <= 1000}"


def asked_of_robots(body: bytes, folder: Path) -> Iterator[str]:
    """A robots.txt, and what it says of an address."""
    rules = robots.understood(body.decode("utf-8", "replace"))
    assert rules.delay >= 0, "nobody waits a time below zero"
    try:
        rules.check(_BASE)
    except InputError as error:
        yield told(error)
    yield f"waits {min(rules.delay, 99):.0f}"


def watched(body: bytes, folder: Path) -> Iterator[str]:
    """A feeds.toml."""
    path = folder / "feeds.toml"
    path.write_bytes(body)
    try:
        found = watchlist.read(path)
    except ListError as error:
        yield refused(error)
        return
    assert found.sources
    assert all(one.interval >= watchlist.LEAST for one in found.sources)
    yield f"{len(found.sources)} sources"
