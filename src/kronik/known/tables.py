"""Reading the tables that ship with the package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from kronik.errors import InstallError


def rows(name: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of ``data/<name>.tsv``, each with one field a column, in the order of the file.

    Raises ``InstallError`` where the heading or a row is not what the code expects.
    """
    text = files(__package__).joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    lines = text.splitlines()
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise _damaged(name, 1, f"the heading must be {', '.join(columns)}")
    for number, line in enumerate(lines[1:], start=2):
        fields = line.split("\t")
        if len(fields) != len(columns):
            raise _damaged(name, number, f"{len(fields)} fields, not {len(columns)}")
        yield fields


def _damaged(name: str, line: int, what: str) -> InstallError:
    where = f"known/data/{name}.tsv:{line}"
    return InstallError(f"damaged table: {what}", where=where, remedy="install kronik again")
