"""No way round the rule: every row of ``ways_round.tsv``, asked for and redirected to."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.errors import AddressRefused, InputError
from kronik.settings import Settings, Web
from kronik.sources.web import Client, Network
from kronik.sources.web.guard import Address, forbidden, joined, parse
from tests.sources.web.site import HERE, NAME, NO_TRUST, Names, Site, leads, only_here

PORTS = (80, 443, 8080, 8443)


@dataclass(frozen=True)
class Way:
    way: str
    address: str
    leads: str
    what: str

    def to(self, victim: Site) -> str:
        return self.address.replace("{port}", str(victim.port))


def ways() -> Iterator[Way]:
    table = Path(__file__).with_name("ways_round.tsv").read_text("utf8").splitlines()
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield Way(**{**row, "address": json.loads(f'"{row["address"]}"')})


def client(site: Site, victim: Site, way: Way) -> Client:
    """One that may reach the tests' own site and, like any other, nothing else on loopback."""
    host = "jalan.example" if "jalan.example" in way.address else way.address.split("/")[2:3]
    names = {NAME: [[HERE]]}
    if way.leads:
        name = host if isinstance(host, str) else host[0].partition(":")[0].lower().rstrip(".")
        names[name] = [way.leads.split(" ")]
    quick = Web(ports=(80, 443, site.port, victim.port), delay=0.0, backoff=0.01, tries=1)
    return Client(Settings(web=quick), transport=Network(Names(names), only_here, NO_TRUST))


def test_there_are_many_ways() -> None:
    rows = list(ways())
    assert len(rows) >= 100
    assert len({row.way for row in rows}) == len(rows)


@pytest.mark.parametrize("way", list(ways()), ids=lambda way: way.way)
def test_asked_for_it_is_refused(way: Way, site: Site, victim: Site) -> None:
    before = len(victim.asked)
    with client(site, victim, way) as door, pytest.raises(AddressRefused) as refused:
        door.get(way.to(victim))
    assert way.what in refused.value.what
    assert refused.value.remedy
    assert refused.value.where
    assert str(refused.value).isprintable()
    assert len(victim.asked) == before
    assert not site.asked


@pytest.mark.parametrize(
    "way",
    [way for way in ways() if not set(way.address) & set("\r\n\0\ud800")],
    ids=lambda w: w.way,
)
def test_redirected_to_it_is_refused(way: Way, site: Site, victim: Site) -> None:
    before = len(victim.asked)
    start = site.says(
        "/mulai", b"HTTP/1.1 302 Go\r\nLocation: " + way.to(victim).encode() + b"\r\n\r\n"
    )
    with client(site, victim, way) as door, pytest.raises(InputError) as refused:
        door.get(start)
    assert refused.value.where == start
    assert len(victim.asked) == before
    if way.what:
        assert isinstance(refused.value, AddressRefused)
        assert way.what in refused.value.what
    else:  # a redirect may leave out the scheme or the host, and then stays on its own site
        assert isinstance(refused.value, AddressRefused) or site.paths()[1:]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_hop_is_checked(status: int, site: Site, victim: Site) -> None:
    site.says("/dua", leads(victim.at("/rahasia", "127.0.0.1"), status))
    start = site.says("/satu", leads("/dua", status))
    plain = Way("", "", "", "")
    with client(site, victim, plain) as door, pytest.raises(AddressRefused, match="loopback"):
        door.get(start)
    assert site.paths() == ["/satu", "/dua"]
    assert not [one for one in victim.asked if one.path == "/rahasia"]


