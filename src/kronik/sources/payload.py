"""What a server sent, as it was meant: chunks joined, and what was packed for the way unpacked."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

_PIECE = 1 << 16
_GZIP = re.compile(rb"\x1f\x8b")


class _Reader(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def _read(reader: Callable[[BytesIO], _Reader], body: bytes, limit: int) -> bytes:
    """What a reader of fastwarc makes of it."""
    opened, pieces = reader(BytesIO(body)), []
    while limit > 0 and (piece := opened.read(min(limit, _PIECE))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def _inflated(body: bytes, limit: int) -> bytes:
    """What gzip or zlib packed, told by its head; unlike fastwarc's, this sees where it is cut."""
    found = b""
    while body and len(found) < limit:
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            found += unpacking.decompress(body, limit - len(found))
        except zlib.error as error:
            raise OSError(str(error)) from None
        if not unpacking.eof and len(found) < limit:
            raise OSError("it is cut off")
        body = rest if _GZIP.match(rest := unpacking.unused_data) else b""
    return found


_CODINGS: dict[str, tuple[re.Pattern[bytes], Callable[[bytes, int], bytes]]] = {
    "chunked": (
        re.compile(rb"[0-9A-Fa-f]{1,8}\s*(?:;[^\r\n]*)?\r?\n"),
        partial(_read, ChunkedReader),
    ),
    "gzip": (_GZIP, _inflated),
    "x-gzip": (_GZIP, _inflated),
    "deflate": (re.compile(rb"\x78[\x01\x5e\x9c\xda]"), _inflated),
    "zstd": (re.compile(rb"\x28\xb5\x2f\xfd"), partial(_read, ZstdReader)),
    "br": (re.compile(rb"[^<\s]"), partial(_read, BrotliReader)),
}
"""Coding -> how what has it begins, and what undoes it. Archives name codings that their crawler
has undone already: what does not begin so is taken as it is."""


def decoded(body: bytes, transfer: str | None, content: str | None, limit: int) -> bytes:
    """The first ``limit`` bytes of what was sent, by the headers Transfer-Encoding and
    Content-Encoding. Raises ``OSError`` where it cannot be undone."""
    for header in (transfer, content):
        for name in reversed((header or "").lower().split(",")):
            if (coding := _CODINGS.get(name.strip())) and coding[0].match(body):
                body = coding[1](body, limit)
    return body
