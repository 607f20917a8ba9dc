"""Web archives (WARC): the pages that a crawler fetched, with how they came."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from io import BufferedReader, BytesIO

from fastwarc.stream_io import Lz4Reader, ZstdReader
from fastwarc.warc import WarcRecord, WarcRecordType

from kronik.errors import EmptyInput, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources.archive import Archive, Record
from kronik.sources.kinds import HEAD, media_type
from kronik.sources.payload import decoded
from kronik.sources.ways import HTML, Found, Ways
from kronik.types import Fetch, Page

_CRAWL = re.compile(r"(CC-(?:NEWS|MAIN))-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)\d\d(?:-\d{14})?-(\d{5})\b")
_ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MOST_SHOWN = 4


def crawl_of(name: str) -> str | None:
    """Which of Common Crawl's crawls a file is from, by its name, as people would say it."""
    if not (found := _CRAWL.search(name)):
        return None
    crawl, year, month, day, hour, minute, part = found.groups()
    return f"{crawl}, part {int(part)}, begun {year}-{month}-{day} {hour}:{minute} UTC"


def is_warc(head: bytes) -> bool:
    """Whether a file that opens so is a WARC file, or one packed as WARC files are."""
    try:
        if head.startswith(b"\x1f\x8b"):
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 5)
        elif head.startswith(b"\x28\xb5\x2f\xfd"):
            head = ZstdReader(BytesIO(head)).read(5)
        elif head.startswith(b"\x04\x22\x4d\x18"):
            head = Lz4Reader(BytesIO(head)).read(5)
    except (zlib.error, OSError):  # told by whoever unpacks it
        return False
    return head.startswith((b"WARC/", _ZSTD_DICTIONARY))


def pages(stream: BufferedReader, where: str, settings: Settings, ways: Ways) -> Found:
    """The pages of a WARC file: responses with HTTP status 200, of the media types and addresses
    that ``ways`` ask for.

    A page is named ``where#record-id`` and was read from ``where:offset``. A damaged record is told
    by its offset, and reading goes on at the next. Memory is bounded by one page.
    """
    taking = _Taking(where, settings, ways)
    archive = Archive(stream, where, settings)
    for found in archive.each(taking.take):
        taking.told = True
        yield found
    if not taking.told and not taking.meant:
        yield taking.nothing()


@dataclass(slots=True)
class _Taking:
    """Which records are taken, and of those that are not, why."""

    where: str
    settings: Settings
    ways: Ways
    told: bool = False
    meant: int = 0
    """Records of a kind that is asked for, at whatever address."""
    passed: Counter[str] = field(default_factory=Counter)

    def take(self, record: Record) -> Page | InputError | None:
        """The page that a record holds, if it is one that is asked for."""
        raw = record.raw
        if raw.record_type != WarcRecordType.response or not raw.is_http:
            self.passed["no responses"] += 1
            return None
        raw.parse_http()
        if raw.http_headers is None or raw.http_headers.status_code != 200:
            self.passed["status other than 200"] += 1
            return None
        sent = _sent_as(raw)
        if sent and not sent & set(self.ways.mimes):
            self.passed[min(sent)] += 1
            return None
        url = _address(raw)
        self.meant += 1
        if self.ways.urls and not self.ways.urls.search(url or ""):
            return None
        try:
            return self._page(record, url, sent)
        except InputError as error:
            return error

    def _page(self, record: Record, url: str | None, sent: set[str]) -> Page | None:
        body, place = self._body(record), record.place
        kind = media_type(body[:HEAD], place)
        if sent & set(HTML):
            kind = "text/html"
        elif kind not in self.ways.mimes and not sent:
            return None
        if not body.strip():
            remedy = "fetch the page again"
            raise EmptyInput("nothing in it", where=place, remedy=remedy)
        raw = record.raw
        name = (raw.record_id or record.place.removeprefix(f"{self.where}:")).strip("<>")
        date = raw.record_date
        return Page(
            id=sha256(body).hexdigest(),
            origin=f"{self.where}#{name}",
            media_type=kind,
            body=body,
            url=url,
            fetched_at=date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if date else None,
            where=place,
            fetch=Fetch(url or "", status=200, headers=tuple(raw.http_headers.to_tuples())),
        )

    def _body(self, record: Record) -> bytes:
        most = self.settings.max_bytes + 1
        headers = record.raw.http_headers
        transfer, content = headers.get("Transfer-Encoding"), headers.get("Content-Encoding")
        sent = record.body(most)
        try:
            body = sent if len(sent) == most else decoded(sent, transfer, content, most)
        except OSError as error:
            what = f"cannot be unpacked as it was sent ({content or transfer}): {error}"
            raise InputError(what, where=record.place, remedy="fetch the page again") from None
        if len(body) == most:
            what = f"more than {most - 1:,} bytes, the most that a page may have"
            raise TooLarge(what, where=record.place, remedy="leave the page out")
        return body

    def nothing(self) -> EmptyInput:
        """What to say of an archive that no page was taken from."""
        most = self.passed.most_common(_MOST_SHOWN)
        passed = ", ".join(f"{many:,} {kind}" for kind, many in most) or "it has no records"
        crawl = crawl_of(self.where)
        what = f"no page to take from this archive{f' ({crawl})' if crawl else ''}: {passed}"
        remedy = "take records of another media type with --mime"
        return EmptyInput(what, where=self.where, remedy=remedy)


def _sent_as(raw: WarcRecord) -> set[str]:
    """The media types that the server and the crawler gave it; none where neither did."""
    given = (raw.http_content_type, raw.headers.get("WARC-Identified-Payload-Type"))
    return {name.strip().lower() for name in given if name and name.strip()}


def _address(raw: WarcRecord) -> str | None:
    return (raw.headers.get("WARC-Target-URI") or "").strip("<> ") or None
