"""Reads the data files of one language, and names the file and the field where one is amiss."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from kronik.errors import InstallError

_PART = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. Its methods raise ``InstallError`` for a cell that does not parse."""

    cells: Mapping[str, str]
    file: str
    field: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def number(self, column: str, last: int) -> int:
        """A cell that holds a number from 1 to ``last``."""
        return int(self.choice(column, [str(number) for number in range(1, last + 1)]))

    def flag(self, column: str) -> bool:
        """A cell that holds yes or no."""
        return bool(self.choice(column, ("yes", "no")) == "yes")

    def choice(self, column: str, allowed: Sequence[str]) -> Any:
        """A cell that holds one of these words; typed by whoever knows the words."""
        if self[column] not in allowed:
            raise self._amiss(column, f"is none of {', '.join(allowed)}")
        return self[column]

    def regex(self, column: str, parts: Mapping[str, str]) -> re.Pattern[str]:
        """A cell that holds a regular expression; it will ignore case. ``{name}`` stands for the
        part of this name."""
        try:
            return re.compile(_whole(self[column], parts), re.IGNORECASE)
        except KeyError as error:
            raise self._amiss(column, f"asks for a part {error} that no one wrote") from None
        except re.error as error:
            raise self._amiss(column, f"is no regular expression: {error}") from None

    def _amiss(self, column: str, what: str) -> InstallError:
        return damaged(self.file, self.field, f"line {self.line}, {column} {self[column]!r} {what}")


@dataclass(frozen=True, slots=True)
class Tables:
    """The folder ``data/`` of one language. Every method raises ``InstallError`` where the
    file that fills ``field`` is missing or malformed."""

    folder: Traversable

    def rows(self, file: str, field: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
        """The lines of a tab-separated table: at least one, with these columns, no cell
        empty, and nothing twice in the first column."""
        head, *lines = self._read(file, field).splitlines() or [""]
        names = head.split("\t")
        for column in columns:
            if column not in names:
                raise damaged(file, field, f"no column {column!r}")
        rows: dict[str, Row] = {}
        for number, line in enumerate(lines, start=2):
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) != len(names) or not all(cells):
                raise damaged(file, field, f"line {number} does not fill {len(names)} columns")
            if cells[0] in rows:
                raise damaged(file, field, f"line {number} repeats {cells[0]!r}")
            rows[cells[0]] = Row(dict(zip(names, cells, strict=True)), file, field, number)
        if not rows:
            raise damaged(file, field, "no lines")
        return tuple(rows.values())

    def lines(self, file: str, field: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The lines of a table of exactly these columns, whose cells may be empty or repeat."""
        head, *lines = self._read(file, field).splitlines() or [""]
        if tuple(head.split("\t")) != columns:
            raise damaged(file, field, f"columns are not {', '.join(columns)}")
        found = tuple(tuple(line.split("\t")) for line in lines)
        for number, cells in enumerate(found, start=2):
            if len(cells) != len(columns):
                raise damaged(file, field, f"line {number} does not have {len(columns)} columns")
        return found

    def parts(self, file: str, field: str) -> Mapping[str, str]:
        """The parts of patterns in a TOML file: each a regular expression or a list of them, and
        made of those above it."""
        parts: dict[str, str] = {}
        for name, value in self._toml(file, field).items():
            written = "|".join(map(str, value)) if isinstance(value, list) else value
            if not isinstance(written, str) or not written:
                raise damaged(file, field, f"no text for {name!r}")
            try:
                parts[name] = f"(?:{_whole(written, parts)})"
            except KeyError as error:
                raise damaged(file, field, f"{name!r} asks for {error}, not above it") from None
        return parts

    def text(self, file: str, field: str) -> str:
        """The string that a TOML file has under ``field``."""
        value = self._toml(file, field).get(field)
        if not isinstance(value, str) or not value:
            raise damaged(file, field, "no text under this key")
        return value

    def choice(self, file: str, field: str, allowed: Sequence[str]) -> str:
        """One of these words, as a TOML file has it under ``field``."""
        value = self.text(file, field)
        if value not in allowed:
            raise damaged(file, field, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def words(self, file: str, field: str) -> tuple[str, ...]:
        """The list of strings that a TOML file has under ``field``."""
        value = self._toml(file, field).get(field)
        if not isinstance(value, list) or not value:
            raise damaged(file, field, "no list under this key")
        return tuple(str(word) for word in value)

    def pairs(self, file: str, field: str) -> tuple[tuple[str, str], ...]:
        """The strings of two characters that a TOML file lists under ``field``, taken apart."""
        words = self.words(file, field)
        for word in words:
            if len(word) != 2:
                raise damaged(file, field, f"{word!r} is not a pair of characters")
        return tuple((word[0], word[1]) for word in words)

    def mapping(self, file: str, field: str) -> Mapping[str, str]:
        """All keys of a TOML file of strings."""
        table = self._toml(file, field)
        for key, value in table.items():
            if not isinstance(value, str) or not value:
                raise damaged(file, field, f"no text for {key!r}")
        if not table:
            raise damaged(file, field, "no keys")
        return table

    def _toml(self, file: str, field: str) -> dict[str, Any]:
        try:
            return tomllib.loads(self._read(file, field))
        except tomllib.TOMLDecodeError as error:
            raise damaged(file, field, f"not TOML: {error}") from None

    def _read(self, file: str, field: str) -> str:
        try:
            return self.folder.joinpath(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise damaged(file, field, f"cannot be read: {type(error).__name__}") from None


def _whole(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with its parts in place. Raises ``KeyError`` for a part that is none."""
    return _PART.sub(lambda match: parts[match[1]], pattern)


def damaged(file: str, field: str, what: str) -> InstallError:
    """The error that says which file of a language leaves which field of its ``Pack`` unfilled."""
    remedy = "install kronik again, or mend the file if the language is yours"
    return InstallError(f"field {field!r}: {what}", where=file, remedy=remedy)
