"""Which addresses may be reached: what an address must look like, and which networks are public.

An address is taken apart here and nowhere else, so that no second reader of it can come to another
host than the one that was checked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import NoReturn, TypeAlias
from unicodedata import category
from urllib.parse import quote, urljoin

import idna

from kronik.errors import AddressRefused

IP: TypeAlias = IPv4Address | IPv6Address

_LONGEST = 8_000
_SHOWN = 2_000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_REMEDY = "give a public address as a browser shows it: https://host/path"
_UNCLEAR = "no host that can be read in one way only"
_FORM = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.I)
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@%\s]+)(?::([0-9]{0,5}))?", re.I)
_NAME = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_KEPT = "/%:@!$&'()*+,;=-._~"
_DOT = re.compile("%2e", re.I)

_PUBLIC_6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address in its parts: lower-case host, path without dots, nothing behind ``#``."""

    scheme: str
    host: str
    port: int
    target: str
    """Path and query, percent-encoded."""

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt is for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port, as the Host header wants them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse(text: str, ports: Collection[int]) -> Address:
    """The address that a text is.

    Raises ``AddressRefused`` for any scheme but http and https, for a port that is not in
    ``ports``, for a name of a private network, and for whatever programs read in different ways.
    """
    text = text.strip(" ")
    _refuse_signs(text)
    form = _FORM.fullmatch(text)
    if not form:
        _refuse("not an address of the form http://host/path or https://host/path", text)
    scheme = form[1].lower()
    parts = _AUTHORITY.fullmatch(form[2])
    if "@" in form[2]:
        _refuse("a user name or password before the host", text)
    if not parts:
        _refuse(_UNCLEAR, text)
    port = int(parts[2]) if parts[2] else _DEFAULT_PORTS[scheme]
    if port not in ports:
        _refuse(f"port {port}, which is none of the web's", text)
    host = _literal(parts[1], text) if parts[1][0] == "[" else _name(parts[1], text)
    path = _without_dots(quote(form[3], safe=_KEPT))
    return Address(scheme, host, port, path + quote(form[4] or "", safe=_KEPT + "?"))


def joined(base: Address, location: str, ports: Collection[int]) -> Address:
    """The address that a redirect of ``base`` leads to. Raises ``AddressRefused`` as ``parse``."""
    _refuse_signs(location)
    try:
        whole = urljoin(str(base), location.strip(" "))
    except ValueError:  # brackets that do not pair
        _refuse(_UNCLEAR, location)
    return parse(whole, ports)


def forbidden(ip: IP) -> str | None:
    """Why this IP address may not be reached, or None for a public one."""
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return "an address with a zone"
        inner, decides = _embedded(ip)
        why = forbidden(inner) if inner else None
        if why or decides:
            return why and f"{inner} within it is {why}"
    for network, what in _networks():
        if ip.version == network.version and ip in network:
            return what
    return "not public" if ip.version == 6 and ip not in _PUBLIC_6 else None


def _embedded(ip: IPv6Address) -> tuple[IPv4Address | None, bool]:
    """The IPv4 address that an IPv6 one carries, and whether packets end up there for certain."""
    if ip.ipv4_mapped:
        return ip.ipv4_mapped, True
    value = int(ip)
    last = IPv4Address(value & 0xFFFF_FFFF)
    if ip in _NAT64:
        return last, True
    return (last if value >> 32 & 0xFFFF_FFFF in _ISATAP else None), False


def _literal(host: str, text: str) -> str:
    try:
        return str(IPv6Address(host[1:-1]))
    except ValueError:
        _refuse(_UNCLEAR, text)


def _name(host: str, text: str) -> str:
    try:
        lower = host.lower() if host.isascii() else idna.encode(host.lower(), strict=True).decode()
    except UnicodeError:
        _refuse("a host name with letters that names may not have (IDNA 2008)", text)
    name = lower.removesuffix(".")
    if not _NAME.fullmatch(name) or len(name) > 253:
        _refuse("a host name that no site can have", text)
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(name))
        except ValueError:
            _refuse("an IPv4 address not written as four decimal numbers", text)
    if len(labels) == 1:
        _refuse("a name without a dot, which is one of a local network", text)
    for start in range(len(labels)):
        if what := _local_names().get(".".join(labels[start:])):
            _refuse(what, text)
    return name


def _without_dots(path: str) -> str:
    """A path as a server walks it (RFC 3986, 5.2.4), so that robots.txt is asked about that."""
    kept: list[str] = []
    parts = _DOT.sub(".", path).split("/")[1:]
    for part in parts:
        if part == "..":
            kept = kept[:-1]
        elif part != ".":
            kept.append(part)
    folder = parts[-1:] in ([".."], ["."])
    return "/" + "/".join([*kept, ""] if folder and kept else kept)


def _refuse_signs(text: str) -> None:
    if len(text) > _LONGEST:
        _refuse(f"longer than {_LONGEST:,} characters", text)
    for sign in text:
        if sign == "\\" or category(sign) in {"Cc", "Cs", "Zl", "Zp"}:
            _refuse(f"the sign U+{ord(sign):04X}, which no address may have", text)


def _refuse(what: str, text: str) -> NoReturn:
    raise AddressRefused(what, where=shown(text), remedy=_REMEDY)


def shown(text: str) -> str:
    """An address as it can be printed on one line, cut where it is too long for that."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in cut)


@cache
def _networks() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    return tuple((ip_network(network), what) for network, what in _table("networks.tsv"))


@cache
def _local_names() -> dict[str, str]:
    return dict(_table("names.tsv"))


def _table(name: str) -> list[tuple[str, str]]:
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return [(row[0], row[1]) for row in rows]
