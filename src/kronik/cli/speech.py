"""What verbs tell people: complaints, and how a batch ended."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kronik.exchange.guard import printable

if TYPE_CHECKING:
    from kronik.work import Report

DB = Path("kronik.db")
"""The database where none is named."""


def most(limit: int | None) -> int:
    """How many rows a table shows."""
    return 50 if limit is None else limit


def conclude(report: Report) -> None:
    """Tell what was refused, last and on standard error, and exit 1 if anything was."""
    for refusal in report.refused:
        complain(refusal.origin, f"{refusal.step}: {refusal.reason}", refusal.remedy)
    if report.refused:
        raise typer.Exit(1)


def complain(where: str | None, what: str, remedy: str | None) -> None:
    """One or two lines for people; a page's own words may not steer their terminal."""
    place = f"{where}: " if where else ""
    print(printable(f"error: {place}{what}"), file=sys.stderr)
    if remedy:
        print(printable(f"       {remedy}"), file=sys.stderr)
