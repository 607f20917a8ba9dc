"""The lines of a stream, with a limit to each: memory stays bounded whatever the stream holds."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import BufferedReader

from kronik.errors import TooLarge
from kronik.sources.packed import peekable

_LONGEST = 16
"""How many times the limit one line may have before the stream is given up."""


def lines(stream: BufferedReader, limit: int, where: str) -> Iterator[bytes | None]:
    """The lines of ``stream``, each with its line break.

    ``None`` stands for a line of more than ``limit`` bytes. Raises ``TooLarge`` at one so long
    that nothing can be meant by it: what follows it is not read.
    """
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        if not _skip(line, stream, limit):
            what = f"a line of more than {_LONGEST * limit:,} bytes; nothing after it is read"
            remedy = "look at what the file holds, and put one article on a line"
            raise TooLarge(what, where=where, remedy=remedy)
        yield None


def recoded(stream: BufferedReader, encoding: str) -> BufferedReader:
    """The same text in UTF-8; what means nothing in ``encoding`` is replaced."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")

    def read(size: int) -> bytes:
        while piece := stream.read1(max(1, size // 4)):
            if text := decoder.decode(piece):
                return text.encode(errors="replace")
        return decoder.decode(b"", final=True).encode(errors="replace")

    return peekable(read)


def _skip(line: bytes, stream: BufferedReader, limit: int) -> bool:
    """Read past the rest of an overlong line; whether its end was found."""
    for _ in range(_LONGEST):
        if not line or line.endswith(b"\n"):
            return True
        line = stream.readline(limit)
    return False
