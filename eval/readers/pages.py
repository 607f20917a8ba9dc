"""Sets of web pages: what the article on each is, as three formats tell it.

``scraped`` (gold.json and html/): bodies that a scraper took, mended by a table of corrections.
``segments`` (evaldata.json and html.tar.gz): stretches that the text must and must not have.
``written`` (NN-name.html beside NN-name.json): our own pages, with everything they say.
"""

from __future__ import annotations

import csv
import json
import re
import tarfile
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from eval.digest import digest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "eval" / "pages" / "sets.toml"
JAKARTA = timezone(timedelta(hours=7))
"""A day of the scraper's is a day there."""
# fmt: off
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"
    }
)
# fmt: on
UNSEEN = ("head", "script", "style", "noscript")


class PageSetError(Exception):
    """A set of pages, or its corrections, that cannot be read as they lie there."""


@dataclass(frozen=True, slots=True)
class Article:
    """What stands on a page. ``also`` may be named beside ``bylines``: editors, initials.

    ``None`` is not known for ``bylines`` and what stands below it, and is then not scored; for
    ``published`` it is a page without a date.
    """

    body: tuple[str, ...]
    title: str
    published: str | None
    bylines: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()
    dateline: str | None = None
    section: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Segments:
    """Stretches that an article's text must have, and such that it must not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageItem:
    """One page as it came, and what is to be found on it.

    Its address and ``lang`` are told to the reader; null is not told.
    """

    id: str
    source: bytes
    gold: Article | Segments
    url: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """One row: what is wrong with the scraper's reading of a page.

    ``drop`` takes a line out, ``add`` puts a line of the page in before the line ``at``, ``cut``
    takes the words ``value`` out of a line; ``line`` is the hash of which line. ``title``,
    ``date``, ``byline``, ``also`` and ``dateline`` give what the page shows, nothing where it
    shows none.
    """

    page: str
    action: str
    line: str
    at: str
    value: str


@dataclass(frozen=True, slots=True)
class PageSet:
    """One set. ``path`` and ``corrections`` are relative to the repository root, or absolute.

    ``lang`` is the language that its pages are read as; null where Kronik is to tell.
    """

    name: str
    path: str
    format: str
    licence: str
    corrections: str | None = None
    lang: str | None = None

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise ValueError(f"{self.name}: no format {self.format!r}")

    @property
    def where(self) -> Path:
        """The folder."""
        return (ROOT / self.path).resolve()

    @property
    def present(self) -> bool:
        """Whether the set is on this machine."""
        return self.where.exists()

    def items(self) -> list[PageItem]:
        """Its pages in order. Raises ``PageSetError`` for what is not of the format."""
        try:
            found = [replace(item, lang=self.lang) for item in FORMATS[self.format](self)]
        except (ValueError, KeyError, TypeError, tarfile.TarError) as error:
            told = " ".join(str(error).split())
            raise PageSetError(f"{self.where} is not of format {self.format}: {told}") from error
        if not found:
            raise PageSetError(f"{self.where}: no page of format {self.format}")
        return found

    def sha256(self) -> str:
        """Hash of the folder and of the corrections."""
        mended = digest(ROOT / self.corrections) if self.corrections else ""
        return sha256((digest(self.where) + mended).encode()).hexdigest()


def page_sets() -> dict[str, PageSet]:
    """Every set by name. Raises ``ValueError`` or ``TypeError`` for a row that is not one."""
    with TABLE.open("rb") as stream:
        rows = tomllib.load(stream)["set"]
    return {row["name"]: PageSet(**row) for row in rows}


def normalised(text: str) -> str:
    """The text as lines are compared: NFKC, white space single."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def line_id(text: str) -> str:
    """What a correction calls a line: the hash of its normalised text."""
    return sha256(normalised(text).encode()).hexdigest()


def page_lines(source: bytes) -> list[str]:
    """The normalised lines of a page, one a block, hidden ones too."""
    tree = lxml.html.document_fromstring(source.decode("utf-8", "replace"))
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(tree, *UNSEEN, with_tail=False)
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        words = node.text if event == "start" else node.tail
        pieces += ["\n" * (node.tag in BLOCKS), re.sub(r"\s+", " ", words or "")]
    return [line for line in map(normalised, "".join(pieces).split("\n")) if line]


