"""The lines of a stream, with a limit to each: memory stays bounded whatever the stream holds."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedIOBase

from kronik.errors import TooLarge

_LONGEST = 16
"""How many times the limit one line may have before the stream is given up."""


def lines(head: bytes, stream: BufferedIOBase, limit: int, where: str) -> Iterator[bytes | None]:
    """The lines of ``stream``, of which ``head`` was read already, each with its line break.

    ``None`` stands for a line of more than ``limit`` bytes. Raises ``TooLarge`` at one so long
    that nothing can be meant by it: what follows it is not read.
    """
    *whole, tail = head.split(b"\n")
    yield from (line + b"\n" if len(line) < limit else None for line in whole)
    while line := tail + stream.readline(max(0, limit + 1 - len(tail))):
        tail = b""
        if len(line) > limit:
            if not _skip(line, stream, limit):
                what = f"a line of more than {_LONGEST * limit:,} bytes; nothing after it is read"
                remedy = "look at what the file holds, and put one article on a line"
                raise TooLarge(what, where=where, remedy=remedy)
            yield None
        else:
            yield line


def _skip(line: bytes, stream: BufferedIOBase, limit: int) -> bool:
    """Read past the rest of an overlong line; whether its end was found."""
    for _ in range(_LONGEST):
        if not line or line.endswith(b"\n"):
            return True
        line = stream.readline(limit)
    return False
