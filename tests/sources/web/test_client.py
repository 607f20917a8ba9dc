"""The door to the web, before real servers that behave and real servers that do not."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from itertools import pairwise

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronik import __version__
from kronik.errors import (
    EmptyInput,
    InputError,
    NotFetched,
    NotNow,
    RobotsRefused,
    TooLarge,
    WrongKind,
)
from kronik.sources.web import Client, Validators
from kronik.sources.web.body import unpacked
from kronik.sources.web.client import agent
from kronik.steps.clean.encoding import decode, served
from kronik.types import Page
from tests.sources.web.site import HTML, Send, Site, answer, leads, network

RSS = b"<?xml version='1.0'?><rss><channel><title>Kabar</title></channel></rss>"


def door(site: Site, **limits: object) -> Client:
    return Client(site.settings(**limits), transport=network())  # type: ignore[arg-type]


def page(site: Site, address: str, **limits: object) -> Page:
    got = door(site, **limits).get(address).page
    assert got
    return got


def test_a_page_with_all_that_custody_must_tell(site: Site) -> None:
    site.says("/dua", leads("/tiga#bagian", 301))
    start = site.says("/satu", leads("/dua"))
    site.says("/tiga", answer(HTML, etag='"v1"', content_type="Text/HTML; Charset=ISO-8859-1"))
    before = datetime.now(UTC).replace(microsecond=0)
    got = door(site).get(start)
    assert got.page
    assert got.page.id == sha256(HTML).hexdigest()
    assert got.page.body == HTML
    assert got.page.media_type == "text/html"
    assert got.page.origin == start
    assert got.page.url == site.at("/tiga")
    assert got.page.fetched_at
    assert got.page.fetched_at.endswith("Z")
    assert before <= datetime.fromisoformat(got.page.fetched_at) <= datetime.now(UTC)
    assert got.page.fetch
    assert got.page.fetch.asked == start
    assert got.page.fetch.redirects == (site.at("/dua"), site.at("/tiga"))
    assert got.page.fetch.status == 200
    assert ("etag", '"v1"') in got.page.fetch.headers
    assert got.validators == Validators('"v1"', None)
    assert not got.unchanged


def test_without_redirects_there_are_none(site: Site) -> None:
    address = site.says("/kabar", answer())
    got = page(site, address)
    assert got.fetch
    assert got.fetch.redirects == ()
    assert got.url == address


def test_what_a_request_says(site: Site) -> None:
    site.says("/kabar", answer(set_cookie="jejak=1"))
    client = door(site, contact="redaksi@kabar.example")
    client.get(site.at("/kabar"))
    client.get(site.at("/kabar"))
    headers = site.asked[-1].headers
    assert headers["user-agent"] == f"Kronik/{__version__} (+redaksi@kabar.example)"
    assert headers["host"] == f"kabar.example:{site.port}"
    assert headers["accept-encoding"] == "gzip, br, zstd"
    assert "cookie" not in headers
    assert "referer" not in headers


@pytest.mark.parametrize("contact", ["a\r\nX: y", "a\nb", "é", "a\0"])
def test_a_contact_that_no_header_can_hold(contact: str) -> None:
    with pytest.raises(InputError, match="contact"):
        agent(contact)
    assert agent("") == f"Kronik/{__version__}"


# What comes back --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "body", "kind"),
    [
        ("text/html", HTML, "text/html"),
        ("TEXT/HTML ; charset=utf-8", HTML, "text/html"),
        ("application/xhtml+xml", HTML, "text/html"),
        ("text/plain", b"Warga mengungsi.", "text/plain"),
        ("application/rss+xml", RSS, "application/xml"),
        ("application/atom+xml", RSS, "application/xml"),
        ("text/xml", RSS, "application/xml"),
        ("", HTML, "text/html"),
        ("", RSS, "application/xml"),
        ("", b"Warga mengungsi.", "text/plain"),
        ("application/gzip", gzip.compress(RSS), "application/xml"),
        ("application/x-gzip", gzip.compress(HTML), "text/html"),
    ],
)
def test_kinds_that_are_read(site: Site, said: str, body: bytes, kind: str) -> None:
    got = page(site, site.says("/kabar", answer(body, content_type=said)))
    assert got.media_type == kind
    assert got.body in {HTML, RSS, b"Warga mengungsi."}


@pytest.mark.parametrize(
    "said",
    ["image/png", "application/pdf", "application/json", "video/mp4", "application/octet-stream",
     "text/css", "application/zip", "multipart/x-mixed-replace", "tidak jelas"],
)  # fmt: skip
def test_kinds_that_are_not(site: Site, said: str) -> None:
    """Refused by the head alone: the body would never end."""

    def endless(send: Send) -> None:
        send(f"HTTP/1.1 200 So\r\nContent-Type: {said}\r\n\r\n".encode())
        while True:
            send(b"x" * 65_536)

    with pytest.raises(WrongKind) as error:
        door(site).get(site.says("/kabar", endless))
    assert said in error.value.what
    assert error.value.remedy


def test_the_charset_of_the_header_comes_to_the_reader(site: Site) -> None:
    """The bytes stay as they came, and what the server says of them stays with them."""
    body = "<!doctype html><p>Gempa di Київ</p>".encode("koi8-u")
    said = "text/html; charset=koi8-u"
    got = page(site, site.says("/kabar", answer(body, content_type=said)))
    assert got.body == body
    assert got.fetch
    assert served(got.fetch) == "koi8-u"
    assert "Київ" in decode(got.body, served(got.fetch))


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
def test_nothing_in_it(site: Site, body: bytes) -> None:
    with pytest.raises(EmptyInput):
        door(site).get(site.says("/kabar", answer(body)))


def packed(coding: str, data: bytes) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(data, quality=5))
    return zstandard.compress(data, 10) if coding == "zstd" else gzip.compress(data)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "br", "zstd", "identity", ""])
@pytest.mark.parametrize("size", [1, 65_536, 150_000])
def test_codings(site: Site, coding: str, size: int) -> None:
    body = (HTML * size)[:size]
    sent = packed(coding, body) if coding not in {"identity", ""} else body
    got = page(site, site.says("/kabar", answer(sent, content_encoding=coding)))
    assert got.body == body


def test_gzip_in_several_members_and_padding(site: Site) -> None:
    body = gzip.compress(HTML[:9]) + gzip.compress(HTML[9:]) + b"\0" * 20
    assert page(site, site.says("/kabar", answer(body, content_encoding="gzip"))).body == HTML


def test_zstd_in_several_frames(site: Site) -> None:
    body = zstandard.compress(HTML[:9]) + zstandard.compress(HTML[9:])
    assert page(site, site.says("/kabar", answer(body, content_encoding="zstd"))).body == HTML


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_damaged_codings(site: Site, coding: str) -> None:
    whole = packed(coding, HTML * 50)
    for body in (whole[:-9], b"tidak dikemas sama sekali", whole[:20] + b"\xff" * 40):
        address = site.says("/kabar", answer(body, content_encoding=coding))
        with pytest.raises(NotFetched, match=f"damaged {coding}"):
            door(site).get(address)


@pytest.mark.parametrize("coding", ["compress", "deflate", "gzip, gzip", "gzip,br", "sdch"])
def test_codings_that_were_not_asked_for(site: Site, coding: str) -> None:
    with pytest.raises(NotFetched, match="not asked for"):
        door(site).get(site.says("/kabar", answer(content_encoding=coding)))


def bomb(coding: str) -> bytes:
    """Very many spaces in as few bytes as it goes."""
    if coding == "gzip":
        packer = zlib.compressobj(9, wbits=31)
        parts = [packer.compress(b" " * 1_048_576) for _ in range(64)]
        return b"".join([*parts, packer.flush()])
    if coding == "zstd":
        frame = zstandard.ZstdCompressor(level=3).compressobj()
        return b"".join([frame.compress(b" " * 1_048_576) for _ in range(256)]) + frame.flush()
    small = brotli.Compressor(quality=5)
    return b"".join([*[small.process(b" " * 1_048_576) for _ in range(64)], small.finish()])


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_bombs(site: Site, coding: str) -> None:
    body = bomb(coding)
    assert len(body) < 200_000, "small enough to pass as it comes over the wire"
    with pytest.raises(TooLarge) as error:
        door(site).get(site.says("/kabar", answer(body, content_encoding=coding)))
    assert "200,000" in error.value.what


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_bombs_are_unpacked_in_pieces(coding: str) -> None:
    """A server's one piece of 64 KiB could else stand for a gigabyte in memory."""
    sizes = [len(piece) for piece in unpacked([bomb(coding)], coding, "bom")]
    assert sum(sizes) >= 64 * 1_048_576
    assert max(sizes) <= 3_000_000


