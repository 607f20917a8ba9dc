"""Web archives: what is taken of them, how it came, and that damage does not spread."""

from __future__ import annotations

import gzip
import re
import tracemalloc
import zlib
from base64 import b64encode
from pathlib import Path
from random import Random

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronik.errors import BinaryInput, EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources import Ways, pages
from kronik.sources.warc import crawl_of
from kronik.types import Fetch, Page
from tests.sources.made import HTML, PACKERS, read, response, told, zipped

THREE = [response(name, HTML + name.encode()) for name in "abc"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawl"


def bodies(found: list[Page | InputError]) -> list[bytes]:
    return [one.body for one in found if isinstance(one, Page)]


@pytest.mark.parametrize("packer", PACKERS)
def test_every_packing_is_read_record_by_record(path: Path, packer: str) -> None:
    packed = [PACKERS[packer](record) for record in THREE]
    path.write_bytes(b"".join(packed))
    found = read(path)
    assert bodies(found) == [HTML + b"a", HTML + b"b", HTML + b"c"]
    begins = [0, len(packed[0]), len(packed[0] + packed[1])]
    if packer == "lz4":  # its reader looks further ahead than the frame
        begins = [int(place.removeprefix(":")) for place in told(path, found)]
    assert told(path, found) == [f":{begin}" for begin in begins]


@pytest.mark.parametrize("packer", PACKERS)
def test_places_differ_where_all_is_packed_as_one(path: Path, packer: str) -> None:
    path.write_bytes(PACKERS[packer](b"".join(THREE)))
    found = read(path)
    assert bodies(found) == [HTML + b"a", HTML + b"b", HTML + b"c"]
    assert len(set(told(path, found))) == 3


def test_a_page_tells_how_it_came(path: Path) -> None:
    sent = {"Content-Type": "text/html; charset=gb2312", "Server": "nginx"}
    path.write_bytes(response("x", sent=sent, WARC_Date="2026-01-02T03:04:05.678Z"))
    (page,) = read(path)
    assert isinstance(page, Page)
    assert page.origin == f"{path}#urn:uuid:x"
    assert page.url == "https://kabar.example/x"
    assert page.fetched_at == "2026-01-02T03:04:05Z"
    assert page.media_type == "text/html"
    headers = (("Content-Type", "text/html; charset=gb2312"), ("Server", "nginx"))
    assert page.fetch == Fetch("https://kabar.example/x", (), 200, headers)


def test_what_a_crawler_left_out_is_unknown(path: Path) -> None:
    path.write_bytes(response(WARC_Record_ID="", WARC_Date="kemarin", WARC_Target_URI=""))
    (page,) = read(path)
    assert isinstance(page, Page)
    assert (page.origin, page.url, page.fetched_at) == (f"{path}#0", None, None)


def test_only_what_is_asked_for_is_taken(path: Path) -> None:
    other = [
        response("b", status="404 Not Found"),
        response("c", status="301 Moved Permanently"),
        response("d", sent={"Content-Type": "application/pdf"}),
        response("e", WARC_Type="request"),
        response("f", WARC_Type="revisit"),
        response("g", sent={"Content-Type": ""}, body=b"Bukan laman web."),
    ]
    path.write_bytes(b"".join([response("a"), *other, response("z", sent={"Content-Type": ""})]))
    found = read(path)
    assert [page.url for page in found if isinstance(page, Page)] == [
        "https://kabar.example/a",
        "https://kabar.example/z",
    ]
    assert len(found) == 2


def test_addresses_and_media_types_can_be_asked_for(path: Path) -> None:
    text = response("d", b"Warga mengungsi ke balai desa.", {"Content-Type": "text/plain"})
    path.write_bytes(b"".join([*THREE, text]))
    only = read(path, Ways(urls=re.compile(r"/[bc]$")))
    assert [page.url for page in only if isinstance(page, Page)] == [
        "https://kabar.example/b",
        "https://kabar.example/c",
    ]
    assert read(path, Ways(urls=re.compile("nowhere"))) == []
    (plain,) = read(path, Ways(mimes=("text/plain",)))
    assert isinstance(plain, Page)
    assert plain.media_type == "text/plain"


def test_the_crawlers_own_look_counts(path: Path) -> None:
    sent = {"Content-Type": "application/octet-stream"}
    path.write_bytes(response(sent=sent, WARC_Identified_Payload_Type="text/html"))
    assert bodies(read(path)) == [HTML]


def test_an_archive_without_pages_says_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "CC-NEWS-20260101000000-00001.warc.gz"
    path.write_bytes(
        gzip.compress(response(status="404 Not Found"))
        + gzip.compress(response(sent={"Content-Type": "application/pdf"}))
    )
    (error,) = read(path)
    assert isinstance(error, EmptyInput)
    assert "1 status other than 200, 1 application/pdf" in error.what
    assert "(CC-NEWS, part 1, begun 2026-01-01 00:00 UTC)" in error.what
    assert "--mime" in (error.remedy or "")


@pytest.mark.parametrize(
    ("name", "crawl"),
    [
        ("CC-NEWS-20260101000000-00001.warc.gz", "CC-NEWS, part 1, begun 2026-01-01 00:00 UTC"),
        (
            "data/CC-MAIN-20231128083443-20231128113443-00042.warc.gz",
            "CC-MAIN, part 42, begun 2023-11-28 08:34 UTC",
        ),
        ("rec-20260101000000-kabar.warc.gz", None),
    ],
)
def test_crawls_are_known_by_name(name: str, crawl: str | None) -> None:
    assert crawl_of(name) == crawl


def chunked(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(HTML)),
        ("x-gzip", gzip.compress(HTML)),
        ("deflate", zlib.compress(HTML)),
        ("br", brotli.compress(HTML)),
        ("zstd", zstandard.compress(HTML)),
        ("identity", HTML),
        ("gzip", HTML),  # undone by the crawler already
        ("br", HTML),
    ],
)
def test_what_was_packed_for_the_way_is_unpacked(path: Path, coding: str, body: bytes) -> None:
    once = response("a", body, {"Content-Encoding": coding})
    both = {"Content-Encoding": coding, "Transfer-Encoding": "chunked"}
    path.write_bytes(once + response("b", chunked(body), both) + response("c", body, both))
    assert bodies(read(path)) == [HTML] * 3


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(HTML)[:12] + b"\xff" * 30),
        ({"Content-Encoding": "gzip"}, gzip.compress(HTML)[:-12]),
        ({"Content-Encoding": "deflate"}, zlib.compress(HTML)[:-12]),
        ({"Content-Encoding": "zstd"}, zstandard.compress(HTML)[:-3]),
        ({"Transfer-Encoding": "chunked"}, b"50\r\n<html>"),
    ],
)
def test_what_cannot_be_unpacked_is_told_and_the_rest_goes_on(
    path: Path, sent: dict[str, str], body: bytes
) -> None:
    path.write_bytes(response("a", body, sent) + THREE[1])
    error, page = read(path)
    assert isinstance(error, InputError)
    assert error.what.startswith("cannot be unpacked as it was sent")
    assert bodies([page]) == [HTML + b"b"]