def test_robots_may_not_lead_astray(site: Site, victim: Site) -> None:
    site.says("/robots.txt", leads(victim.at("/rahasia", "127.0.0.1")))
    with client(site, victim, Way("", "", "", "")) as door, pytest.raises(AddressRefused):
        door.get(site.at("/kabar"))
    assert not [one for one in victim.asked if one.path == "/rahasia"]
    assert not site.paths()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://Kabar.Example", "http://kabar.example/"),
        ("HTTPS://KABAR.example.:443/A?B#c", "https://kabar.example/A?B"),
        (" https://kabar.example:8443/a ", "https://kabar.example:8443/a"),
        ("http://kabar.example:/a", "http://kabar.example/a"),
        ("http://kabar.example/a/./b/../c", "http://kabar.example/a/c"),
        ("http://kabar.example/publik/%2e%2E/pribadi", "http://kabar.example/pribadi"),
        ("http://kabar.example/../../a/..", "http://kabar.example/"),
        ("http://kabar.example/a/b/..", "http://kabar.example/a/"),
        ("http://kabar.example/a//b", "http://kabar.example/a//b"),
        ("http://kabar.example/gempa palu?q=a b", "http://kabar.example/gempa%20palu?q=a%20b"),
        ("http://kabar.example/é?é#é", "http://kabar.example/%C3%A9?%C3%A9"),
        ("http://kabar.example/%C3%A9%", "http://kabar.example/%C3%A9%"),
        ("http://kabar.example?a[]=<1>", "http://kabar.example/?a%5B%5D=%3C1%3E"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://BÜCHER.example/a", "https://xn--bcher-kva.example/a"),
        ("http://93.184.215.14/a", "http://93.184.215.14/a"),
        ("http://[2606:4700:0::1111]:8080/a", "http://[2606:4700::1111]:8080/a"),
        ("http://a_b.kabar.example/", "http://a_b.kabar.example/"),
    ],
)
def test_addresses_in_one_form(text: str, address: str) -> None:
    read = parse(text, PORTS)
    assert str(read) == address
    assert parse(address, PORTS) == read


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("/c?d", "http://kabar.example/c?d"),
        ("c", "http://kabar.example/a/c"),
        ("../c", "http://kabar.example/c"),
        ("?d", "http://kabar.example/a/b?d"),
        ("//warta.example/c", "http://warta.example/c"),
        ("https://warta.example", "https://warta.example/"),
        ("gempa palu", "http://kabar.example/a/gempa%20palu"),
        ("", "http://kabar.example/a/b?q"),
    ],
)
def test_redirects_are_joined(location: str, address: str) -> None:
    assert str(joined(parse("http://kabar.example/a/b?q#d", PORTS), location, PORTS)) == address


@pytest.mark.parametrize("location", ["http://[::1", "http://[kabar", "//[", "https://a]b/"])
def test_redirects_with_broken_brackets(location: str) -> None:
    with pytest.raises(AddressRefused):
        joined(parse("http://kabar.example/", PORTS), location, PORTS)


def test_an_address_has_a_length() -> None:
    with pytest.raises(AddressRefused, match="longer") as refused:
        parse("http://kabar.example/" + "a" * 9_000, PORTS)
    assert len(str(refused.value)) < 3_000


@pytest.mark.parametrize(
    "ip",
    ["93.184.215.14", "8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.32.0.1",
     "11.0.0.1", "126.0.0.1", "128.0.0.1", "169.253.1.1", "192.167.1.1", "192.169.1.1",
     "198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2404:6800:4003::200e",
     "64:ff9b::808:808", "::ffff:8.8.8.8", "2606:4700::5efe:8.8.8.8"],
)  # fmt: skip
def test_public_addresses_may_be_reached(ip: str) -> None:
    assert forbidden(ip_address(ip)) is None


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_refused(ip: object) -> None:
    """Another list than ours, kept by others; ours refuses more, but looks into wrappings."""
    address = ip_address(str(ip))
    wrapped = address in ip_network("::ffff:0:0/96") or address in ip_network("64:ff9b::/96")
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert wrapped or forbidden(address)


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_a_private_address_public(ip: object) -> None:
    inner = ip_address(str(ip))
    value = int(inner)
    wrapped = [
        ip_address(int(ip_address("::ffff:0:0")) + value),
        ip_address(int(ip_address("64:ff9b::")) + value),
        ip_address(int(ip_address("2002::")) + (value << 80)),
        ip_address(int(ip_address("::")) + value),
        ip_address(int(ip_address("2606:4700::5efe:0:0")) + value),
        ip_address(int(ip_address("2001::")) + (value ^ 0xFFFF_FFFF)),
    ]
    if forbidden(inner):
        assert all(forbidden(outer) for outer in wrapped)


@given(st.text(max_size=60) | st.from_regex(r"https?:[/\\]{1,3}[\w.:@%\[\]-]{0,30}[/?#\\]?.{0,9}"))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse(text, PORTS)
    except AddressRefused as refused:
        told = str(refused)
        assert told.isprintable()
        return
    assert isinstance(read, Address)
    assert str(read).isascii()
    assert str(read).isprintable()
    assert " " not in str(read)
    assert parse(str(read), PORTS) == read
