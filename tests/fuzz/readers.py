"""Every reader of what strangers give: what it reads, what its inputs begin from, how many."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import zstandard

from tests.fuzz import files, parts, seeds, webs
from tests.fuzz.finding import Read
from tests.fuzz.mutate import Stock

Seal = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Reader:
    """One reader, and how inputs for it are made."""

    name: str
    read: Read
    begin: tuple[bytes, ...]
    """The seeds: inputs of our own, all of them whole."""
    tokens: tuple[bytes, ...]
    share: int
    """Of a run, so many parts are this reader's."""
    seal: Seal | None = None
    """Packs what was changed, so that no checksum stands before what is behind it."""
    inner: tuple[bytes, ...] = ()
    """The seeds of what is sealed."""
    short: int = 1_500
    """Inputs that are read whenever the tests are run."""

    @cached_property
    def stock(self) -> Stock:
        """What inputs are made of."""
        return Stock(self.begin, self.tokens)

    @cached_property
    def inner_stock(self) -> Stock:
        """What the insides of sealed inputs are made of."""
        return Stock(self.inner, self.tokens)


def _zip_of(inner: bytes) -> bytes:
    """An archive whose only member bears the first line for a name."""
    name, _, body = inner.partition(b"\n")
    return seeds.zipped([(name.decode("utf-8", "replace")[:200] or "a", body)])


def _gzipped_answer(inner: bytes) -> bytes:
    return seeds.answer("gzip", gzip.compress(inner, 1))


def _records(inner: bytes) -> bytes:
    return gzip.compress(seeds.response(inner), 1) + gzip.compress(seeds.response(b"<p>"), 1)


def _pages() -> tuple[Reader, ...]:
    """Readers of files that hold one page."""
    written, tokens = seeds.written, seeds.tokens
    texts = (*written("html"), *written("text"), *written("jsonl"), *written("csv"))
    kinds = (*texts, *written("feeds"))
    marked = (*written("html"), *seeds.pages("html"), seeds.wide(written("html")[1]))
    plain = (*written("text"), *seeds.pages("txt"))
    packed = (gzip.compress, zstandard.compress)
    gz, zst = (tuple(pack(body) for body in texts[:3]) for pack in packed)
    return (
        Reader("kinds", files.kinds, kinds, tokens("html", "jsonl", "csv"), 8),
        Reader("html", files.articles, marked, tokens("html", "jsonld"), 10, short=100),
        Reader("text", files.articles, plain, tokens("text"), 8, short=400),
        Reader("gzip", files.named, gz, tokens("csv"), 6, packed[0], texts, 500),
        Reader("zstd", files.named, zst, tokens("csv"), 6, packed[1], texts, 500),
    )


def _shelves() -> tuple[Reader, ...]:
    """Readers of files that hold many."""
    written, tokens = seeds.written, seeds.tokens
    page, table = written("html"), (*written("csv"), seeds.wide(written("csv")[0]))
    sheet = (b"id\tisi\ttanggal\n1\tPolisi menutup jembatan.\t2024-03-04", table[2])
    named = tuple(b"a/b.html\n" + body for body in (*page, *table))
    archives = seeds.warcs()
    wacz = (seeds.wacz(archives[1]),)
    return (
        Reader("jsonl", files.tables, written("jsonl"), tokens("jsonl"), 8, short=400),
        Reader("csv", files.tables, table, tokens("csv"), 8, short=400),
        Reader("parquet", files.named, seeds.parquets(), tokens("csv"), 8, seeds.table, sheet, 500),
        Reader("zip", files.named, seeds.zips(), tokens("csv"), 8, _zip_of, named, 500),
        Reader("warc", files.named, archives, tokens("warc"), 10, _records, page, 500),
        Reader("wacz", files.named, wacz, tokens("warc"), 4, seeds.wacz, archives, 500),
        Reader("feeds", files.feeds, written("feeds"), tokens("feeds"), 8, short=500),
    )


def _parts() -> tuple[Reader, ...]:
    """Readers of what a page is made of."""
    written, lines, tokens = seeds.written, seeds.lines, seeds.tokens
    return (
        Reader("encodings", parts.encodings, written("encodings"), tokens("html"), 8),
        Reader("jsonld", parts.jsonld, written("jsonld"), tokens("jsonld"), 10, short=700),
        Reader("dates", parts.days, lines("dates"), tokens("dates"), 12, short=700),
        Reader("canonical", parts.addresses, lines("addresses"), tokens("addresses"), 8),
        Reader("selectors", parts.chosen, lines("selectors"), tokens("selectors"), 8),
        Reader(
            "sites", parts.site_files, written("sites"), tokens("sites", "selectors"), 4, short=500
        ),
    )


def _sent() -> tuple[Reader, ...]:
    """Readers of what the web sends, and of the list of what to watch."""
    written, lines, tokens = seeds.written, seeds.lines, seeds.tokens
    pages, answers = written("html"), seeds.answers()
    return (
        Reader("guard", webs.guarded, lines("addresses"), tokens("addresses"), 12),
        Reader("answers", webs.answers, answers, tokens("answers"), 10, _gzipped_answer, pages),
        Reader("robots", webs.asked_of_robots, written("robots"), tokens("robots"), 6, short=1_000),
        Reader("watchlist", webs.watched, written("watchlist"), tokens("watchlist"), 4, short=300),
    )


READERS = {reader.name: reader for reader in (*_pages(), *_shelves(), *_parts(), *_sent())}
