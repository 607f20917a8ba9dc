"""Every error that Kronik raises on purpose.

    KronikError                 catch this one
    |-- InputError              a page that cannot be read: it goes to quarantine
    |   |-- EmptyInput          no bytes, or nothing but white space
    |   |-- BinaryInput         not text
    |   |-- TooLarge            more than the limits of settings allow
    |   |-- BadRecord           a broken line of a JSONL file
    |   |-- AddressRefused      an address that may not be reached (docs/fetching.md)
    |   |-- RobotsRefused       a page that its site asks robots to leave alone
    |   |-- NotFetched          a page that the web does not give
    |   |   `-- NotNow          and may give later
    |   |-- WrongKind           an answer of the web that is neither HTML, XML nor text
    |   |-- NoArticle           a page without an article in it
    |   `-- UnknownLanguage     a language that no pack covers
    |-- StepError               a step broke its promise: a bug of ours, named by step and page
    |-- ListError               a list of sources to watch that cannot be used
    |-- StoreError              the database cannot be opened, written or understood
    `-- InstallError            the installation is incomplete or damaged

Each says what happened, where, and the remedy; ``str(error)`` is one line for people.
"""

from __future__ import annotations

import copyreg
from typing import Any


class KronikError(Exception):
    """Base of all. ``step`` names the room it happened in, ``remedy`` what mends it."""

    step: str = "kronik"

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.step}: {self.what}{mend}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole from one process to another, whatever arguments a child is made with."""
        return copyreg.__newobj__, (type(self), self.what), vars(self)  # type: ignore[attr-defined]


class InputError(KronikError):
    """A page that cannot be read."""

    step = "sources"


class EmptyInput(InputError):
    """No bytes, or nothing but white space."""


class BinaryInput(InputError):
    """Bytes that are not text."""


class TooLarge(InputError):
    """More than the limits of ``settings`` allow."""


class BadRecord(InputError):
    """A line of a JSONL file that is not a record."""


class AddressRefused(InputError):
    """An address that may not be reached, or is written so that it has two meanings."""

    step = "web"


class RobotsRefused(InputError):
    """A page that its site asks robots, in robots.txt, to leave alone."""

    step = "web"


class NotFetched(InputError):
    """A page that the web does not give, and will not give when asked again."""

    step = "web"


class NotNow(NotFetched):
    """A page that the web does not give now; ``after`` is when to ask again, in seconds."""

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        remedy: str | None = "try again later",
        after: float | None = None,
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.after = after


class WrongKind(InputError):
    """An answer of the web that is neither HTML, XML nor plain text."""

    step = "web"


class NoArticle(InputError):
    """A page without an article in it."""

    step = "clean"


class UnknownLanguage(InputError):
    """A language that no pack covers."""

    step = "clean"


class StepError(KronikError):
    """A step broke its promise: a bug of ours."""

    def __init__(self, step: str, what: str, *, where: str | None = None) -> None:
        super().__init__(what, where=where, remedy="please report this page to the developers")
        self.args = (step, what)  # what pickle makes it from, on its way between processes
        self.step = step


class ListError(KronikError):
    """A list of sources to watch that cannot be used."""

    step = "watch"


class StoreError(KronikError):
    """The database cannot be opened, written or understood."""

    step = "store"


class InstallError(KronikError):
    """The installation is incomplete or damaged."""

    step = "install"
