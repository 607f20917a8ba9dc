"""Web archives and tables for tests, of our own writing."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import zstandard
from fastwarc.stream_io import Lz4Writer

from kronik.errors import InputError
from kronik.settings import Settings
from kronik.sources import Ways, pages
from kronik.types import Page

HTML = b"<!DOCTYPE html><html><body><p>Warga mengungsi ke balai desa.</p></body></html>"


def response(
    name: str = "a",
    body: bytes = HTML,
    sent: Mapping[str, str] | None = None,
    status: str = "200 OK",
    **about: str,
) -> bytes:
    """A WARC record; ``about`` overrides its headers, as ``WARC_Type="request"``."""
    headers = {"Content-Type": "text/html", **(sent or {})}
    lines = "".join(f"{key}: {value}\r\n" for key, value in headers.items() if value)
    block = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        "WARC-Date": "2026-01-02T03:04:05Z",
        "WARC-Target-URI": f"https://kabar.example/{name}",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        **{key.replace("_", "-"): value for key, value in about.items()},
    }
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items() if value)
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def lz4(data: bytes) -> bytes:
    """One frame of LZ4."""
    packed = io.BytesIO()
    writer = Lz4Writer(packed)
    writer.write(data)
    writer.close()
    return packed.getvalue()


PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "zstd": zstandard.compress,
    "lz4": lz4,
}


def zipped(members: Sequence[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """A ZIP archive; a name may come twice."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def read(path: Path, ways: Ways | None = None, **limits: int) -> list[Page | InputError]:
    """All that a file gives."""
    return list(pages([str(path)], Settings(**limits), ways))


def told(path: Path, found: Sequence[Page | InputError]) -> list[str]:
    """Where each page or error is, behind the name of the file; errors have an exclamation mark."""
    short = (
        f"{'!' if isinstance(one, InputError) else ''}"
        f"{(one.where if isinstance(one, InputError) else one.place) or ''}"
        for one in found
    )
    return [each.replace(str(path), "") for each in short]