def test_a_bomb_within_a_file(site: Site) -> None:
    body = gzip.compress(b" " * 10_000_000)
    with pytest.raises(TooLarge):
        door(site).get(site.says("/peta.xml.gz", answer(body, content_type="application/gzip")))


def test_a_zstd_window_that_wants_too_much_memory(site: Site) -> None:
    wide = zstandard.ZstdCompressionParameters(window_log=27)
    frame = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    body = frame.compress(HTML) + frame.flush()
    with pytest.raises(NotFetched, match="damaged zstd"):
        door(site).get(site.says("/kabar", answer(body, content_encoding="zstd")))


def test_a_page_announced_as_too_large_is_not_read(site: Site) -> None:
    def announced(send: Send) -> None:
        send(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nContent-Length: 900000000\r\n\r\n")
        time.sleep(3)

    start = time.monotonic()
    with pytest.raises(TooLarge):
        door(site).get(site.says("/kabar", announced))
    assert time.monotonic() - start < 2


def test_a_page_as_large_as_it_may_be(site: Site) -> None:
    body = b"x" * 200_000
    assert page(site, site.says("/kabar", answer(body))).body == body
    with pytest.raises(TooLarge):
        door(site).get(site.says("/kabar", answer(body + b"x")))


# Servers that do not behave ---------------------------------------------------------------


def head_by_drops(send: Send) -> None:
    send(b"HTTP/1.1 200 So\r\nX-Panjang: ")
    while True:
        send(b"a")
        time.sleep(0.02)


def body_by_drops(send: Send) -> None:
    send(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        send(b"a")
        time.sleep(0.02)


def silence(send: Send) -> None:
    time.sleep(2)


def silence_after_the_head(send: Send) -> None:
    send(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\n\r\n")
    time.sleep(2)


def hints_for_ever(send: Send) -> None:
    while True:
        send(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.005)


@pytest.mark.parametrize(
    "script", [head_by_drops, body_by_drops, silence, silence_after_the_head, hints_for_ever]
)
def test_servers_that_take_their_time(site: Site, script: object) -> None:
    limits = {"tries": 1, "seconds": 0.5, "read_seconds": 0.3}
    address = site.says("/kabar", script)  # type: ignore[arg-type]
    start = time.monotonic()
    with pytest.raises(NotNow, match="in time"):
        door(site, **limits).get(address)
    assert time.monotonic() - start < 1.8


def test_a_body_without_end(site: Site) -> None:
    def endless(send: Send) -> None:
        send(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            send(b"10000\r\n" + b"x" * 65_536 + b"\r\n")

    with pytest.raises(TooLarge):
        door(site).get(site.says("/kabar", endless))


def test_a_packed_body_without_end_that_unpacks_to_nothing(site: Site) -> None:
    def endless(send: Send) -> None:
        send(b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")
        while True:
            send(gzip.compress(b"") * 1_000)

    with pytest.raises(TooLarge):
        door(site).get(site.says("/kabar", endless))


def test_a_head_without_end(site: Site) -> None:
    def endless(send: Send) -> None:
        send(b"HTTP/1.1 200 So\r\n")
        while True:
            send(b"X-Panjang: " + b"a" * 1_000 + b"\r\n")

    with pytest.raises(NotNow, match="not HTTP"):
        door(site, tries=1).get(site.says("/kabar", endless))


BROKEN_OFF = b"HTTP/1.1 200 So\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\nsepotong"


def test_a_body_that_breaks_off_is_asked_for_again(site: Site) -> None:
    assert page(site, site.says("/kabar", BROKEN_OFF, answer())).body == HTML
    assert len(site.paths()) == 2


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\0" * 500,
        b"tidak ada HTTP di sini\r\n\r\n",
        BROKEN_OFF,
        b"HTTP/1.1 200 So\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 So\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 So\r\n spasi: a\r\n\r\n",
        b"HTTP/1.1 999999 So\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.0\r\n",
    ],
)
def test_answers_that_are_none(site: Site, reply: bytes) -> None:
    with pytest.raises(NotFetched) as error:
        door(site, tries=1).get(site.says("/kabar", reply))
    assert str(error.value).isprintable()
    assert error.value.remedy


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.binary(max_size=80)
    | st.builds(
        lambda status, name, value, body: (
            b"HTTP/1.1 %d x\r\n%s: %s\r\n\r\n%s" % (status, name.encode(), value, body)
        ),
        st.integers(100, 699),
        st.sampled_from(
            [
                "Location",
                "Content-Type",
                "Content-Encoding",
                "Retry-After",
                "ETag",
                "Content-Length",
            ]
        ),
        st.binary(max_size=20).filter(lambda raw: b"\n" not in raw),
        st.binary(max_size=30),
    )
)
def test_any_answer_is_a_page_or_an_error(site: Site, reply: bytes) -> None:
    address = site.says("/kabar", reply)
    try:
        got = door(site, tries=1, read_seconds=0.5).get(address)
    except InputError as error:
        told = str(error)
        assert told.isprintable()
        return
    assert got.page
    assert got.page.body.strip()


# Redirects --------------------------------------------------------------------------------


def test_redirects_in_a_circle(site: Site) -> None:
    site.says("/dua", leads("/satu"))
    with pytest.raises(NotFetched, match="circle"):
        door(site).get(site.says("/satu", leads("/dua")))
    with pytest.raises(NotFetched, match="circle"):
        door(site).get(site.says("/diri", leads("/diri")))


def test_redirects_without_end(site: Site) -> None:
    for step in range(12):
        site.says(f"/{step}", leads(f"/{step + 1}"))
    with pytest.raises(NotFetched, match="more than 3 redirects"):
        door(site, redirects=3).get(site.at("/0"))
    assert site.paths() == ["/0", "/1", "/2", "/3"]
    site.says("/3", answer())
    assert page(site, site.at("/0"), redirects=3).url == site.at("/3")


@pytest.mark.parametrize("status", [300, 301, 304, 305, 306, 399])
def test_statuses_that_lead_nowhere(site: Site, status: int) -> None:
    with pytest.raises(NotFetched, match=str(status)):
        door(site).get(site.says("/kabar", answer(b"", status)))


# Statuses, and asking again ---------------------------------------------------------------


@pytest.mark.parametrize("status", [204, 206, 226, 401, 403, 404, 410, 451, 418, 699])
def test_statuses_that_last(site: Site, status: int) -> None:
    with pytest.raises(NotFetched, match=f"^.*{status}: ") as error:
        door(site).get(site.says("/kabar", answer(b"", status)))
    assert not isinstance(error.value, NotNow)
    assert len(site.paths()) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 599])
