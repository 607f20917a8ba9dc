"""``python -m eval.flow``: from a web archive to stored records, beside the network alone.

The archive is written for the purpose: bench articles, each in a page with the furniture of a news
site, so that they are cleaned, told apart and stored like any others. The network alone reads the
same texts, clean, in as many processes, and keeps nothing.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from eval import bench
from eval.corpora import corpora
from eval.nouns import Item
from eval.run import page
from kronik import work
from kronik.settings import Settings
from kronik.steps.clean import Overrides
from kronik.store import Store
from kronik.work.batch import Batch
from kronik.work.hands import Processes
from kronik.work.jobs import coded, shipped

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title} - Warta Selat</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<link rel="canonical" href="{address}"><meta property="article:published_time" content="{date}">
{styles}</head><body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">{date}</p>{body}</article>
<aside><h3>Terpopuler</h3><ul>{menu}</ul></aside></main>
<footer><p>Hak cipta Warta Selat</p><ul>{menu}</ul></footer>{scripts}</body></html>"""
MENU = "".join(f'<li><a href="/kanal/{n}">Kanal berita nomor {n}</a></li>' for n in range(40))
STYLES = "<style>" + "".join(f".k{n}{{margin:{n}px}}" for n in range(400)) + "</style>"
SCRIPTS = "<script>" + "window.iklan=[];" * 400 + "</script>"


@dataclass(frozen=True, slots=True)
class Flow:
    """What was measured, in pages a second of wall clock; ``share`` is that of the whole way in
    what the network alone does."""

    date: str
    cpu: str
    processes: int
    pages: int
    copies: int
    refused: int
    bytes_each: int
    stored_per_second: float
    network_per_second: float
    share: float


def texts(many: int) -> list[Item]:
    """Bench articles over and over, each with a word of its own in every sentence's place, so
    that none is a copy of another."""
    source = next(c for name in bench.SOURCES if (c := corpora()[name]).present)
    some = list(bench.articles(source.items()[0]))
    return [_varied(some[n % len(some)], n) for n in range(many)]


def _varied(item: Item, number: int) -> Item:
    """The article with its sentences in an order of their own, and every ninth word numbered."""
    lines = item.text.split("\n")
    turned = lines[number % len(lines) :] + lines[: number % len(lines)]
    words = " \n ".join(turned).split(" ")
    words[::9] = [word if word == "\n" else f"{word} {number}" for word in words[::9]]
    text = " ".join(words).replace(" \n ", "\n")
    return Item(f"flow-{number}", text, item.lang, item.gold, item.date or "2019-09-01")


def archive(path: Path, items: Sequence[Item]) -> int:
    """Write them as a gzipped WARC, a member a record; the mean size of their pages in bytes."""
    total = 0
    with path.open("wb") as out:
        for number, item in enumerate(items):
            body = _html(item, number).encode()
            total += len(body)
            out.write(gzip.compress(_record(body, number)))
    return total // len(items)


def _html(item: Item, number: int) -> str:
    lines = item.text.split("\n")
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return PAGE.format(
        lang=item.lang, title=html.escape(" ".join(lines[0].split()[:9])), address=_address(number),
        date=item.date, menu=MENU, styles=STYLES, scripts=SCRIPTS, body=body,
    )  # fmt: skip


def _address(number: int) -> str:
    return f"https://warta-selat.example/berita/{number}"


def _record(body: bytes, number: int) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: {_address(number)}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def stored(path: Path, processes: int, folder: Path) -> tuple[work.Report, float]:
    """The archive into a new database, with its pages kept; pages a second, start-up included."""
    began = time.perf_counter()
    with Store.open(folder / "flow.db") as store:
        report = work.add([str(path)], store, work.Job(Settings(threads=processes)))
    return report, (report.read + len(report.refused)) / (time.perf_counter() - began)


def alone(items: Sequence[Item], processes: int) -> float:
    """The same texts by the network alone: pages a second, start-up included."""
    settings = Settings(threads=processes)
    code = partial(coded, settings, Overrides())
    began = time.perf_counter()
    batch = Batch(Processes(code, processes, settings.page_seconds), shipped())
    read = sum(1 for _ in batch.docs(map(page, items)))
    return read / (time.perf_counter() - began)


def measure(many: int, processes: int) -> Flow:
    """Both ways, one after another."""
    items = texts(many)
    with TemporaryDirectory() as name:
        path = Path(name) / "flow.warc.gz"
        size = archive(path, items)
        report, rate = stored(path, processes, Path(name))
    network = alone(items, processes)
    return Flow(
        time.strftime("%Y-%m-%d"), bench.cpu(), processes, many, report.copied,
        len(report.refused), size, round(rate, 2), round(network, 2), round(rate / network, 3),
    )  # fmt: skip


def main() -> Iterator[str]:
    """What the command prints."""
    parser = argparse.ArgumentParser(prog="python -m eval.flow", description=__doc__)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    yield json.dumps(asdict(measure(asked.pages, asked.processes)), indent=2)


if __name__ == "__main__":
    print(*main())
