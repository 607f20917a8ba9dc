"""Rows of tables become records, by columns that are named or known; broken ones are told."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kronik.errors import BadRecord, InputError, TooLarge
from kronik.sources import Ways
from kronik.types import Page
from tests.sources.made import read, told

TEXT = "Warga mengungsi ke balai desa, kata camat."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tabel"


def said(found: list[Page | InputError]) -> list[dict[str, object]]:
    return [json.loads(one.body) for one in found if isinstance(one, Page)]


def written(rows: list[list[str]], **form: object) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, **form).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


ROWS = [["judul", "tanggal", "isi"], ["Satu", "2026-01-02", TEXT], ["Dua", "", 'Ia: "Ya";\nlalu.']]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_delimiters_and_encodings_are_told(path: Path, delimiter: str, encoding: str) -> None:
    path.write_bytes(written(ROWS, delimiter=delimiter).encode(encoding))
    found = read(path)
    assert told(path, found) == [":2", ":3"]
    assert said(found) == [
        {"text": TEXT, "title": "Satu", "published": "2026-01-02"},
        {"text": 'Ia: "Ya";\nlalu.', "title": "Dua"},
    ]


def test_a_row_is_a_record(path: Path) -> None:
    path.write_text(written([["id", "text"], ["x7", TEXT], ["", TEXT]]), encoding="utf-8")
    first, second = read(path)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert first.media_type == "application/x-kronik-record+json"
    assert (first.origin, first.where) == ("x7", f"{path}:2")
    assert second.origin == f"{path}#3"


def test_quotation_marks_are_only_characters_where_nothing_is_quoted(path: Path) -> None:
    lines = ["judul\tisi", f'Satu\t"{TEXT}" katanya', 'Dua\t"Ya, 5" kata dia', "Tiga\tTidak"]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [record["text"] for record in said(read(path))] == [
        f'"{TEXT}" katanya',
        '"Ya, 5" kata dia',
        "Tidak",
    ]


def test_a_line_in_another_encoding_is_read_all_the_same(path: Path) -> None:
    lines = ["judul,isi", "Kafé,Warga mengungsi", "Kafé,Warga – mengungsi"]
    path.write_bytes("\n".join(lines[:2]).encode() + b"\n" + lines[2].encode("cp1252"))
    assert [record["title"] for record in said(read(path))] == ["Kafé", "Kafé"]


def test_columns_can_be_named(path: Path) -> None:
    table = written([["a", "b"], ["2026-01-02", TEXT], ["2026-01-03", TEXT]])
    path.write_text(table, encoding="utf-8")
    found = read(path, Ways(columns={"text": "b", "published": "a"}))
    assert [record["published"] for record in said(found)] == ["2026-01-02", "2026-01-03"]


@pytest.mark.parametrize(
    ("columns", "what", "remedy"),
    [
        ({}, "there are kolom_a, kolom_b", "--map text=kolom_b"),
        ({"text": "kolomb"}, "no column 'kolomb'; there are kolom_a, kolom_b", "=kolom_b"),
    ],
)
def test_a_missing_column_is_told_with_the_option_that_mends_it(
    path: Path, columns: dict[str, str], what: str, remedy: str
) -> None:
    path.write_text(written([["kolom_a", "kolom_b"], *[["1", TEXT]] * 3]), encoding="utf-8")
    (error,) = read(path, Ways(columns=columns))
    assert isinstance(error, InputError)
    assert what in error.what
    assert remedy in (error.remedy or "")
    assert error.where == str(path)


def test_a_broken_row_is_told_by_its_line_and_the_rest_goes_on(path: Path) -> None:
    lines = [
        "judul,isi",
        'Satu,"a\nb"',
        "Dua",
        "Tiga,c,d",
        'Empat,"e"f',
        "Lima,g",
        'Enam,"h',
        "Tujuh,i",
        *["Lagi,j"] * 12,
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path)
    assert told(path, found) == [
        ":2",
        "!:3",
        "!:4",
        "!:5",
        ":6",
        "!:7",
        *(f":{n}" for n in range(8, 21)),
    ]
    broken = [one for one in found if isinstance(one, InputError)]
    assert all(isinstance(one, BadRecord) for one in broken)
    assert [one.what.partition(":")[0] for one in broken] == [
        "line 4",
        "line 5",
        "line 6",
        "line 8",
    ]
    assert [record["title"] for record in said(found)] == ["Satu", "Lima", "Tujuh", *["Lagi"] * 12]


def test_an_empty_text_is_told(path: Path) -> None:
    path.write_text("judul,isi\nSatu, \nDua,b\n", encoding="utf-8")
    assert told(path, read(path)) == ["!:2", ":3"]


def test_cells_may_be_long_and_not_too_long(path: Path) -> None:
    table = [["isi", "html"], ["a", "x" * 200_000], ["b" * 60_000, ""], ["c", "y" * 400_000]]
    path.write_text(written(table), encoding="utf-8")
    found = read(path, max_bytes=300_000)
    assert told(path, found) == [":2", ":3", "!:4"]
    (small, *_) = read(path, max_bytes=50_000)
    assert isinstance(small, InputError)


def test_a_cell_that_never_ends_costs_one_row(path: Path) -> None:
    rows = "".join(f"Judul {n},Warga mengungsi {n}\n" for n in range(20_000))
    path.write_text(f'judul,isi\nSatu,"{TEXT}\n{rows}', encoding="utf-8")
    found = read(path, max_bytes=100_000)
    assert told(path, found)[:2] == ["!:2", ":3"]
    assert len(said(found)) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        "Banjir, Longsor\nGarut, kata warga.\nJakarta, kata Budi.\nMedan, kata Ani.\n",
        "Warga mengungsi, kata camat.\nMereka pulang, kata lurah.\n",
        "Beranda | Nasional | Politik\nWarga mengungsi ke balai desa.\nMereka pulang.\n",
        "Judul\tTanggal\n\nWarga mengungsi ke balai desa pada Minggu.\n",
        "<table><tr><td>text,title</td></tr></table>\na,b\nc,d\n",
    ],
)
def test_prose_is_no_table(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    (page,) = read(path)
    assert isinstance(page, Page)
    assert page.media_type in {"text/plain", "text/html"}


def test_a_table_of_pages_is_a_table(path: Path) -> None:
    html = "<html><body><p>Warga</p><div>mengungsi</div><h1>x</h1></body></html>"
    path.write_text(written([["url", "html", "text"], *[["x", html, TEXT]] * 3]), encoding="utf-8")
    assert len(said(read(path))) == 3


def parquet(path: Path, **columns: object) -> None:
    pq.write_table(pa.table(columns), path)


def test_parquet(path: Path) -> None:
    when = pa.array([datetime(2026, 1, 2, 3, tzinfo=UTC), None, None], pa.timestamp("ns", "UTC"))
    parquet(
        path, judul=["a", "b", "c"], isi=[TEXT, None, b"x".decode()], tanggal=when, id=[7, 8, 9]
    )
    found = read(path)
    assert told(path, found) == [":1", "!:2", ":3"]
    (first, last) = said(found)
    assert str(first.pop("published")).startswith("2026-01-02 03:00:00")
    assert first == {"id": "7", "text": TEXT, "title": "a"}
    assert last == {"id": "9", "text": "x", "title": "c"}


def test_a_missing_column_of_parquet_is_told(path: Path) -> None:
    parquet(path, x=["a"], y=[TEXT])
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert "there are x, y" in error.what
    assert "--map text=y" in (error.remedy or "")
    assert said(read(path, Ways(columns={"text": "x"}))) == [{"text": "a"}]


def test_parquet_of_many_rows_is_read_a_few_at_a_time(path: Path) -> None:
    parquet(path, text=[f"{TEXT} {n}" for n in range(1_000)])
    assert told(path, read(path))[-1] == ":1000"


def test_parquet_packed_to_do_harm_is_refused(path: Path) -> None:
    parquet(path, text=pa.nulls(5_000_000, pa.string()))
    (error,) = read(path)
    assert isinstance(error, TooLarge)


def test_parquet_that_is_none_is_told(path: Path) -> None:
    path.write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert "damaged Parquet" in error.what


def test_parquet_needs_an_extra(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet(path, text=[TEXT])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (error,) = read(path)
    assert isinstance(error, InputError)
    assert error.remedy == "pip install 'kronik[tables]'"


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=20)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5), mark=st.sampled_from(",;\t|")
)
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[str, str]], mark: str) -> None:
    assume(all(title.strip() and text.strip() for title, text in rows))
    assume(not any("\ufeff" in cell or "\r" in cell for row in rows for cell in row))
    path = tmp_path / "t"
    table = [["title", "text"], *map(list, rows)]
    path.write_bytes(written(table, delimiter=mark, quoting=csv.QUOTE_ALL).encode())
    found = [(record["title"], record["text"]) for record in said(read(path))]
    assert found == rows


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.lists(st.sampled_from(['"', ",", "\n", "a", "\r", "é", " ", '""', "isi"]), max_size=40)
)
def test_any_rows_give_pages_or_reasons(tmp_path: Path, body: list[str]) -> None:
    path = tmp_path / "t"
    path.write_text("judul,isi\n" + "".join(body), encoding="utf-8", newline="")
    for found in read(path, max_bytes=1_000):
        assert isinstance(found, Page) or found.remedy