def test_statuses_that_may_pass(site: Site, status: int) -> None:
    refused = answer(b"", status)
    assert page(site, site.says("/kabar", refused, refused, answer())).body == HTML
    assert len(site.paths()) == 3


def test_tries_have_an_end(site: Site) -> None:
    with pytest.raises(NotNow, match="503: "):
        door(site, tries=3).get(site.says("/kabar", answer(b"", 503)))
    assert len(site.paths()) == 3


def test_waits_grow(site: Site) -> None:
    with pytest.raises(NotNow):
        door(site, tries=4, backoff=0.1).get(site.says("/kabar", answer(b"", 503)))
    at = [one.at for one in site.asked if one.path == "/kabar"]
    waits = [later - earlier for earlier, later in pairwise(at)]
    assert waits[0] >= 0.1
    assert waits[1] >= 0.2
    assert waits[2] >= 0.4


def test_retry_after_is_obeyed(site: Site) -> None:
    page(site, site.says("/kabar", answer(b"", 429, retry_after="1"), answer()))
    first, second = (one.at for one in site.asked if one.path == "/kabar")
    assert second - first >= 1


def test_retry_after_holds_for_the_whole_host(site: Site) -> None:
    client = door(site, tries=1)
    with pytest.raises(NotNow):
        client.get(site.says("/kabar", answer(b"", 503, retry_after="1")))
    client.get(site.says("/lain", answer()))
    first, second = (one.at for one in site.asked if one.path != "/robots.txt")
    assert second - first >= 1


