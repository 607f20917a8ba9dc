"""What the caller names (file, folder, ``-``) becomes pages; what cannot be read, an error."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BufferedIOBase, BufferedReader, RawIOBase
from pathlib import Path
from typing import TypeAlias, cast

from kronik.errors import EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources.kinds import HEAD, media_type
from kronik.sources.lines import lines
from kronik.sources.records import records
from kronik.types import Page

Found: TypeAlias = Iterator[Page | InputError]

_GZIP = b"\x1f\x8b"
_MARKS = b"\xef\xbb\xbf\xff\xfe"
_ADDRESSES = ("http://", "https://", "ftp://")


def pages(inputs: Sequence[str], settings: Settings) -> Found:
    """Every page of every input, in the order given, read when asked for.

    An input is a file, a folder (all files below it, by name, those of a folder before those of
    the folders in it; hidden ones and linked folders left out), or ``-`` for standard input.
    HTML, plain text, JSONL and gzip of these are told apart by content. What cannot be read is
    yielded as its ``InputError``, and the rest goes on.
    """
    for name in inputs:
        if name == "-":
            yield from _standard_input(settings)
        elif name.lower().startswith(_ADDRESSES):
            remedy = "save the page and give the file"
            yield InputError("addresses are not read yet", where=_shown(name), remedy=remedy)
        else:
            yield from _path(Path(name), settings)


def _shown(path: str | Path) -> str:
    """The name as text that can be printed and stored: bytes that are not UTF-8 as ``\\xff``."""
    try:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # no name of any file: only a caller of ours can have made it up
        return str(path).encode("utf-8", "backslashreplace").decode()


def _standard_input(settings: Settings) -> Found:
    remedy = "pipe the page into kronik, or give its file"
    if sys.stdin is None:
        yield InputError("standard input is closed", where="-", remedy=remedy)
        return
    try:
        stream = sys.stdin.buffer
        if not isinstance(stream, BufferedReader):  # a caller has put a plain buffer in its place
            stream = BufferedReader(cast(RawIOBase, stream))
        yield from _read(stream, "-", settings)
    except (OSError, ValueError) as error:
        yield InputError(f"cannot be read: {_reason(error)}", where="-", remedy=remedy)


def _path(path: Path, settings: Settings) -> Found:
    try:
        if path.is_dir():
            yield from _folder(path, settings)
        else:
            with path.open("rb") as stream:
                yield from _read(stream, _shown(path), settings)
    except FileNotFoundError:
        remedy = "check the path; text itself can be given on standard input, as -"
        yield InputError("no such file", where=_shown(path), remedy=remedy)
    except (OSError, ValueError) as error:
        yield _unreadable(_shown(path), error)


def _folder(folder: Path, settings: Settings) -> Found:
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
                yield from _path(path, settings)
    yield from (_unreadable(_shown(error.filename), error) for error in closed)
    if not found and not closed:
        remedy = "give a folder with articles in it"
        yield EmptyInput("a folder without a file", where=_shown(folder), remedy=remedy)


def _unreadable(where: str, error: OSError | ValueError) -> InputError:
    remedy = "check the path and that you may read it"
    return InputError(f"cannot be opened: {_reason(error)}", where=where, remedy=remedy)


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _read(stream: BufferedReader, where: str, settings: Settings) -> Found:
    """Open gzip, look at the head, and read on as its kind asks, never past the limits."""
    packed = stream.peek(len(_GZIP)).startswith(_GZIP)
    opened: BufferedIOBase = gzip.GzipFile(fileobj=stream) if packed else stream
    try:
        head = opened.read(HEAD)
        kind = media_type(head, where)
        if kind == "application/x-kronik-record+json":
            yield from records(lines(head, opened, settings.max_bytes, where), where)
        else:
            body = head + opened.read(max(0, settings.max_bytes + 1 - len(head)))
            yield _page(body, where, kind, settings)
    except InputError as error:
        yield error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        remedy = "fetch or pack it again; gzip -t tells whether it is whole"
        yield InputError(f"damaged gzip: {error}", where=where, remedy=remedy)


def _page(body: bytes, where: str, kind: str, settings: Settings) -> Page:
    if not body.strip().strip(_MARKS).strip():
        raise EmptyInput("nothing in it", where=where, remedy="give a file with an article in it")
    if len(body) > settings.max_bytes:
        what = f"more than {settings.max_bytes:,} bytes, the most that a page may have"
        remedy = "one page a file, or many articles as JSONL"
        raise TooLarge(what, where=where, remedy=remedy)
    return Page(sha256(body).hexdigest(), where, kind, body)
