"""What Kronik knows of each language it reads: ``get("id")`` gives its ``Pack``.

A language is a folder here with tables in ``data/``; ``docs/add-a-language.md`` says what
to fill. No other part of the program asks which language it is reading.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kronik.errors import UnknownLanguage
from kronik.lang.pack import (
    Follows,
    LinePattern,
    Pack,
    Pronoun,
    Refers,
    ReportingWord,
    TitleKind,
    load,
)
from kronik.lang.tables import Tables
from kronik.lang.triggers import Triggers
from kronik.lang.triggers import load as load_triggers
from kronik.types import Lang

CODES: tuple[Lang, ...] = ("id", "en")
"""ISO 639-1 codes of the languages that have a pack."""

__all__ = [
    "CODES",
    "Follows",
    "LinePattern",
    "Pack",
    "Pronoun",
    "Refers",
    "ReportingWord",
    "TitleKind",
    "Triggers",
    "get",
    "load",
    "triggers",
]


@cache
def triggers(code: Lang) -> Triggers:
    """The trigger lexicon of a language that has a pack, read once a process.

    Raises ``UnknownLanguage`` and ``InstallError`` as ``get`` does.
    """
    return load_triggers(Tables(files(__name__) / get(code).code / "data"))


@cache
def get(code: Lang) -> Pack:
    """The pack of a language, read once a process.

    Raises ``UnknownLanguage`` for a code that is not in ``CODES``, and ``InstallError`` where
    a table is missing or damaged.
    """
    if code not in CODES:
        known = ", ".join(CODES)
        raise UnknownLanguage(f"no pack for language {code!r}", remedy=f"known are {known}")
    return load(files(__name__) / code / "data")
