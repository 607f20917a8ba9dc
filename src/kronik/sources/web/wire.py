"""One request over one connection of its own, and what went wrong in words."""

from __future__ import annotations

import email.utils
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import httpcore

from kronik.errors import NotFetched, NotNow, WrongKind
from kronik.settings import Web
from kronik.sources.web.body import ACCEPTED, cut, measured, refuse_size, unpacked
from kronik.sources.web.guard import Address, shown
from kronik.sources.web.network import Clock, Network, Timed

_LASTING = frozenset({socket.EAI_NONAME, socket.EAI_FAMILY, socket.EAI_FAIL})
_PAGES = frozenset({200, 203})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAVE = "open it in a browser, save it and give the file"


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of an answer, and its body while it still comes."""

    where: str
    status: int
    headers: tuple[tuple[str, str], ...]
    pieces: Iterable[bytes]

    def header(self, name: str) -> str:
        """The last header of that lower-case name, without white space around it, or nothing."""
        found = [value for key, value in self.headers if key.lower() == name]
        return found[-1].strip(" \t") if found else ""

    @property
    def kind(self) -> str | None:
        """The media type that a page of this kind has for Kronik; None where nothing is said.

        Raises ``WrongKind`` for what is neither HTML, XML nor text.
        """
        said = self.header("content-type").partition(";")[0].strip().lower()
        if said and said not in _kinds():
            what = f"it is {shown(said)[:80]}, and only HTML, XML and plain text are read"
            raise WrongKind(what, where=self.where, remedy="give the address of an article")
        return _kinds()[said] if said else None

    def body(self, most: int) -> bytes:
        """The whole body, unpacked. Raises ``TooLarge`` if it is, or comes in, more than ``most``
        bytes, and ``NotFetched`` if it is damaged."""
        length = self.header("content-length")
        if length.isdecimal() and int(length[:20]) > most:
            refuse_size(most, self.where)
        return b"".join(
            measured(self._unpacked(measured(self.pieces, most, self.where)), most, self.where)
        )

    def beginning(self, most: int) -> bytes:
        """The first ``most`` bytes of the body, unpacked."""
        return cut(self._unpacked(self.pieces), most)

    def _unpacked(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        return unpacked(pieces, self.header("content-encoding").lower(), self.where)

    @property
    def failure(self) -> NotFetched | None:
        """What its status says, unless it brings a page or leads on; ``NotNow`` if it may pass."""
        if self.status in _PAGES or self.location:
            return None
        row = _status(self.status)
        what = f"{self.status}: {row.what}"
        if row.again:
            after = self.retry_after
            what += "" if after is None else f"; it asks to wait {after:.0f} s"
            return NotNow(what, where=self.where, remedy=row.remedy, after=after)
        return NotFetched(what, where=self.where, remedy=row.remedy)

    @property
    def location(self) -> str:
        """Where a redirect leads; nothing for any other answer."""
        return self.header("location") if self.status in _REDIRECTS else ""

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait (RFC 9110, 10.2.3), if it says so."""
        said = self.header("retry-after")
        if said.isdecimal():
            return float(said[:12])
        try:
            at = email.utils.parsedate_to_datetime(said)
        except (ValueError, OverflowError):
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return max(0.0, (at - datetime.now(UTC)).total_seconds())


class Wire:
    """Makes requests, one connection for each: pinned, timed, without cookies or proxies."""

    def __init__(self, network: Network, limits: Web, agent: str) -> None:
        self._network = network
        self._limits = limits
        self._agent = agent

    @contextmanager
    def get(self, address: Address, headers: Mapping[str, str]) -> Iterator[Reply]:
        """The answer to one GET; its body can be read as long as the context lasts.

        Raises ``NotNow`` for what may pass, ``NotFetched`` for what will not.
        """
        where = shown(str(address))
        with _told(where), self._connection(address) as connection:
            response = connection.handle_request(self._request(address, headers))
            try:
                head = tuple((_text(name), _text(value)) for name, value in response.headers)
                yield Reply(where, response.status, head, response.iter_stream())
            finally:
                response.close()

    def _connection(self, address: Address) -> httpcore.HTTPConnection:
        origin = httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port)
        timed = Timed(self._network, Clock(self._limits.seconds))
        return httpcore.HTTPConnection(origin, ssl_context=self._network.tls, network_backend=timed)

    def _request(self, address: Address, headers: Mapping[str, str]) -> httpcore.Request:
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        whole = {
            "Host": address.authority,
            "User-Agent": self._agent,
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
            **headers,
        }
        waits = dict.fromkeys(("connect", "read", "write"), self._limits.read_seconds)
        return httpcore.Request(
            "GET", url, headers=list(whole.items()), extensions={"timeout": waits}
        )


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Faults of the wire as errors that say what, where and the remedy."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise NotNow(f"no answer in time: {error}".rstrip(": "), where=where) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise _fault(error, where) from error


def _fault(error: Exception, where: str) -> NotFetched:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        what = f"its certificate is not good for it: {cause.verify_message}"
        return NotFetched(what, where=where, remedy=_SAVE)
    if isinstance(cause, socket.gaierror):
        if cause.errno in _LASTING:
            return NotFetched("no such host", where=where, remedy="check the address")
        return NotNow("its host cannot be looked up: is there a network?", where=where)
    broken = isinstance(error, httpcore.ProtocolError)
    what = "the answer is not HTTP or breaks off" if broken else "no connection, or it broke"
    return NotNow(f"{what}: {shown(str(error))}", where=where)


@dataclass(frozen=True, slots=True)
class _Status:
    what: str
    again: bool
    remedy: str


def _status(status: int) -> _Status:
    """The table's row for a status, or for those that it begins like."""
    code = str(status)
    rows = _statuses()
    return next(rows[key] for key in (code, code[:2] + "x", code[0] + "xx", "2xx") if key in rows)


@cache
def _statuses() -> dict[str, _Status]:
    return {row[0]: _Status(row[1], row[2] == "yes", row[3]) for row in _table("statuses.tsv")}


@cache
def _kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in _table("kinds.tsv")}


def _table(name: str) -> Sequence[list[str]]:
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def _text(raw: bytes) -> str:
    """A header as text: UTF-8 where it is that, and a character a byte where not."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
