"""The options that verbs share: what people may give, and what is said where they err."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from kronik.types import Status

if TYPE_CHECKING:
    from kronik.sources.ways import Opener, Ways

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_COUNTRY = re.compile(r"[A-Z]{3}|---")
_BETWEEN_PAIRS = re.compile(r",(?=\s*[a-z]+\s*=)")


class DocForm(StrEnum):
    """How articles are printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class AnswerForm(StrEnum):
    """How an answer about one event is printed."""

    text = "text"
    json = "json"


class RowForm(StrEnum):
    """How rows of the store are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def day(given: str) -> str:
    """A date as precise as it is given: 2015-11-27, 2015-11 or 2015."""
    try:
        if not _DATE.fullmatch(given):
            raise ValueError(given)
        date.fromisoformat(f"{given}-01-01"[:10])
    except ValueError as error:
        what = f"{given!r} is not a date: give 2015-11-27, 2015-11 or 2015"
        raise typer.BadParameter(what) from error
    return given


def event_type(given: str) -> str:
    """An event type of the codebook, in any case."""
    from kronik.codebook import Codebook  # noqa: PLC0415  --help does not wait for it

    return _one_of(given.upper(), "event type", Codebook.load().types)


def status(given: str) -> str:
    """A status of events, in any case."""
    return _one_of(given.lower(), "status", get_args(Status))


def country(given: str) -> str:
    """A country code, in any case."""
    if not _COUNTRY.fullmatch(given.upper()):
        what = f"{given!r} is not a country code: give three letters of ISO 3166, as IDN or USA"
        raise typer.BadParameter(what)
    return given.upper()


def language(given: str) -> str:
    """A language that there is a pack for."""
    from kronik.lang import CODES  # noqa: PLC0415  --help does not wait for it

    return _one_of(given.lower(), "language", CODES)


def words(given: str) -> str:
    """Any text. Bytes that could not be decoded are none."""
    if _SURROGATE.search(given):
        raise typer.BadParameter(f"{given!r} is not text: give it in the encoding of the terminal")
    return given


def columns(given: str) -> dict[str, str]:
    """Fields of an article with the columns that hold them: ``text=isi,published=tanggal``."""
    from kronik.sources.columns import well_known  # noqa: PLC0415  --help does not wait for it

    found = {}
    for pair in _BETWEEN_PAIRS.split(words(given)):
        field, mark, column = pair.partition("=")
        if not mark or not column.strip():
            raise typer.BadParameter(f"{pair!r} names no column: give FIELD=COLUMN, as text=isi")
        found[_one_of(field.strip(), "field", well_known())] = column.strip()
    return found


def pattern(given: str) -> re.Pattern[str]:
    """A regular expression."""
    try:
        return re.compile(given)
    except re.error as error:
        raise typer.BadParameter(f"{given!r} is no regular expression: {error}") from error


def ways(
    web: Opener | None,
    columns: dict[str, str] | None,
    mimes: list[str] | None,
    urls: re.Pattern[str] | None,
) -> Ways:
    """How inputs are read, from what was said of them."""
    from kronik.sources.ways import HTML, Ways  # noqa: PLC0415  --help does not wait for it

    wanted = tuple(mime.strip().lower() for mime in mimes or ()) or HTML
    return Ways(columns or {}, urls, wanted, web)


def _one_of(given: str, what: str, valid: Iterable[str]) -> str:
    if given not in valid:
        raise typer.BadParameter(f"no {what} {given!r}: give one of {', '.join(valid)}")
    return given


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, addresses, or - for standard input: HTML, text, WARC, feeds, JSONL,"
        " CSV, Parquet, packed or not.",
        show_default=False,
    ),
]
EventId = Annotated[
    str,
    typer.Argument(
        parser=words,
        metavar="EVENT_ID",
        help="Id of the event, or enough of its beginning: kronik events shows it.",
        show_default=False,
    ),
]
Map = Annotated[
    dict[str, str] | None,
    typer.Option(
        parser=columns,
        metavar="FIELD=COLUMN,...",
        help="Columns of a table, or keys of JSONL: text=isi,published=tanggal. Fields are id,"
        " text, title, published, url, outlet, lang.",
        show_default=False,
    ),
]
Mime = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TYPE",
        help="Media type of records to take from web archives, instead of HTML; may be repeated.",
        show_default=False,
    ),
]
Url = Annotated[
    re.Pattern[str] | None,
    typer.Option(
        parser=pattern,
        metavar="REGEX",
        help="Take only records of web archives in whose address this is found.",
        show_default=False,
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say of each event why it is coded as it is.")
]
Ui = Annotated[
    str, typer.Option(parser=language, metavar="id|en", help="Language of what is said about them.")
]
Lang = Annotated[
    str | None,
    typer.Option(parser=language, metavar="id|en", help="Language of the articles."),
]
Published = Annotated[
    str | None,
    typer.Option(
        parser=day, metavar="DATE", help="Date of publication, for pages that do not say it."
    ),
]
MinScore = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        metavar="0..1",
        help="Leave out quotes and events below this score: what has 0.8 is right about 8 times in"
        " 10; 0.2 keeps doubtful ones too.",
    ),
]
Threads = Annotated[
    int,
    typer.Option(
        min=0,
        max=64,
        metavar="N",
        help="Pages read at once; 0 is one for each core. With 1 a page that comes through a pipe"
        " is printed before the next is waited for.",
    ),
]
Processes = Annotated[
    int,
    typer.Option(
        min=0,
        max=256,
        metavar="N",
        help="Processes that read, each with a network of some 200 MB; 0 is one for each core, up"
        " to 8.",
    ),
]
KeepPages = Annotated[
    bool,
    typer.Option(
        "--keep-pages/--no-keep-pages",
        help="Keep each page's bytes beside the database, so that it can be read again.",
    ),
]
Contact = Annotated[
    str,
    typer.Option(
        parser=words,
        metavar="MAIL|PAGE",
        help="Where the owner of a site can reach you; told to sites that pages are fetched from.",
        show_default=False,
    ),
]
Place = Annotated[
    str,
    typer.Argument(
        parser=words,
        metavar="PLACE",
        help="Where the page stands, or enough of its end: kronik quarantine list shows it.",
        show_default=False,
    ),
]
Raw = Annotated[bool, typer.Option("--raw", help="Print the page's bytes as they came.")]
AsDocs = Annotated[DocForm, typer.Option("--format", help="How articles are printed.")]
AsAnswer = Annotated[AnswerForm, typer.Option("--format", help="How the answer is printed.")]
AsRows = Annotated[RowForm, typer.Option("--format", help="How rows are printed.")]
Db = Annotated[Path, typer.Option("--db", metavar="FILE", help="The database.")]

Type = Annotated[
    str | None,
    typer.Option("--type", parser=event_type, metavar="TYPE", help="Event type, as ASSAULT."),
]
ActorName = Annotated[
    str | None,
    typer.Option(
        "--actor", parser=words, metavar="NAME", help="Part of the name, or the id, of who acts."
    ),
]
Recipient = Annotated[
    str | None,
    typer.Option(
        parser=words, metavar="NAME", help="Part of the name, or the id, of who it is done to."
    ),
]
Speaker = Annotated[
    str | None,
    typer.Option(parser=words, metavar="NAME", help="Part of the name, or the id, of who says it."),
]
Country = Annotated[
    str | None,
    typer.Option(parser=country, metavar="CODE", help="Country of any party, as IDN."),
]
Since = Annotated[
    str | None,
    typer.Option(parser=day, metavar="DATE", help="Published then or later: 2015-11-27 or 2015."),
]
Until = Annotated[
    str | None, typer.Option(parser=day, metavar="DATE", help="Published then or earlier.")
]
State = Annotated[
    str | None,
    typer.Option("--status", parser=status, metavar="STATUS", help="As actual or future."),
]
Text = Annotated[
    str | None,
    typer.Option(
        parser=words,
        metavar="WORDS",
        help='Words that all occur; "words in order" and begin* work too.',
    ),
]
NoCopies = Annotated[
    bool,
    typer.Option("--no-copies", help="Leave out articles that tell what an earlier one told."),
]
Limit = Annotated[
    int | None,
    typer.Option(
        min=0, max=2**31 - 1, metavar="N", help="Rows at most; a table shows 50 unless told."
    ),
]
