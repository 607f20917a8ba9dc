"""Every error that Kronik raises on purpose.

    KronikError                 catch this one
    |-- InputError              a page that cannot be read: it goes to quarantine
    |   |-- EmptyInput          no bytes, or nothing but white space
    |   |-- BinaryInput         not text
    |   |-- TooLarge            more than the limits of settings allow
    |   |-- BadRecord           a broken line of a JSONL file
    |   |-- NoArticle           a page without an article in it
    |   `-- UnknownLanguage     a language that no pack covers
    |-- StepError               a step broke its promise: a bug of ours, named by step and page
    |-- StoreError              the database cannot be opened, written or understood
    `-- InstallError            the installation is incomplete or damaged

Each says what happened, where, and the remedy; ``str(error)`` is one line for people.
"""

from __future__ import annotations


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
        self.step = step


class StoreError(KronikError):
    """The database cannot be opened, written or understood."""

    step = "store"


class InstallError(KronikError):
    """The installation is incomplete or damaged."""

    step = "install"
