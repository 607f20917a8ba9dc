"""The records of a WARC file, one after another, whatever damage lies between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BufferedReader
from typing import TypeAlias

from fastwarc.warc import ArchiveIterator, WarcRecord

from kronik.errors import InputError
from kronik.settings import Settings
from kronik.sources.packed import Bounds
from kronik.sources.tape import Tape
from kronik.sources.ways import Found
from kronik.types import Page

_MARKS = {
    b"\x1f\x8b": re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"),
    b"\x28\xb5\x2f\xfd": re.compile(rb"\x28\xb5\x2f\xfd"),
    b"\x04\x22\x4d\x18": re.compile(rb"\x04\x22\x4d\x18"),
}
"""How a file begins that is packed record by record -> how each of them begins."""
_MARK = re.compile(rb"WARC/\d\.\d\r?\n")
_MOST_FAILURES = 1000
"""Marks in a row behind which there is no record, after which a file is given up."""
_PIECE = 1 << 20
_READ_AHEAD = 1 << 16
_REMEDY = "fetch the file again, if it can be had whole"


class Record:
    """One record, of which ``body`` is read at most once and before the next is asked for."""

    def __init__(self, raw: WarcRecord, place: str, tape: Tape, settings: Settings) -> None:
        self.raw = raw
        self.place = place
        self._tape = tape
        self._began = max(0, tape.tell() - _READ_AHEAD)
        self._bounds = Bounds(self.place, settings)
        self._read = 0
        if raw.headers.get("Content-Length") is None:
            raise self.damaged("its header is cut off")

    def body(self, limit: int) -> bytes:
        """The first ``limit`` bytes of what it holds, behind what was parsed of it."""
        pieces = []
        while self._read < limit and (piece := self.raw.reader.read(limit - self._read)):
            pieces.append(piece)
            self._read += len(piece)
        return b"".join(pieces)

    def finish(self) -> None:
        """Pass over the rest; raises ``InputError`` where it is cut off, or packed to do harm."""
        left = self.raw.content_length - self._read
        while left > 0:
            passed = self.raw.reader.consume(min(left, _PIECE))
            if not passed:
                raise self.damaged(f"it is cut off: the last {left:,} bytes are missing")
            left -= passed
            self._bounds.hold(passed, self._tape.tell() - self._began)

    def damaged(self, what: str) -> InputError:
        """The error that says what is amiss with it."""
        return InputError(f"damaged record: {what}", where=self.place, remedy=_REMEDY)


Take: TypeAlias = Callable[[Record], Page | InputError | None]
"""What is made of a record; raises ``InputError`` or ``OSError`` where it is damaged."""


class Archive:
    """A WARC file, packed as fastwarc can unpack: by gzip, Zstandard or LZ4, or not at all."""

    def __init__(self, stream: BufferedReader, where: str, settings: Settings) -> None:
        mark = stream.peek(_PIECE)[:4]
        found = (each for begins, each in _MARKS.items() if mark.startswith(begins))
        self._mark = next(found, _MARK)
        self._tape = Tape(stream.read1)
        self._where = where
        self._settings = settings
        self._doubt: InputError | None = None
        self._exact = False
        self._failures = 0
        self._offset = -1
        self._nth = 1

    def each(self, take: Take) -> Found:
        """What ``take`` makes of every record; once for each damaged place, its error."""
        start: int | None = 0
        while start is not None and self._failures < _MOST_FAILURES:
            begun, inside = start, True
            try:
                for raw in ArchiveIterator(self._tape, parse_http=False):
                    begun, inside = raw.stream_pos, True
                    record = Record(raw, self._place(begun), self._tape, self._settings)
                    found = take(record)
                    record.finish()
                    inside = False
                    yield from self._told()
                    if found:
                        yield found
                break
            except OSError as error:
                if error.errno is not None:  # the disk's
                    raise
                start = self._go_on(begun, inside, InputError(str(error)))
            except InputError as error:
                start = self._go_on(begun, inside, error)
        yield from self._told()

    def _place(self, offset: int) -> str:
        """Where a record begins in the file as it is, packed or not, in bytes; with its number
        where several were packed as one and so begin at the same."""
        self._nth = self._nth + 1 if offset == self._offset else 1
        self._offset = offset
        return f"{self._where}:{offset}" + (f":{self._nth}" if self._nth > 1 else "")

    def _told(self) -> Found:
        """The doubt, once it is known how far the damage reaches."""
        if self._doubt:
            yield self._doubt
        if self._failures == _MOST_FAILURES:
            what = f"too damaged: nothing behind byte {self._tape.tell():,} is read"
            yield InputError(what, where=self._where, remedy=_REMEDY)
        self._doubt, self._failures = None, 0

    def _go_on(self, begun: int, inside: bool, error: InputError) -> int | None:
        """Keep what is amiss until it is known where, and go to where a record may begin next."""
        self._failures += 1
        if error.where is None:
            at, of = (begun, "record") if inside else (begun + 1, f"behind the record at {begun}")
            what = f"damaged {of}: {error.what}"
            error = InputError(what, where=f"{self._where}:{at}", remedy=_REMEDY)
        if self._doubt is None or (inside and not self._exact):
            self._doubt, self._exact = error, inside
        return self._tape.find(self._mark, begun + 1)
