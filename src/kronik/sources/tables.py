"""Tables: a row becomes the record of an article, by the columns that hold its fields."""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterator, Sequence
from io import SEEK_END, BufferedReader
from typing import IO, TYPE_CHECKING

from kronik.errors import BadRecord, InputError, TooLarge
from kronik.settings import Settings
from kronik.sources import columns
from kronik.sources.delimited import Row, rows
from kronik.sources.dialect import dialect
from kronik.sources.kinds import HEAD, wide_encoding
from kronik.sources.lines import lines, recoded
from kronik.sources.ways import Found, Ways

if TYPE_CHECKING:
    from pyarrow import Array
    from pyarrow.parquet import ParquetFile

_BATCH = 16
"""Rows that are unpacked at once."""
_SAMPLE = 50
_BUFFER = 1 << 20
_RAGGED = "give the row a cell for each column; a text with line breaks in it stands in quotes"


def delimited(stream: BufferedReader, where: str, settings: Settings, ways: Ways) -> Found:
    """The articles of a CSV file, whatever its delimiter and encoding; a broken row is told by
    its line, and the rest goes on. Rows count as in a spreadsheet: the first holds the names."""
    if wide := wide_encoding(stream.peek(HEAD)):
        stream = recoded(stream, wide)
    head = stream.peek(HEAD)
    form = dialect(_decoded(head), whole=len(head) < HEAD, named=ways.columns.values())
    if form is None:
        remedy = "give the names of the columns in the first row, and a cell for each in the others"
        raise InputError("not a table", where=where, remedy=remedy)
    chosen = columns.choose(form.names, ways.columns, form.longest, where)
    texts = _texts(stream, settings.max_bytes, where)
    for row in itertools.islice(rows(texts, form, settings.max_bytes), 1, None):
        if row.broken:
            yield _broken(row, where)
        else:
            cells = {field: row.cells[at] for field, at in chosen.items()}
            yield columns.page(cells, where, row.number, settings.max_bytes)


def parquet(file: IO[bytes], where: str, settings: Settings, ways: Ways) -> Found:
    """The articles of a Parquet file, a few rows at a time. Rows count from 1."""
    try:
        import pyarrow  # noqa: PLC0415  an extra, and slow to load
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError:
        remedy = "pip install 'kronik[tables]'"
        raise InputError("Parquet needs pyarrow", where=where, remedy=remedy) from None
    size = file.seek(0, SEEK_END)
    try:
        with ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False) as table:
            _hold(table, size, where, settings)
            yield from _articles(table, where, settings, ways)
    except (pyarrow.ArrowException, OSError, ValueError, LookupError) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the disk's
            raise
        first, _, _ = str(error).partition("\n")
        what = f"damaged Parquet file: {first}"
        remedy = "write it again, or export its articles as JSONL"
        raise InputError(what, where=where, remedy=remedy) from None


def _articles(table: ParquetFile, where: str, settings: Settings, ways: Ways) -> Found:
    names = table.schema_arrow.names
    if not names or len(set(names)) < len(names):
        remedy = "write it with a column for the text, and each column with a name of its own"
        raise InputError("columns without names of their own", where=where, remedy=remedy)
    chosen = columns.choose(names, ways.columns, _longest(table, names, ways), where)
    wanted = [names[at] for at in chosen.values()]
    number = 0
    for batch in table.iter_batches(_BATCH, columns=wanted, use_threads=False):
        held = {field: _cells(batch.column(names[at])) for field, at in chosen.items()}
        for at in range(batch.num_rows):
            number += 1
            cells = {field: column[at] for field, column in held.items()}
            yield columns.page(cells, where, number, settings.max_bytes)


def _cells(column: Array) -> list[object]:
    """The cells as Python has them; times as they are written, since it does not know them all."""
    from pyarrow import string, types  # noqa: PLC0415

    return list((column.cast(string()) if types.is_temporal(column.type) else column).to_pylist())


def _longest(table: ParquetFile, names: Sequence[str], ways: Ways) -> str | None:
    """The column that may hold the text, looked for only where none is known to."""
    if "text" in ways.columns or any(columns.is_known(name) for name in names):
        return None
    batch = next(table.iter_batches(_SAMPLE, use_threads=False), None)
    taken = [column.to_pylist() for column in batch.columns] if batch else []
    return columns.longest(names, zip(*taken, strict=True))


def _hold(table: ParquetFile, size: int, where: str, settings: Settings) -> None:
    """Raises ``TooLarge`` for a file that says of itself to unpack to more than what is packed in
    earnest does."""
    about = table.metadata
    groups = [about.row_group(at) for at in range(about.num_row_groups)]
    given = sum(group.total_byte_size for group in groups)
    if given > max(2 * settings.max_bytes, settings.max_ratio * size) or about.num_rows > size:
        what = f"unpacks to more than {settings.max_ratio} times its size"
        remedy = "export its articles as JSONL if you trust it"
        raise TooLarge(what, where=where, remedy=remedy)


def _broken(row: Row, where: str) -> BadRecord:
    what = f"line {row.line}: {row.broken}"
    return BadRecord(what, where=f"{where}:{row.number}", remedy=_RAGGED)


def _texts(stream: BufferedReader, limit: int, where: str) -> Iterator[str | None]:
    """Lines as characters. Each is decoded by itself: where tables are put together by hand, not
    all of them need be in one encoding."""
    for line in lines(stream, limit, where):
        yield line if line is None else _decoded(line)


def _decoded(text: bytes) -> str:
    """UTF-8, without a mark and a last character that is cut off, or else Windows-1252."""
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(text)
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace")