def read_scraped(pages: PageSet) -> Iterator[PageItem]:
    """Articles with title, day and body, after the corrections.

    Raises ``PageSetError`` for a correction that fits no page or no line.
    """
    rows = load_corrections(ROOT / pages.corrections) if pages.corrections else []
    gold = json.loads((pages.where / "gold.json").read_text(encoding="utf-8"))
    names = {Path(row["html"]).stem for row in gold}
    if strays := [row.page for row in rows if row.page not in names]:
        raise PageSetError(f"{pages.corrections}: no page is called {strays[0]!r}")
    for row in gold:
        name = Path(row["html"]).stem
        source = (pages.where / "html" / f"{name}.html").read_bytes()
        day = datetime.fromtimestamp(row["date"] / 1000, JAKARTA).date().isoformat()
        body = tuple(line for line in row["content"].split("\n") if line.strip())
        own = [correction for correction in rows if correction.page == name]
        article = corrected(Article(body, row["title"], day), own, page_lines(source))
        yield PageItem(name, source, article, row["url"])


def read_segments(pages: PageSet) -> Iterator[PageItem]:
    """Pages with stretches, those of the table whose files are in the archive."""
    table = json.loads((pages.where / "evaldata.json").read_text(encoding="utf-8"))
    with tarfile.open(pages.where / "html.tar.gz") as archive:
        sources = {
            Path(member.name).name: stream.read()
            for member in archive
            if (stream := archive.extractfile(member))
        }
    for url, row in table.items():
        if row["file"] in sources:
            gold = Segments(tuple(row["with"]), tuple(row["without"]))
            yield PageItem(row["file"].removesuffix(".html"), sources[row["file"]], gold, url)


def read_written(pages: PageSet) -> Iterator[PageItem]:
    """Our own pages. Raises ``PageSetError`` for a page without its reading."""
    for file in sorted(pages.where.glob("*.html")):
        beside = file.with_suffix(".json")
        if not beside.exists():
            raise PageSetError(f"{file}: nothing says what stands on it ({beside.name})")
        said = json.loads(beside.read_text(encoding="utf-8"))
        yield PageItem(file.stem, file.read_bytes(), _written(said), said["url"])


def _written(row: Mapping[str, Any]) -> Article:
    initials = row.get("initials") or ""
    return Article(
        body=tuple(row["body"]),
        title=row["title"],
        published=row["published"],
        bylines=tuple(row["bylines"]),
        also=(*row.get("editors", ()), *(part for part in initials.split("/") if part)),
        dateline=row["dateline"] or "",
        section=row["section"] or "",
        canonical=row["canonical"],
    )


def load_corrections(path: Path) -> list[Correction]:
    """The rows of a table of corrections; lines that begin with # are told to people."""
    with path.open(encoding="utf-8", newline="") as stream:
        told = (line for line in stream if not line.startswith("#"))
        rows = list(csv.reader(told, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Correction(*row) for row in rows[1:]]


def corrected(article: Article, rows: list[Correction], lines: list[str]) -> Article:
    """The article with the corrections made, in their order; ``lines`` are the page's.

    Raises ``PageSetError`` for one that finds nothing to correct.
    """
    body = [(line_id(line), line) for line in article.body]
    page = {line_id(line): line for line in lines}
    said: dict[str, list[str]] = {}
    for row in rows:
        if row.action == "drop":
            del body[_index(row, body)]
        elif row.action == "add":
            if row.line not in page:
                raise PageSetError(f"{row.page}: no line of the page has the hash {row.line}")
            body.insert(int(row.at), (row.line, page[row.line]))
        elif row.action == "cut":
            at = _index(row, body)
            body[at] = row.line, _without(row, body[at][1])
        elif row.action in {"title", "date", "byline", "also", "dateline"}:
            said.setdefault(row.action, []).append(row.value)
        else:
            raise PageSetError(f"{row.page}: no correction is called {row.action!r}")
    return replace(
        article,
        body=tuple(line for _, line in body),
        title=said.get("title", [article.title])[-1],
        published=said.get("date", [article.published])[-1],
        bylines=tuple(filter(None, said["byline"])) if "byline" in said else article.bylines,
        also=tuple(said.get("also", article.also)),
        dateline=said.get("dateline", [article.dateline])[-1],
    )


def _index(row: Correction, body: list[tuple[str, str]]) -> int:
    known = [key for key, _ in body]
    if row.line not in known:
        raise PageSetError(f"{row.page}: no line of its gold has the hash {row.line}")
    return known.index(row.line)


def _without(row: Correction, line: str) -> str:
    if line.count(row.value) != 1:
        raise PageSetError(f"{row.page}: {row.value!r} stands not once in the line {row.line}")
    return normalised(line.replace(row.value, " "))


FORMATS: Mapping[str, Callable[[PageSet], Iterator[PageItem]]] = {
    "scraped": read_scraped,
    "segments": read_segments,
    "written": read_written,
}