def test_retry_after_as_a_date(site: Site) -> None:
    at = datetime.now(UTC) + timedelta(hours=2)
    refused = answer(b"", 503, retry_after=format_datetime(at, usegmt=True))
    with pytest.raises(NotNow, match="asks to wait") as error:
        door(site).get(site.says("/kabar", refused))
    assert error.value.after
    assert 7_100 < error.value.after <= 7_200
    assert len(site.paths()) == 1, "too long to wait for"
    past = answer(b"", 503, retry_after="Wed, 21 Oct 2015 07:28:00 GMT")
    assert page(site, site.says("/lain", past, answer()))


@pytest.mark.parametrize("said", ["besok", "-1", "1.5e9", "99999999999999999999", "\xb2"])
def test_retry_after_that_means_nothing(site: Site, said: str) -> None:
    refused = answer(b"", 503, retry_after=said)
    address = site.says("/kabar", refused, answer())
    try:
        assert page(site, address)
    except NotNow as fault:
        later = fault.after
        assert later is not None
        assert later > 120


# Robots -----------------------------------------------------------------------------------


def robots(text: str) -> bytes:
    return answer(text.encode(), content_type="text/plain")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: Kronik\nDisallow: /kabar", False),
        ("User-agent: kronik/2.0\nDisallow: /kabar", False),
        ("User-agent: Lain\nDisallow: /", True),
        ("User-agent: k\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Kronik\nDisallow:", True),
        ("User-agent: *\nDisallow: /pribadi", True),
        ("User-agent: *\nDisallow: /*.pdf$\nDisallow: /ka*r", False),
        ("User-agent: *\nDisallow: /\nAllow: /kabar", True),
        ("\ufeffUser-agent: *\nDisallow: /kabar", False),
        ("<html>tidak ada</html>", True),
        ("", True),
    ],
)
def test_robots_are_obeyed(site: Site, text: str, allowed: bool) -> None:
    site.says("/robots.txt", robots(text))
    address = site.says("/kabar", answer())
    if allowed:
        assert page(site, address)
        return
    with pytest.raises(RobotsRefused) as error:
        door(site).get(address)
    assert error.value.remedy
    assert not site.paths()


