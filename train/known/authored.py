"""Reads the hand-written lists: fields parted by ``|``, items of a field by ``;``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from train.known.paths import AUTHORED


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list. ``group`` is the last line ``@...`` above it, ``where`` names the line."""

    fields: tuple[str, ...]
    group: str
    where: str


def lines(name: str, fields: int) -> Iterator[Line]:
    """The lines of ``authored/<name>.txt``; raises ``ValueError`` where one is malformed."""
    group = ""
    text = (AUTHORED / f"{name}.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{name}.txt:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            group = line[1:].strip()
            continue
        found = tuple(field.strip() for field in line.split("|"))
        if len(found) != fields:
            raise ValueError(f"{where}: {len(found)} fields, not {fields}")
        yield Line(found, group, where)


def items(field: str) -> list[str]:
    """The items of a field, without the empty ones."""
    return [item.strip() for item in field.split(";") if item.strip()]
