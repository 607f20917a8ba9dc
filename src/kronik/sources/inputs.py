"""What the caller names (file, folder, address, ``-``) becomes pages; what cannot, an error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from kronik.errors import EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources import tables, warc, zips
from kronik.sources.kinds import HEAD, media_type
from kronik.sources.lines import lines
from kronik.sources.packed import packing, peekable, seekable, unpacked
from kronik.sources.records import records
from kronik.sources.ways import Found, Ways
from kronik.types import Page

_MARKS = b"\xef\xbb\xbf\xff\xfe"


def pages(inputs: Sequence[str], settings: Settings, ways: Ways | None = None) -> Found:
    """Every page of every input, in the order given, read when asked for.

    An input is a file, a folder (all files below it, by name, those of a folder before those of
    the folders in it; hidden ones and linked folders left out), an address, or ``-`` for standard
    input. What a file is, and how it is packed, is told by its content: ``docs/sources.md`` lists
    what is read. What cannot be read is yielded as its ``InputError``, and the rest goes on.
    """
    reading = _Reading(settings, ways or Ways())
    for name in inputs:
        scheme, mark, _ = name.partition("://")
        if name == "-":
            yield from reading.standard_input()
        elif mark and scheme.isalpha():
            yield from reading.address(name)
        else:
            yield from reading.path(Path(name))


def file_of(place: str) -> str:
    """The input that a place is in: ``berita.jsonl`` of ``berita.jsonl:7:12``, ``laman.zip`` of
    ``laman.zip#a.html``; an address is its own."""
    name = place
    while name and "://" not in name:
        if _exists(name):
            return name
        head, _, tail = name.rpartition(":")
        name = head if tail.isdigit() else name.rpartition("#")[0]
    return place


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # no name that a file can have
        return False


def _shown(path: str | Path) -> str:
    """The name as text that can be printed and stored: bytes that are not UTF-8 as ``\\xff``."""
    try:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # no name of any file: only a caller of ours can have made it up
        return str(path).encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True, slots=True)
class _Reading:
    """How everything is read that one call names."""

    settings: Settings
    ways: Ways

    def address(self, name: str) -> Found:
        if self.ways.web is None:
            remedy = "save the page and give the file"
            yield InputError("addresses are not fetched here", where=_shown(name), remedy=remedy)
        else:
            yield from self.ways.web.pages(name)

    def standard_input(self) -> Found:
        remedy = "pipe the page into kronik, or give its file"
        if sys.stdin is None:
            yield InputError("standard input is closed", where="-", remedy=remedy)
            return
        try:
            yield from self._file(cast(BufferedReader, sys.stdin.buffer), "-")
        except (OSError, ValueError) as error:
            yield InputError(f"cannot be read: {_reason(error)}", where="-", remedy=remedy)

    def path(self, path: Path) -> Found:
        try:
            if path.is_dir():
                yield from self._folder(path)
            else:
                with path.open("rb") as stream:
                    yield from self._file(stream, _shown(path))
        except FileNotFoundError:
            remedy = "check the path; text itself can be given on standard input, as -"
            yield InputError("no such file", where=_shown(path), remedy=remedy)
        except (OSError, ValueError) as error:
            yield _unreadable(_shown(path), error)

    def _folder(self, folder: Path) -> Found:
        closed: list[OSError] = []
        found = 0
        for below, folders, names in os.walk(folder, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for path in sorted(Path(below, name) for name in names if not name.startswith(".")):
                found += 1
                if path.exists() and not path.is_file():
                    remedy = "give it by its own name if it is meant to be read"
                    yield InputError("not a regular file", where=_shown(path), remedy=remedy)
                else:
                    yield from self.path(path)
        yield from (_unreadable(_shown(error.filename), error) for error in closed)
        if not found and not closed:
            remedy = "give a folder with articles in it"
            yield EmptyInput("a folder without a file", where=_shown(folder), remedy=remedy)

    def _file(self, stream: BufferedReader, where: str) -> Found:
        """A stream from outside: an archive of files, or one file."""
        opened = peekable(stream.read1)
        if not opened.peek(HEAD).startswith(zips.MARKS):
            yield from self._member(opened, where)
            return
        try:
            with self._seekable(stream, opened, where) as file:
                for found in zips.members(file, where, self.settings):
                    if isinstance(found, InputError):
                        yield found
                    else:
                        yield from self._member(found[1], found[0])
        except TooLarge as error:
            yield error

    def _member(self, opened: BufferedReader, where: str) -> Found:
        """A file, or one of those in an archive: packed, a web archive, or what it is."""
        try:
            head = opened.peek(HEAD)[:HEAD]
            if warc.is_warc(head):
                yield from warc.pages(opened, where, self.settings, self.ways)
            elif how := packing(head):
                yield from self._plain(unpacked(opened, how, where, self.settings), where)
            else:
                yield from self._plain(opened, where)
        except InputError as error:
            yield error

    def _plain(self, opened: BufferedReader, where: str) -> Found:
        """What is packed no more, as its kind asks; raises ``InputError``."""
        settings, ways = self.settings, self.ways
        kind = media_type(opened.peek(HEAD)[:HEAD], where, ways.columns.values())
        if kind == "application/x-kronik-record+json":
            yield from records(lines(opened, settings.max_bytes, where), where, ways.columns)
        elif kind == "text/csv":
            yield from tables.delimited(opened, where, settings, ways)
        elif kind == "application/vnd.apache.parquet":
            with seekable(opened, where, settings) as file:
                yield from tables.parquet(file, where, settings, ways)
        elif kind == "application/warc":
            yield from warc.pages(opened, where, settings, ways)
        elif kind == "application/xml":
            yield from self._feed(opened, where)
        else:
            body = self._body(opened, where)
            yield Page(sha256(body).hexdigest(), where, kind, body)

    def _feed(self, opened: BufferedReader, where: str) -> Found:
        if self.ways.web is None:
            what = "a feed: addresses are not fetched here"
            raise InputError(what, where=where, remedy="save the pages it lists, and give those")
        yield from self.ways.web.items(self._body(opened, where), where)

    def _body(self, opened: BufferedReader, where: str) -> bytes:
        most = self.settings.max_bytes
        body = opened.read(most + 1)
        if not body.strip().strip(_MARKS).strip():
            remedy = "give a file with an article in it"
            raise EmptyInput("nothing in it", where=where, remedy=remedy)
        if len(body) > most:
            what = f"more than {most:,} bytes, the most that a page may have"
            remedy = "one page a file, or many articles as JSONL"
            raise TooLarge(what, where=where, remedy=remedy)
        return body

    def _seekable(
        self, stream: BufferedReader, opened: BufferedReader, where: str
    ) -> AbstractContextManager[IO[bytes]]:
        """The stream itself if one can go back in it, or what is ``opened`` of it, copied."""
        if stream.seekable():
            return nullcontext(stream)
        return seekable(opened, where, self.settings)


def _unreadable(where: str, error: OSError | ValueError) -> InputError:
    remedy = "check the path and that you may read it"
    return InputError(f"cannot be opened: {_reason(error)}", where=where, remedy=remedy)


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
