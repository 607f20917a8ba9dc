"""The way to a host: its name is looked up once, every answer is checked, and those are dialled.

Nothing is looked up again between the check and the connection, so that a name cannot point to
another place by then (DNS rebinding). TLS still verifies the certificate for the name.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_address
from typing import Any, TypeAlias

import httpcore

from kronik.errors import AddressRefused
from kronik.sources.web.guard import IP, forbidden

Resolver: TypeAlias = Callable[[str, int], Sequence[IP]]
Rule: TypeAlias = Callable[[IP], str | None]
"""Why an IP address may not be reached; None where it may."""
Option: TypeAlias = tuple[int, int, int] | tuple[int, int, bytes | bytearray]
Option4: TypeAlias = tuple[int, int, None, int]
"""Socket options, as httpcore types them."""


def look_up(host: str, port: int) -> tuple[IP, ...]:
    """The IP addresses of a host, in the system's order. Raises ``OSError`` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ip_address(str(entry[4][0])) for entry in found))


class Network(httpcore.NetworkBackend):
    """Connections to public addresses only. Environment variables for proxies are not looked at.

    A caller that must reach others (a test its own server) gives its own ``resolver`` or ``rule``;
    ``tls`` is whom to trust, the certificates of certifi where nothing is given.
    """

    def __init__(
        self,
        resolver: Resolver = look_up,
        rule: Rule = forbidden,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._resolver = resolver
        self._rule = rule
        self._dial = httpcore.SyncBackend()
        self.tls = tls or httpcore.default_ssl_context()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Option | Option4] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers.

        ``timeout`` is for looking up and for all of them together. Raises ``AddressRefused`` if
        one of them, whichever, may not be reached.
        """
        clock = Clock(timeout)
        found = self._checked(host, port, clock)
        fault: Exception = httpcore.ConnectError(f"{host} has no address")
        for more, ip in zip(range(len(found), 0, -1), found, strict=True):
            left = clock.left()
            share = left and left / more  # one that swallows packets leaves time for the others
            try:
                return self._dial.connect_tcp(str(ip), port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    def _checked(self, host: str, port: int, clock: Clock) -> Sequence[IP]:
        found = self._addresses(host, port, clock.left())
        for ip in found:
            if why := self._rule(ip):
                what = f"{ip} is {why}" if str(ip) == host else f"it leads to {ip}, which is {why}"
                remedy = "only public addresses are reached; save the page and give the file"
                raise AddressRefused(what, where=host, remedy=remedy)
        return found

    def _addresses(self, host: str, port: int, timeout: float | None) -> Sequence[IP]:
        with suppress(ValueError):
            return (ip_address(host),)
        aside = ThreadPoolExecutor(1)  # the system's own look-up knows no timeout
        try:
            return aside.submit(self._resolver, host, port).result(timeout)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"looking up {host} takes too long") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        finally:
            aside.shutdown(wait=False)


class Clock:
    """What is left of a time that several operations share."""

    def __init__(self, seconds: float | None) -> None:
        self._until = None if seconds is None else time.monotonic() + seconds
        self._seconds = seconds

    def left(self, most: float | None = None) -> float | None:
        """Seconds left, at most ``most``. Raises ``httpcore.ReadTimeout`` when there are none."""
        if self._until is None:
            return most
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(f"not done within {self._seconds:g} s")
        return left if most is None else min(left, most)


class Timed(httpcore.NetworkBackend):
    """A network whose connections end when the clock has run out, however they trickle."""

    def __init__(self, network: Network, clock: Clock) -> None:
        self._network = network
        self._clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Option | Option4] | None = None,
    ) -> httpcore.NetworkStream:
        """As the network's own, and no longer than the clock allows."""
        left = self._clock.left(timeout)
        stream = self._network.connect_tcp(host, port, left, local_address, socket_options)
        return TimedStream(stream, self._clock)


class TimedStream(httpcore.NetworkStream):
    """A connection that ends when the clock has run out."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What the server has sent, waiting as long as both limits allow."""
        return self._stream.read(max_bytes, self._clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of the bytes, waiting as long as both limits allow."""
        self._stream.write(buffer, self._clock.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection under TLS, verified for the host's name."""
        try:
            left = self._clock.left(timeout)
        except httpcore.ReadTimeout:
            self.close()
            raise
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return TimedStream(stream, self._clock)

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells about itself."""
        return self._stream.get_extra_info(info)