def test_pages_that_are_none_are_told(path: Path) -> None:
    path.write_bytes(
        response("a", b"%PDF-1.4") + response("b", b" ") + response("c", HTML * 20) + THREE[0]
    )
    found = read(path, max_bytes=1000)
    assert [type(one) for one in found] == [BinaryInput, EmptyInput, TooLarge, Page]


def broken(records: list[bytes], at: int, packer: str) -> bytes:
    """The file with one record damaged in its middle."""
    packed = [bytearray(PACKERS[packer](record)) for record in records]
    middle = len(packed[at]) // 2
    del packed[at][middle : middle + 30]
    return b"".join(packed)


@pytest.mark.parametrize(("packer", "at"), [("gzip", 0), ("gzip", 1), ("gzip", 2), ("zstd", 1)])
def test_a_damaged_record_is_told_by_offset_and_the_rest_goes_on(
    path: Path, packer: str, at: int
) -> None:
    records = [response(name, Random(ord(name)).randbytes(200).hex().encode()) for name in "abcd"]
    path.write_bytes(broken(records, at, packer))
    found = read(path)
    begins = sum(len(PACKERS[packer](record)) for record in records[:at])
    assert [one.where for one in found if isinstance(one, InputError)] == [f"{path}:{begins}"]
    kept = [page.url for page in found if isinstance(page, Page)]
    assert kept == [f"https://kabar.example/{name}" for name in "abcd" if name != "abcd"[at]]


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (THREE[0] + b"sampah\r\n\r\n" + THREE[1], [":0", "!:1", f":{len(THREE[0]) + 10}"]),
        (THREE[0] + THREE[1][:-40], [":0", f"!:{len(THREE[0])}"]),
        (THREE[0] + THREE[1][:60], [":0", f"!:{len(THREE[0])}"]),
        (THREE[0] + b"\0" * 100, [":0", "!:1"]),
    ],
    ids=["between", "cut off", "header cut off", "behind"],
)
def test_where_the_damage_is(path: Path, data: bytes, places: list[str]) -> None:
    path.write_bytes(data)
    assert told(path, read(path)) == places


