"""A ZIP archive is a folder of pages; nothing in it can reach out of it."""

from __future__ import annotations

import gzip
import io
import struct
import sys
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronik.errors import BinaryInput, EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources import pages
from kronik.types import Page
from tests.sources.made import HTML, read, response, told, zipped

MEMBERS = [
    ("b.html", HTML),
    ("sub/a.html.gz", gzip.compress(HTML)),
    ("sub/c.zst", zstandard.compress(b"Warga mengungsi.")),
    ("crawl.warc.gz", gzip.compress(response())),
    ("t.csv", b"judul,isi\nSatu,Warga mengungsi.\n"),
    ("l.jsonl", b'{"text": "Warga mengungsi."}\nrusak\n'),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a"


def test_members_are_read_as_files_are(path: Path) -> None:
    path.write_bytes(zipped(MEMBERS))
    assert told(path, read(path)) == [
        "#b.html",
        "#sub/a.html.gz",
        "#sub/c.zst",
        "#crawl.warc.gz:0",
        "#t.csv:2",
        "#l.jsonl:1",
        "!#l.jsonl:2:1",
    ]


def test_names_are_only_names(path: Path) -> None:
    names = ["../../b.html", "/etc/c.html", "C:\\d.html", "b.html", "b.html"]
    with pytest.warns(UserWarning, match="Duplicate"):
        path.write_bytes(zipped([(name, HTML) for name in names]))
    before = sorted(path.parent.rglob("*"))
    found = [one.origin for one in read(path) if isinstance(one, Page)]
    assert found == [f"{path}#{name}" for name in [*names[:-1], "b.html~2"]]
    assert sorted(path.parent.rglob("*")) == before


def test_what_is_hidden_is_left_out(path: Path) -> None:
    names = ["__MACOSX/._a.html", ".DS_Store", "x/.git/config", "sub/", "b.html"]
    path.write_bytes(zipped([(name, HTML if name[-1] != "/" else b"") for name in names]))
    assert told(path, read(path)) == ["#b.html"]


def test_it_can_come_by_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    def once() -> list[Page | InputError]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(zipped([("b.html", HTML)]))))
        return list(pages(["-"], Settings(max_copied=most)))

    most = 10_000
    (page,) = once()
    assert isinstance(page, Page)
    assert page.origin == "-#b.html"
    most = 100
    (error,) = once()
    assert isinstance(error, TooLarge)


def with_bytes(data: bytes, at: int, put: bytes) -> bytes:
    return data[:at] + put + data[at + len(put) :]


STORED = zipped([("b.html", HTML), ("c.html", HTML)], ZIP_STORED)


@pytest.mark.parametrize(
    ("data", "kind", "what"),
    [
        (zipped([]), EmptyInput, "without a file"),
        (zipped([(".hidden", b"x")]), EmptyInput, "without a file"),
        (zipped([("[Content_Types].xml", b"x")]), BinaryInput, "office document"),
        (zipped([("mimetype", b"x"), ("content.xml", b"x")]), BinaryInput, "OpenDocument"),
        (zipped([("a.zip", zipped([("b.html", HTML)]))]), BinaryInput, "within an archive"),
        (zipped([("a.gz", gzip.compress(zipped([])))]), BinaryInput, "within an archive"),
        (zipped([("a.html", HTML)], ZIP_BZIP2), InputError, "by a method that is not read"),
        (zipped([("a.html", HTML)])[:-10], InputError, "damaged ZIP archive"),
        (b"PK\x03\x04" + bytes(200), InputError, "damaged ZIP archive"),
    ],
)
def test_what_is_no_archive_of_pages_is_told(
    path: Path, data: bytes, kind: type[InputError], what: str
) -> None:
    path.write_bytes(data)
    (error,) = read(path)
    assert type(error) is kind
    assert what in error.what
    assert error.remedy


def test_a_damaged_member_is_told_and_the_rest_goes_on(path: Path) -> None:
    at = STORED.index(HTML) + 20
    path.write_bytes(with_bytes(STORED, at, b"X"))
    assert told(path, read(path)) == ["!#b.html", "#c.html"]


def test_an_encrypted_member_is_told(path: Path) -> None:
    listed = STORED.index(b"PK\x01\x02")
    path.write_bytes(with_bytes(STORED, listed + 8, b"\x01"))
    error, page = read(path)
    assert isinstance(error, InputError)
    assert "encrypted" in error.what
    assert isinstance(page, Page)


def test_an_archive_packed_to_do_harm_is_left_at_once(path: Path) -> None:
    bomb = b'{"text": "a"}\n' + (b" " * 999 + b"\n") * 20_000
    path.write_bytes(zipped([(f"{n}.jsonl", bomb) for n in range(12)]))
    found = read(path, max_bytes=100_000, max_ratio=50)
    assert isinstance(found[-1], TooLarge)
    assert len(found) <= 4


def test_many_members_of_few_bytes_are_counted_together(path: Path) -> None:
    """Members may share their bytes, so that each by itself looks harmless."""
    body = b'{"text": "a"}\n' + (b" " * 999 + b"\n") * 150
    packed = zipped([("a.jsonl", body)])
    with ZipFile(io.BytesIO(packed)) as archive:
        end = archive.start_dir
    local, listed = packed[:end], packed[end : packed.index(b"PK\x05\x06")]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 99, 99, 99 * len(listed), end, 0)
    path.write_bytes(local + listed * 99 + tail)
    found = read(path, max_bytes=100_000)
    assert sum(isinstance(one, Page) for one in found) < 20
    assert isinstance(found[-1], TooLarge)


def test_a_list_of_members_too_long_to_hold_is_refused(path: Path) -> None:
    with path.open("wb") as file:
        file.write(STORED[: STORED.index(b"PK\x01\x02")])
        file.truncate(40 << 20)
        file.seek(0, io.SEEK_END)
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 39 << 20, 1 << 20, 0))
    (error,) = read(path)
    assert isinstance(error, TooLarge)
    assert "more members than can be listed" in error.what


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 1_500), st.integers(0, 20), st.binary(max_size=20)), max_size=4
    )
)
def test_any_damage_gives_pages_or_reasons(
    tmp_path: Path, edits: list[tuple[int, int, bytes]]
) -> None:
    data = bytearray(zipped(MEMBERS[:4]))
    for at, cut, put in edits:
        data[at : at + cut] = put
    path = tmp_path / "any"
    path.write_bytes(data)
    for found in read(path, max_bytes=100_000):
        assert isinstance(found, Page) or (found.remedy and found.where)
