"""What inputs begin from, all of our own writing: files under ``seeds/``, and what is packed of
them."""

from __future__ import annotations

import gzip
import io
import tomllib
import zipfile
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import brotli
import pyarrow as pa
import zstandard
from fastwarc.stream_io import Lz4Writer
from pyarrow import parquet

HERE = Path(__file__).parent
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def written(name: str) -> tuple[bytes, ...]:
    """The files of a folder of ``seeds/``."""
    return tuple(path.read_bytes() for path in sorted((HERE / "seeds" / name).iterdir()))


def lines(name: str) -> tuple[bytes, ...]:
    """The lines of a file of ``seeds/``, each a seed."""
    return tuple((HERE / "seeds" / f"{name}.txt").read_bytes().splitlines())


def pages(ending: str) -> tuple[bytes, ...]:
    """The pages of other tests whose files end so."""
    return tuple(path.read_bytes() for path in sorted(HERE.parent.glob(f"pages/*/*.{ending}")))


def wide(body: bytes) -> bytes:
    """The same text in UTF-16."""
    return body.decode().encode("utf-16")


@cache
def _tokens() -> dict[str, list[str]]:
    return tomllib.loads((HERE / "tokens.toml").read_text(encoding="utf-8"))


def tokens(*names: str) -> tuple[bytes, ...]:
    """What inputs of these kinds are strewn with, and what goes for all."""
    return tuple(one.encode() for name in ("any", *names) for one in _tokens()[name])


def response(body: bytes, headers: bytes = b"", kind: bytes = b"response") -> bytes:
    """A WARC record of an answer, its lengths right."""
    http = _HTTP + headers + b"\r\n" + body
    head = (
        b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nWARC-Target-URI: https://kabar.example/a\r\n"
        b"WARC-Date: 2024-03-04T07:05:00Z\r\nWARC-Record-ID: <urn:uuid:3a4ee021>\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"Content-Length: " + str(len(http)).encode() + b"\r\n\r\n"
    )
    return head + http + b"\r\n\r\n"


def _chunked(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"


def _records() -> tuple[bytes, ...]:
    page = written("html")[1]
    return (
        response(page),
        response(
            _chunked(gzip.compress(page)),
            b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        ),
        response(b"", kind=b"request"),
        response(brotli.compress(page), b"Content-Encoding: br\r\n"),
        response(zlib.compress(page), b"Content-Encoding: deflate\r\n"),
        response(zstandard.compress(page), b"Content-Encoding: zstd\r\n"),
    )


def warcs() -> tuple[bytes, ...]:
    """Web archives, packed in each of the ways."""
    records = _records()
    packed = [
        b"".join(map(pack, records[:3])) for pack in (gzip.compress, zstandard.compress, _lz4)
    ]
    return (b"".join(records), *packed, gzip.compress(b"".join(records)))


def _lz4(body: bytes) -> bytes:
    into = io.BytesIO()
    writer = Lz4Writer(into)
    writer.write(body)
    writer.close()
    return into.getvalue()


def zipped(members: Sequence[tuple[str, bytes]], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", how) as archive:
        for name, body in members:
            archive.writestr(zipfile.ZipInfo(name), body, how)
    return into.getvalue()


def zips() -> tuple[bytes, ...]:
    """ZIP archives of pages, tables and archives."""
    page, table = written("html")[1], written("csv")[0]
    members = [("a.html", page), ("b/c.csv", table), ("b/d.html.gz", gzip.compress(page))]
    stored = zipped(members[:2], zipfile.ZIP_STORED)
    return zipped(members), stored, zipped([("w.warc.gz", warcs()[1]), ("a.html", page)])


def wacz(archive: bytes) -> bytes:
    """A WACZ file: a ZIP archive that holds web archives."""
    return zipped([("datapackage.json", b"{}"), ("archive/a.warc.gz", archive)])


def table(inner: bytes) -> bytes:
    """A Parquet file whose cells are what stands between tabs, its first line the names."""
    first, *below = inner.decode("utf-8", "replace").split("\n")
    names = first.split("\t")[:20]
    rows = [line.split("\t") for line in below[:50]]
    columns = [[row[at] if at < len(row) else None for row in rows] for at in range(len(names))]
    kind = pa.schema([(name, pa.string()) for name in names])
    arrays = [pa.array(column, pa.string()) for column in columns]
    return _parquet(pa.table(arrays, schema=kind), "snappy")


def _parquet(held: pa.Table, packed: str) -> bytes:
    into = io.BytesIO()
    parquet.write_table(held, into, compression=packed, use_dictionary=packed != "none")
    return into.getvalue()


def parquets() -> tuple[bytes, ...]:
    """Parquet files of texts and times, of nested cells, and of none of that."""
    text = "Polisi menutup jembatan yang retak itu sejak Ahad malam."
    days = pa.array([1, 2, None], pa.timestamp("ns", "Asia/Jakarta"))
    plain = pa.table({"judul": ["a", "b", "c"], "isi": [text, text, None], "tanggal": days})
    nested = pa.table({"n": [[1], [2, 3], []], "naskah": [text.encode(), b"\xff", b""]})
    return _parquet(plain, "snappy"), _parquet(plain, "none"), _parquet(nested, "zstd")


def answers() -> tuple[bytes, ...]:
    """Answers of servers: a head, a blank line, a body as it was sent."""
    page = written("html")[1]
    packs = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstandard.compress, "": bytes}
    packed = [answer(name, pack(page)) for name, pack in packs.items()]
    moved = b"HTTP/1.1 302 Found\r\nLocation: ../b?x=1\r\n\r\n"
    busy = b"HTTP/1.1 503 Busy\r\nRetry-After: Mon, 04 Mar 2024 14:05:00 GMT\r\n\r\n"
    return (*packed, moved, busy)


def answer(coding: str, body: bytes) -> bytes:
    """An answer with a body in that coding."""
    said = f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n".encode()
    return _HTTP + said + b"\r\n" + body
