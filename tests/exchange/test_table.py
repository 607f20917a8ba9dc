"""Rows for people and for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from rich.console import Console

from kronik.exchange.table import csv_lines, grid, table
from kronik.store import ArticleRow, EventRow, Filter, QuoteRow, RefusalRow, Store
from tests.example import TEXT, VERSIONS, doc, page


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        store.add(page(), replace(doc(), title="=HYPERLINK(1)"), VERSIONS)
        yield store


def read(lines: Iterator[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines))))


def test_csv_has_every_field_and_a_column_for_each_part_of_a_side(store: Store) -> None:
    rows = read(csv_lines(EventRow, store.events()))
    accused, shot, _ = rows
    assert (accused["actors"], accused["actors_country"]) == ("Sari Wulan", "IDN")
    assert (accused["actors_sector"], accused["recipients"]) == ("GOV", "Republik Utara")
    assert (shot["recipients"], shot["recipients_country"]) == ("kapal nelayan", "")
    assert (shot["intensity"], shot["contexts"]) == ("-9.0", "military")
    assert shot["sentence"] == TEXT.split("\n")[0]
    assert shot["title"] == "'=HYPERLINK(1)"


def test_several_parties_keep_their_order(store: Store) -> None:
    event = replace(doc(1).events[0], recipients=doc(1).events[1].actors * 2)
    store.add(page(1), replace(doc(1), events=(event,)), VERSIONS)
    row = next(row for row in read(csv_lines(EventRow, store.events())) if ";" in row["recipients"])
    assert row["recipients"] == "Republik Utara; Republik Utara"
    assert row["recipients_country"] == "RUT; RUT"


def test_every_item_of_a_list_is_disarmed_and_every_cell_quoted() -> None:
    row = ArticleRow(**dict.fromkeys((field.name for field in fields(ArticleRow)), "x"))
    (_, line) = csv_lines(ArticleRow, [replace(row, bylines=("A", "=1+1", "\x1b@x"))])
    assert line.startswith('"x","x",')
    assert "\"A; '=1+1; '@x\"" in line


def test_the_intensity_of_an_event_stays_a_number(store: Store) -> None:
    assert ',"-9.0",' in "".join(csv_lines(EventRow, store.events()))


def test_a_table_has_no_apostrophes(store: Store) -> None:
    event = next(store.events())
    (accuser,) = event.actors
    shown = screen(table(EventRow, [replace(event, actors=(replace(accuser, name="-x"),))]))
    assert "-x" in shown
    assert "'-x" not in shown


@pytest.mark.parametrize("kind", [EventRow, QuoteRow, ArticleRow, RefusalRow])
def test_no_rows_still_have_a_header(kind: type) -> None:
    (header,) = csv_lines(kind, [])
    assert header.startswith(('"id","published",', '"origin","step",'))


def test_line_breaks_in_a_text_stay_in_its_cell(store: Store) -> None:
    (article,) = read(csv_lines(ArticleRow, store.articles()))
    assert article["text"] == TEXT


def screen(drawn: object) -> str:
    console = Console(file=io.StringIO(), width=200, force_terminal=False)
    console.print(drawn)
    return console.file.getvalue()


def test_a_table_shows_what_matters_first(store: Store) -> None:
    shown = screen(table(EventRow, store.events(Filter(type="ASSAULT"))))
    for part in (
        "2015-11-27",
        "contoh.id",
        "Republik Utara",
        "ASSAULT",
        "firearms",
        "says Sari Wulan",
        doc().events[1].id[:8],
    ):
        assert part in shown
    assert "kapal nelayan" in screen(table(QuoteRow, store.quotes()))
    assert "=HYPERLINK(1)" in screen(table(ArticleRow, store.articles()))


def test_hostile_cells_stay_text() -> None:
    shown = screen(grid(("a",), [[("[red]x[/red] \x1b[31m:smile:", None, "b\nc")], [()]]))
    lines = [line.strip() for line in shown.splitlines()]
    assert lines[-4:-2] == ["[red]x[/red] [31m:smile:", "b c"]
