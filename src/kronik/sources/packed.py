"""Packed bytes are unpacked as they are read, and never further than is sound."""

from __future__ import annotations

import gzip
import io
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Literal, TypeAlias

from fastwarc.stream_io import ZstdReader

from kronik.errors import InputError, TooLarge
from kronik.settings import Settings
from kronik.sources.kinds import HEAD
from kronik.sources.tape import Tape

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Packing: TypeAlias = Literal["gzip", "zstd"]
Read: TypeAlias = Callable[[int], bytes]

_MARKS: tuple[tuple[bytes, Packing], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_TESTS = {"gzip": "gzip -t", "zstd": "zstd -t"}
_PIECE = 1 << 20


class Peekable(io.RawIOBase):
    """Bytes whose first read is as full as can be, so that a head can be looked at; later reads
    wait for no more than there is."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read
        self._begun = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, into: WriteableBuffer, /) -> int:
        """Fill the buffer, at first wholly; the number of bytes, 0 at the end."""
        view = memoryview(into).cast("B")
        got = 0
        while got < len(view) and (piece := self._read(min(len(view) - got, _PIECE))):
            view[got : got + len(piece)] = piece
            got += len(piece)
            if self._begun:
                break
        self._begun = True
        return got


def peekable(read: Read) -> io.BufferedReader:
    """A stream of what ``read`` gives, of which the first ``HEAD`` bytes can be peeked at."""
    return io.BufferedReader(Peekable(read), HEAD)


def packing(head: bytes) -> Packing | None:
    """How the stream that opens with ``head`` is packed, if it is."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def unpacked(
    stream: io.BufferedReader, how: Packing, where: str, settings: Settings
) -> io.BufferedReader:
    """What is packed in a stream, from its beginning.

    Reading raises ``InputError`` where it is damaged, and ``TooLarge`` for what was packed to
    do harm.
    """
    tape = Tape(stream.read1)
    read = gzip.GzipFile(fileobj=tape).read1 if how == "gzip" else ZstdReader(tape).read
    bounds = Bounds(where, settings)

    def bounded(size: int) -> bytes:
        try:
            piece = read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _damaged(how, where, error) from None
        except OSError as error:
            if error.errno is not None:  # the disk's, and not the unpacker's
                raise
            raise _damaged(how, where, error) from None
        bounds.hold(len(piece), tape.tell())
        return piece

    return peekable(bounded)


class Bounds:
    """How much may come out of what is packed: twice as much as a page may have, and beyond that
    ``max_ratio`` times what went in. Nothing that people pack in earnest goes further."""

    def __init__(self, where: str, settings: Settings) -> None:
        self._where = where
        self._settings = settings
        self._given = 0
        self.broken = False
        """Whether more came out than may."""

    def hold(self, more: int, taken: int) -> None:
        """Count bytes that came out while ``taken`` went in; raises ``TooLarge`` beyond bounds."""
        self._given += more
        ratio = self._settings.max_ratio
        if self._given > max(2 * self._settings.max_bytes, ratio * taken):
            self.broken = True
            what = f"unpacks to more than {ratio} times its size: this was packed to do harm"
            remedy = "unpack it by hand if you trust it, and give what is in it"
            raise TooLarge(what, where=self._where, remedy=remedy)


@contextmanager
def seekable(stream: io.BufferedReader, where: str, settings: Settings) -> Iterator[IO[bytes]]:
    """All of a stream as a file in which one can go back and forth; raises ``TooLarge``."""
    with tempfile.TemporaryFile() as copy:
        while piece := stream.read(_PIECE):
            if copy.tell() + len(piece) > settings.max_copied:
                what = f"more than {settings.max_copied:,} bytes in a pipe or a packed file"
                raise TooLarge(what, where=where, remedy="give it as a file of its own, unpacked")
            copy.write(piece)
        copy.seek(0)
        yield copy


def _damaged(how: Packing, where: str, error: Exception) -> InputError:
    remedy = f"fetch or pack it again; {_TESTS[how]} tells whether it is whole"
    return InputError(f"damaged {how}: {error}", where=where, remedy=remedy)
