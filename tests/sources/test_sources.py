"""Inputs of every kind become pages, or errors that say what, where and the remedy."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronik.errors import BadRecord, BinaryInput, EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources import pages
from kronik.sources.kinds import magics, media_type
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


def test_gzip_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(HTML.encode()))
    (page,) = read(path)
    assert isinstance(page, Page)
    assert (page.body, page.media_type) == (HTML.encode(), "text/html")


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
        (b"WARC/1.0\r\nWARC-Type: response", InputError, "WARC"),
        (b"<?xml version='1.0'?><rss><channel>", InputError, "feeds"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", InputError, "feeds"),
        (b'[{"text": "a"}]', BadRecord, "one object a line"),
        (b'{\n "text": "a"\n}', BadRecord, "one object a line"),
        ('{"text": "a"}'.encode("utf-16"), BadRecord, "UTF-16"),
        (gzip.compress(gzip.compress(b"teks")), BinaryInput, "gzip within gzip"),
        (gzip.compress(b"teks" * 99)[:-12], InputError, "damaged gzip"),
        (b"\x1f\x8bteks", InputError, "damaged gzip"),
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
    assert error.where == str(path)


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
        ("https://kabar.example/a", "addresses are not read yet"),
        ("HTTP://kabar.example/a", "addresses are not read yet"),
        ("no/such/file", "no such file"),
        ("x" * 5_000, "File name too long"),
        ("a\0b", "null"),
    ],
)
def test_what_cannot_be_opened_is_told(name: str, what: str) -> None:
    error = error_of(read(name))
    assert what in error.what
    assert error.where == name


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