def test_a_length_that_is_wrong_swallows_nothing(path: Path) -> None:
    path.write_bytes(THREE[0] + response("x", Content_Length="9999") + THREE[2])
    found = read(path)
    assert bodies(found) == [HTML + b"a", HTML + b"c"]
    assert [one.where for one in found if isinstance(one, InputError)] == [
        f"{path}:{len(THREE[0])}"
    ]


def test_a_file_of_marks_alone_is_given_up(path: Path) -> None:
    path.write_bytes(gzip.compress(THREE[0]) + b"\x1f\x8b\x08\x00" * 100_000)
    page, first, last = read(path)
    assert isinstance(page, Page)
    assert isinstance(first, InputError)
    assert isinstance(last, InputError)
    assert "too damaged" in last.what


def test_a_record_packed_to_do_harm_is_refused_and_the_rest_goes_on(path: Path) -> None:
    bomb = response("x", b"a" * 20_000_000)
    path.write_bytes(gzip.compress(bomb) + gzip.compress(THREE[1]))
    error, page = read(path, max_bytes=1_000_000)
    assert isinstance(error, TooLarge)
    assert "250 times" in error.what
    assert bodies([page]) == [HTML + b"b"]


def test_content_packed_to_do_harm_is_refused(path: Path) -> None:
    body = gzip.compress(b"a" * 20_000_000)
    path.write_bytes(response("x", body, {"Content-Encoding": "gzip"}) + THREE[1])
    error, page = read(path, max_bytes=1_000_000)
    assert isinstance(error, TooLarge)
    assert bodies([page]) == [HTML + b"b"]


def test_of_a_wacz_the_archives_are_read(path: Path) -> None:
    members = [
        ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b'{"format": "json-pages-1.0"}\n{"url": "x", "text": "y"}\n'),
        ("archive/one.warc.gz", b"".join(map(gzip.compress, THREE))),
        ("indexes/index.cdx.gz", gzip.compress(b"x")),
    ]
    path.write_bytes(zipped(members))
    found = read(path)
    assert bodies(found) == [HTML + b"a", HTML + b"b", HTML + b"c"]
    first = found[0]
    assert isinstance(first, Page)
    assert first.origin == f"{path}#archive/one.warc.gz#urn:uuid:a"


def resident() -> int:
    """Bytes that this process holds in memory."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("this system does not tell")
    return int(statm.read_text().split()[1]) * 4096


@pytest.mark.parametrize(("packer", "size"), [("plain", 200_000_000), ("gzip", 30_000_000)])
def test_a_large_archive_is_read_in_constant_memory(path: Path, packer: str, size: int) -> None:
    record = PACKERS[packer](response(body=HTML + b64encode(Random(1).randbytes(750_000))))
    with path.open("wb") as file:
        for _ in range(size // len(record)):
            file.write(record)
    reading = pages([str(path)], Settings())
    next(reading)
    before = most = resident()
    tracemalloc.start()
    count = 1
    for found in reading:
        assert isinstance(found, Page)
        count += 1
        most = max(most, resident())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == size // len(record)
    assert peak < 20_000_000
    assert most - before < 40_000_000


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    packer=st.sampled_from(sorted(PACKERS)),
    edits=st.lists(
        st.tuples(st.integers(0, 1_500), st.integers(0, 40), st.binary(max_size=20)), max_size=4
    ),
)
def test_any_damage_gives_pages_or_reasons(
    tmp_path: Path, packer: str, edits: list[tuple[int, int, bytes]]
) -> None:
    data = bytearray(b"".join(PACKERS[packer](record) for record in THREE))
    for at, cut, put in edits:
        data[at : at + cut] = put
    path = tmp_path / "any"
    path.write_bytes(data)
    for found in read(path, max_bytes=100_000):
        assert isinstance(found, Page) or (found.remedy and found.where)
