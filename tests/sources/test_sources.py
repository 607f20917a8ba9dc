"""Inputs of every kind become pages, or errors that say what, where and the remedy."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronik.errors import BadRecord, BinaryInput, EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources import Ways, file_of, pages
from kronik.sources.kinds import HEAD, magics, media_type
from kronik.sources.packed import peekable
from kronik.types import Page

HTML = "<!DOCTYPE html><html><body><p>Warga mengungsi.</p></body></html>"
RECORD = "application/x-kronik-record+json"


def read(*inputs: object, **limits: int) -> list[Page | InputError]:
    return list(pages([str(name) for name in inputs], Settings(**limits)))


def error_of(found: Sequence[Page | InputError]) -> InputError:
    (error,) = found
    assert isinstance(error, InputError)
    assert error.remedy
    return error


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (HTML, "text/html"),
        ("<?xml version='1.0'?>\n<!-- a --><html xmlns='x'></html>", "text/html"),
        ("<p>Warga</p>", "text/html"),
        ("Judul<br>Isi <p> dan <a href='x'>tautan</a>", "text/html"),
        ("Warga mengungsi.", "text/plain"),
        ("Harga < 5 dan > 3, kata <p> itu.", "text/plain"),
        ('{"text": "Warga mengungsi."}', RECORD),
        ('\n\n{ "id": 1, "text": "Warga mengungsi."}', RECORD),
        ('rusak\n{"text": "a"}\n{"text": "b"}', RECORD),
        ("{Catatan redaksi} Warga mengungsi.", "text/plain"),
    ],
)
def test_kinds_are_told_by_content(tmp_path: Path, body: str, kind: str) -> None:
    for name in ("a.pdf", "a.html", "a.jsonl", "a"):
        (tmp_path / name).write_text(body, encoding="utf-8")
        found = read(tmp_path / name)[-1]
        assert isinstance(found, Page)
        assert found.media_type == kind


def test_a_page_is_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(HTML.encode("utf-16"))
    (page,) = read(path)
    assert isinstance(page, Page)
    assert page.body == HTML.encode("utf-16")
    assert page.id == sha256(page.body).hexdigest()
    assert (page.origin, page.media_type) == (str(path), "text/html")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_what_is_packed_is_opened(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "a"
    path.write_bytes(pack(HTML.encode()[:9]) + pack(HTML.encode()[9:]))
    (page,) = read(path)
    assert isinstance(page, Page)
    assert (page.body, page.media_type) == (HTML.encode(), "text/html")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_what_is_packed_to_do_harm_is_refused(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        pack(lines({"text": "a"}) + (b" " * 999 + b"\n") * 30_000 + lines({"text": "b"}))
    )
    page, error = read(path, max_bytes=1_000_000)
    assert isinstance(page, Page)
    assert isinstance(error, TooLarge)
    assert "250 times its size" in error.what
    assert error.where == str(path)


def test_much_text_that_packs_well_is_not_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    record = lines({"text": "Warga mengungsi ke balai desa. " * 40})
    path.write_bytes(gzip.compress(record * 5_000))
    assert len(read(path, max_bytes=100_000, max_ratio=2_000)) == 5_000


def test_the_first_lines_of_a_pipe_are_not_all_that_is_read() -> None:
    source = io.BytesIO(b"x" * 100_000)
    stream = peekable(lambda size: source.read(min(size, 1000)))
    assert len(stream.peek()) == HEAD
    assert len(stream.read()) == 100_000


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(HTML.encode(encoding))
    (page,) = read(path)
    assert isinstance(page, Page)
    assert page.media_type == "text/html"


class Recorded:
    """An opener that tells what it was asked for."""

    def pages(self, address: str) -> Iterator[Page | InputError]:
        yield Page("x", address, "text/html", b"")

    def items(self, body: bytes, where: str) -> Iterator[Page | InputError]:
        yield Page("y", where, "text/html", body)


def test_addresses_and_feeds_go_to_whoever_opens_them(tmp_path: Path) -> None:
    feed = b"<?xml version='1.0'?><rss><channel></channel></rss>"
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(feed))
    inputs = ["https://kabar.example/a", str(path)]
    found = list(pages(inputs, Settings(), Ways(web=Recorded())))
    assert [(page.origin, page.body) for page in found if isinstance(page, Page)] == [
        ("https://kabar.example/a", b""),
        (str(path), feed),
    ]


def test_a_record_may_have_other_keys(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"isi": "a", "judul": "b", "text": "c"}, {"judul": "d"}, {"isi": "e"}))
    ways = Ways(columns={"text": "isi", "title": "judul"})
    first, error, last = pages([str(path)], Settings(), ways)
    assert isinstance(first, Page)
    assert isinstance(error, BadRecord)
    assert isinstance(last, Page)
    assert json.loads(first.body) == {"isi": "a", "judul": "b", "text": "a", "title": "b"}
    assert "no key 'isi'; there are judul" in error.what
    assert json.loads(last.body)["text"] == "e"


def test_a_likely_key_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"judul": "a", "isi": "b"}))
    assert error_of(read(path)).remedy == "name the key that holds it: --map text=isi"


def test_a_folder_is_read_whole_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "c.txt", "a/z.txt", "a/b/c.txt", ".hidden", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Berita {name}")
    found = [page.origin for page in read(tmp_path) if isinstance(page, Page)]
    own_files_first = ("b.txt", "c.txt", "a/z.txt", "a/b/c.txt")
    assert found == [str(tmp_path / name) for name in own_files_first]


def test_a_name_that_is_not_utf_8_can_be_printed(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"kabar-\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes no such name")
    (folder / "a.txt").write_text("Warga mengungsi.")
    (folder / "b.jsonl").write_bytes(lines({"text": "a"}))
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    shown = f"{tmp_path}/kabar-\\xe9"
    found = [page.origin for page in read(folder) if isinstance(page, Page)]
    assert found == [f"{shown}/a.txt", f"{shown}/b.jsonl#1"]
    assert error_of(read(folder / "c.png")).where == f"{shown}/c.png"
    assert error_of(read(folder / "none")).where == f"{shown}/none"


def test_a_name_that_no_file_can_have_is_told() -> None:
    assert error_of(read("kabar-\ud800")).where == "kabar-\\ud800"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HTML.encode())))
    (page,) = read("-")
    assert isinstance(page, Page)
    assert (page.origin, page.media_type) == ("-", "text/html")


class Broken(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, _into: object) -> int:
        raise OSError(5, "Input/output error")


def closed() -> io.TextIOWrapper:
    stream = io.TextIOWrapper(io.BytesIO(b""))
    stream.close()
    return stream


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        (None, "closed"),
        (closed(), "closed"),
        (io.TextIOWrapper(io.BufferedReader(Broken())), "Input/output error"),
    ],
    ids=["none", "closed", "broken"],
)
def test_standard_input_that_cannot_be_read_is_told(
    monkeypatch: pytest.MonkeyPatch, stream: object, what: str
) -> None:
    monkeypatch.setattr(sys, "stdin", stream)
    error = error_of(read("-"))
    assert what in error.what
    assert error.where == "-"


def test_a_record_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + lines({"id": "x", "text": "a"}, {"id": 7, "text": "b"})
        + b"\n"
        + lines({"text": "c"})
    )
    found = [page for page in read(path) if isinstance(page, Page)]
    assert [page.origin for page in found] == ["x", "7", f"{path}#4"]
    assert [page.place for page in found] == [f"{path}:1", f"{path}:2", f"{path}:4"]
    assert [json.loads(page.body)["text"] for page in found] == ["a", "b", "c"]
    assert {page.media_type for page in found} == {RECORD}


@pytest.mark.parametrize("blank", ["", " \t"])
def test_a_blank_id_is_none(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"id": blank, "text": "a"}))
    (page,) = read(path)
    assert isinstance(page, Page)
    assert page.origin == f"{path}#1"


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        (b'{"text": "a",}', 14, "trailing comma"),
        (b'{"text": "a"', 13, "truncated"),
        ('{"text": "é" "x"}'.encode(), 14, "malformed"),
        (b'{"text": 5}', 1, "Expected `str`"),
        (b'{"id": "x"}', 1, "missing required field `text`"),
        (b'["text"]', 1, "Expected `object`"),
        (b'{"text": "\\ud800"}', 19, "surrogate"),
        (b'{"text": "\xff"}', None, "not UTF-8"),
        (b'{"text": " "}', None, "empty"),
        (b'{"text": "a", "x": ' + b"[" * 50_000, None, "nested"),
    ],
)
def test_a_broken_line_is_told_and_the_rest_goes_on(
    tmp_path: Path, line: bytes, column: int | None, what: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": "a"}) + line + b"\n" + lines({"text": "c"}))
    first, error, last = read(path)
    assert isinstance(first, Page)
    assert isinstance(error, BadRecord)
    assert isinstance(last, Page)
    assert error.where == f"{path}:2" + (f":{column}" if column else "")
    assert what in error.what
    assert error.remedy


@pytest.mark.parametrize(
    ("body", "kind", "what"),
    [
        (b"", EmptyInput, "nothing"),
        (b" \r\n\t", EmptyInput, "nothing"),
        (b"\xef\xbb\xbf", EmptyInput, "nothing"),
        (b"teks\0teks", BinaryInput, "NUL"),
        (b"\x01\x02\x03\x04teks", BinaryInput, "control characters"),
        (b"WARC/1.0\r\nWARC-Type: response", InputError, "header is cut off"),
        (b"<?xml version='1.0'?><rss><channel>", InputError, "a feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", InputError, "a feed"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", InputError, "a feed"),
        (b'[{"text": "a"}]', BadRecord, "one object a line"),
        (b'{\n "text": "a"\n}', BadRecord, "one object a line"),
        ('{"text": "a"}'.encode("utf-16"), BadRecord, "UTF-16"),
        (gzip.compress(gzip.compress(b"teks")), BinaryInput, "gzip within gzip"),
        (gzip.compress(zstandard.compress(b"teks")), BinaryInput, "within an archive"),
        (gzip.compress(b"PK\x03\x04" + bytes(99)), BinaryInput, "ZIP archive within"),
        (gzip.compress(b"teks" * 99)[:-12], InputError, "damaged gzip"),
        (b"\x1f\x8bteks", InputError, "damaged gzip"),
        (zstandard.compress(b"teks" * 99)[:-4], InputError, "damaged zstd"),
        (b"\x28\xb5\x2f\xfdteks", InputError, "damaged zstd"),
    ],
)
def test_what_is_no_page_is_told(
    tmp_path: Path, body: bytes, kind: type[InputError], what: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(body)
    error = error_of(read(path))
    assert type(error) is kind
    assert what in error.what
    assert error.where in {str(path), f"{path}:0"}


@pytest.mark.parametrize("magic", magics(), ids=lambda magic: magic.mark.hex())
def test_binary_kinds_are_named(magic: object) -> None:
    body = b" " * magic.offset + magic.mark + b"\0" * 20  # type: ignore[attr-defined]
    with pytest.raises(BinaryInput) as raised:
        media_type(body, "here")
    assert magic.kind in raised.value.what  # type: ignore[attr-defined]
    assert raised.value.remedy == magic.remedy  # type: ignore[attr-defined]


def test_limits_hold_also_for_what_is_packed(tmp_path: Path) -> None:
    text = b"Warga mengungsi. " * 100_000
    (tmp_path / "plain").write_bytes(text)
    (tmp_path / "packed").write_bytes(gzip.compress(text))
    for error in read(tmp_path, max_bytes=1_000_000):
        assert isinstance(error, TooLarge)
        assert "1,000,000 bytes" in error.what
    assert all(isinstance(page, Page) for page in read(tmp_path, max_bytes=len(text)))


def test_a_long_line_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": "a"}, {"text": "b" * 300_000}, {"text": "c"}))
    first, error, last = read(path, max_bytes=100_000)
    assert isinstance(first, Page)
    assert isinstance(last, Page)
    assert isinstance(error, TooLarge)
    assert error.where == f"{path}:2"


def test_an_endless_line_ends_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(gzip.compress(lines({"text": "a"}, {"text": "b" * 3_000_000}, {"text": "c"})))
    first, error = read(path, max_bytes=100_000)
    assert isinstance(first, Page)
    assert isinstance(error, TooLarge)
    assert error.where == str(path)


def test_a_small_limit_holds_in_the_head(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": "a"}, {"text": "b" * 500}, {"text": "c"}))
    kinds = [type(found) for found in read(path, max_bytes=100)]
    assert kinds == [Page, TooLarge, Page]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("https://kabar.example/a", "addresses are not fetched"),
        ("HTTP://kabar.example/a", "addresses are not fetched"),
        ("no/such/file", "no such file"),
        ("x" * 5_000, "File name too long"),
        ("a\0b", "null"),
    ],
)
def test_what_cannot_be_opened_is_told(name: str, what: str) -> None:
    error = error_of(read(name))
    assert what in error.what
    assert error.where == name


def test_the_file_of_a_place(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.zip", "c:7"):
        (tmp_path / name).write_text("x")
    places = {
        "a.jsonl": "a.jsonl",
        "a.jsonl:7:12": "a.jsonl",
        "b.zip#x/y.html": "b.zip",
        "b.zip#x/y#z.csv:3": "b.zip",
        "c:7": "c:7",
        "c:7:1": "c:7",
        "gone.jsonl:7": "gone.jsonl:7",
    }
    found = {place: file_of(f"{tmp_path}/{place}") for place in places}
    assert found == {place: f"{tmp_path}/{name}" for place, name in places.items()}
    assert file_of("https://kabar.example:8080") == "https://kabar.example:8080"
    assert file_of("-:3") == "-:3"


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert isinstance(error_of(read(tmp_path)), EmptyInput)


def test_a_bad_input_does_not_end_the_reading(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "c").write_text("Warga mengungsi.")
    kinds = [type(found) for found in read("no/such/file", tmp_path / "b", tmp_path / "c")]
    assert kinds == [InputError, BinaryInput, Page]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    body=st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))
)
def test_any_bytes_give_pages_or_reasons(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(body)
    for found in read(path):
        assert isinstance(found, Page) or found.remedy
