"""A ZIP archive is a folder of pages. Names in it are only names: nothing is unpacked to disk."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kronik.errors import BinaryInput, EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources.packed import Bounds, peekable

MARKS = (b"PK\x03\x04", b"PK\x05\x06")
"""The second opens an archive with nothing in it."""
_END = 22
_END_64 = 56
_LONGEST_COMMENT = 65_535
_LONGEST_LIST = 32 << 20
"""Bytes of the list of members: some 300,000 of them. Python holds all of it in memory."""
_ENCRYPTED = 1
_HIDDEN = re.compile(r"(?:^|/)(?:\.(?!\.?/)|__MACOSX/)")
_REMEDY = "pack it again; unzip -t tells whether it is whole"
_DAMAGES = (BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, UnicodeError)


def members(
    file: IO[bytes], where: str, settings: Settings
) -> Iterator[tuple[str, io.BufferedReader] | InputError]:
    """Every member with its place, in the order of the archive's list, to be read before the next
    is asked for; hidden ones are left out, and of a web archive (WACZ) all but its WARC files.

    Reading raises ``InputError`` where a member is damaged, and ``TooLarge`` for an archive packed
    to do harm. What is no archive of pages, an office document for one, is told as ``InputError``.
    """
    try:
        size = _held(file, where)
        archive = ZipFile(file)
    except (*_DAMAGES, ValueError, OverflowError) as error:
        yield InputError(f"damaged ZIP archive: {error}", where=where, remedy=_REMEDY)
        return
    with archive:
        infos = archive.infolist()
        if refusal := _other(infos, where) or _nothing(infos, where):
            yield refusal
            return
        bounds = Bounds(where, settings)
        for info, place in _places(_wanted(infos), where):
            if bounds.broken:
                return
            if closed := _closed(info, place):
                yield closed
            else:
                yield from _opened(archive, info, place, (bounds, size))


def _opened(
    archive: ZipFile, info: ZipInfo, place: str, held: tuple[Bounds, int]
) -> Iterator[tuple[str, io.BufferedReader] | InputError]:
    try:
        with archive.open(info) as member:
            yield place, peekable(_Bounded(member, place, *held).read)
    except (*_DAMAGES, ValueError, RuntimeError) as error:
        yield _damaged(place, error)


class _Bounded:
    """A member, of which no more is read than the whole archive may unpack to."""

    def __init__(self, member: IO[bytes], place: str, bounds: Bounds, size: int) -> None:
        self._member = member
        self._place = place
        self._bounds = bounds
        self._size = size

    def read(self, size: int) -> bytes:
        try:
            piece = self._member.read(size)
        except _DAMAGES as error:
            raise _damaged(self._place, error) from None
        self._bounds.hold(len(piece), self._size)
        return piece


def _damaged(place: str, error: Exception) -> InputError:
    return InputError(f"damaged in its archive: {error}", where=place, remedy=_REMEDY)


def _held(file: IO[bytes], where: str) -> int:
    """The archive's size; raises ``TooLarge`` if its list is longer than can be held in memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END - _LONGEST_COMMENT - 2 * _END_64))
    tail = file.read()
    listed = 0
    if (at := tail.rfind(b"PK\x05\x06")) >= 0 and len(tail) - at >= _END:
        (listed,) = struct.unpack_from("<12xL", tail, at)
    if (at := tail.rfind(b"PK\x06\x06")) >= 0 and len(tail) - at >= _END_64:
        (listed,) = struct.unpack_from("<40xQ", tail, at)
    if min(listed, size) > _LONGEST_LIST:
        what = "a ZIP archive of more members than can be listed"
        raise TooLarge(what, where=where, remedy="unpack it and give the folder")
    file.seek(0)
    return size


@cache
def _others() -> dict[str, tuple[str, str]]:
    table = files(__package__).joinpath("zips.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {member: (kind, remedy) for member, kind, remedy in rows}


def _other(infos: Sequence[ZipInfo], where: str) -> BinaryInput | None:
    """What the archive is, if it is no folder of files but a document packed as one."""
    known = next((found for info in infos if (found := _others().get(info.filename))), None)
    return BinaryInput(f"{known[0]}, not text", where=where, remedy=known[1]) if known else None


def _nothing(infos: Sequence[ZipInfo], where: str) -> EmptyInput | None:
    if _wanted(infos):
        return None
    remedy = "pack the articles again"
    return EmptyInput("a ZIP archive without a file", where=where, remedy=remedy)


def _wanted(infos: Sequence[ZipInfo]) -> list[ZipInfo]:
    named = [
        info
        for info in infos
        if not info.filename.endswith("/") and not _HIDDEN.search(info.filename)
    ]
    archived = [info for info in named if info.filename.startswith("archive/")]
    is_wacz = any(info.filename == "datapackage.json" for info in named)
    return archived if is_wacz and archived else named


def _places(infos: Sequence[ZipInfo], where: str) -> Iterator[tuple[ZipInfo, str]]:
    """Each member with a place that no other has: an archive may hold one name twice."""
    seen: Counter[str] = Counter()
    for info in infos:
        seen[info.filename] += 1
        nth = seen[info.filename]
        yield info, f"{where}#{info.filename}" + (f"~{nth}" if nth > 1 else "")


def _closed(info: ZipInfo, place: str) -> InputError | None:
    if info.flag_bits & _ENCRYPTED:
        remedy = "unpack it with its password, and give the folder"
        return InputError("encrypted in its archive", where=place, remedy=remedy)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        what = f"packed by a method that is not read (number {info.compress_type})"
        return InputError(what, where=place, remedy="pack it again as plain ZIP: zip -r")
    return None
