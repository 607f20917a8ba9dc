"""The bytes of an answer: unpacked piece by piece, and never more of them than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn, TypeAlias

import brotli
import zstandard

from kronik.errors import NotFetched, TooLarge

ACCEPTED = "gzip, br, zstd"
"""What the Accept-Encoding header says."""
_PIECE = 65_536
_ZSTD_WINDOW = 2**23
"""The most memory a page may ask for, by RFC 9659, in bytes."""
_ZSTD_BITE = 64
"""Bytes unpacked at a time: four of them can stand for 128 KiB."""
_FAULTS = (zlib.error, brotli.error, zstandard.ZstdError, EOFError)

Pieces: TypeAlias = Iterator[bytes]


def unpacked(pieces: Iterable[bytes], coding: str, where: str) -> Pieces:
    """The pieces of a body without its Content-Encoding, each of a bounded size.

    Raises ``NotFetched`` for a coding that was not asked for, or bytes that are not in it.
    """
    reader = _READERS.get(coding)
    if not reader:
        what = f"packed in a way that was not asked for: {coding[:80]!r}"
        raise NotFetched(what, where=where, remedy="save the page and give the file")
    try:
        yield from reader(iter(pieces))
    except _FAULTS as error:
        what = f"damaged {coding}: {error}"
        raise NotFetched(what, where=where, remedy="save the page and give the file") from error


def measured(pieces: Iterable[bytes], most: int, where: str) -> Pieces:
    """The pieces as they are. Raises ``TooLarge`` at the first that goes over ``most`` bytes."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            refuse_size(most, where)
        yield piece


def refuse_size(most: int, where: str) -> NoReturn:
    """Raise ``TooLarge``."""
    what = f"more than {most:,} bytes, the most that a page may have"
    raise TooLarge(what, where=where, remedy="give the address of one article")


def cut(pieces: Iterable[bytes], most: int) -> bytes:
    """The first ``most`` bytes of a body; the rest is not read."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) >= most:
            break
    return bytes(body[:most])


def opened(body: bytes, most: int, where: str) -> bytes:
    """A body that is a gzip file (``sitemap.xml.gz``) as what is in it, within the same limit."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    return b"".join(measured(unpacked([body], "gzip", where), most, where))


def _gzip(pieces: Pieces) -> Pieces:
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in pieces:
        rest = piece
        while rest or not member.eof:
            if member.eof:
                if not rest.startswith(b"\x1f\x8b"):
                    return  # padding after the last member, which gzip passes over too
                member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            out = member.decompress(rest, _PIECE)
            yield out
            rest = member.unused_data if member.eof else member.unconsumed_tail
            if not rest and len(out) < _PIECE:
                break
    if not member.eof:
        raise EOFError("it ends too early")


def _brotli(pieces: Pieces) -> Pieces:
    stream = brotli.Decompressor()
    for piece in pieces:
        rest = piece
        while not stream.is_finished():
            out = stream.process(rest, output_buffer_limit=_PIECE)
            yield out
            rest = b""
            if len(out) < _PIECE and stream.can_accept_more_data():
                break
    if not stream.is_finished():
        raise EOFError("it ends too early")


def _zstd(pieces: Pieces) -> Pieces:
    packed = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    frame = packed.decompressobj()
    for piece in pieces:
        rest = piece
        while rest:
            if frame.eof:
                frame = packed.decompressobj()
            yield frame.decompress(rest[:_ZSTD_BITE])
            rest = frame.unused_data + rest[_ZSTD_BITE:]
    if not frame.eof:
        raise EOFError("it ends too early")


def _plain(pieces: Pieces) -> Pieces:
    yield from pieces


_READERS: dict[str, Callable[[Pieces], Pieces]] = {
    "": _plain,
    "identity": _plain,
    "gzip": _gzip,
    "x-gzip": _gzip,
    "br": _brotli,
    "zstd": _zstd,
}