def test_robots_hold_for_where_a_redirect_leads(site: Site) -> None:
    site.says("/robots.txt", robots("User-agent: *\nDisallow: /pribadi"))
    site.says("/pribadi/1", answer())
    with pytest.raises(RobotsRefused):
        door(site).get(site.says("/kabar", leads("/publik/../pribadi/1")))
    assert site.paths() == ["/kabar"]


def test_robots_are_read_once(site: Site) -> None:
    client = door(site)
    for path in ("/a", "/b", "/c"):
        client.get(site.says(path, answer()))
    assert [one.path for one in site.asked] == ["/robots.txt", "/a", "/b", "/c"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_robots_is_open(site: Site, status: int) -> None:
    site.says("/robots.txt", answer(b"User-agent: *\nDisallow: /", status))
    assert page(site, site.says("/kabar", answer()))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_cannot_be_had_is_left_alone(site: Site, status: int) -> None:
    site.says("/robots.txt", answer(b"", status))
    client = door(site, tries=2)
    for _ in range(3):
        with pytest.raises(NotNow, match=rf"robots\.txt.*{status}"):
            client.get(site.says("/kabar", answer()))
    assert [one.path for one in site.asked] == ["/robots.txt"] * 2, "and is not asked each time"


def test_robots_behind_redirects(site: Site) -> None:
    site.says("/aturan", robots("User-agent: *\nDisallow: /kabar"))
    site.says("/robots.txt", leads("/aturan"))
    with pytest.raises(RobotsRefused):
        door(site).get(site.says("/kabar", answer()))


def test_robots_that_would_fill_the_memory(site: Site) -> None:
    """Each of very many robots with each of very many rules: only our own are kept."""
    agents = "".join(f"User-agent: r{n}\n" for n in range(12_000))
    rules = "".join(f"Disallow: /{n}\n" for n in range(12_000))
    site.says("/robots.txt", robots(f"{agents}{rules}User-agent: Kronik\nDisallow: /kabar"))
    start = time.monotonic()
    with pytest.raises(RobotsRefused):
        door(site).get(site.says("/kabar", answer()))
    assert time.monotonic() - start < 5


def test_robots_without_end_are_cut(site: Site) -> None:
    def endless(send: Send) -> None:
        send(b"HTTP/1.1 200 So\r\nContent-Type: text/plain\r\n\r\n")
        send(b"User-agent: *\nDisallow: /kabar\n")
        while True:
            send(b"# " + b"x" * 10_000 + b"\n")

    site.says("/robots.txt", endless)
    with pytest.raises(RobotsRefused):
        door(site).get(site.says("/kabar", answer()))


# Turns ------------------------------------------------------------------------------------


def gaps(site: Site) -> list[float]:
    at = [one.at for one in site.asked]
    return [later - earlier for earlier, later in pairwise(at)]


def test_a_pause_between_requests(site: Site) -> None:
    client = door(site, delay=0.3)
    for path in ("/a", "/b"):
        client.get(site.says(path, answer()))
    assert all(gap >= 0.3 for gap in gaps(site))
    assert len(gaps(site)) == 2


@pytest.mark.parametrize("text", ["Crawl-delay: 0.4", "Request-rate: 5/2s"])
def test_a_pause_that_the_site_asks_for(site: Site, text: str) -> None:
    site.says("/robots.txt", robots(f"User-agent: *\n{text}"))
    client = door(site)
    for path in ("/a", "/b"):
        client.get(site.says(path, answer()))
    assert gaps(site)[1] >= 0.4


@pytest.mark.parametrize("pause", ["86400", "1e300", "inf", "nan", "-5", "lama"])
def test_a_pause_has_a_limit(site: Site, pause: str) -> None:
    site.says("/robots.txt", robots(f"User-agent: *\nCrawl-delay: {pause}"))
    client = door(site, longest_delay=0.2)
    start = time.monotonic()
    for path in ("/a", "/b"):
        client.get(site.says(path, answer()))
    assert time.monotonic() - start < 2


def test_one_request_at_a_time_at_a_host(site: Site) -> None:
    def slow(send: Send) -> None:
        time.sleep(0.05)
        send(answer())

    client = door(site)
    client.get(site.says("/awal", answer()))
    addresses = [site.says(f"/{n}", slow) for n in range(5)]
    threads = [threading.Thread(target=client.get, args=(address,)) for address in addresses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.most_together == 1
    assert len(site.paths()) == 6


def test_hosts_do_not_wait_for_each_other(site: Site) -> None:
    def slow(send: Send) -> None:
        time.sleep(0.5)
        send(answer())

    client = door(site)
    for host in ("kabar.example", "warta.example"):
        client.get(site.says("/awal", answer()).replace("kabar.example", host))
    site.says("/lambat", slow)
    both = [site.at("/lambat", host) for host in ("kabar.example", "warta.example")]
    threads = [threading.Thread(target=client.get, args=(address,)) for address in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.most_together == 2
