"""PLOVER 2.0 as data (``plover.toml``) and the class that validates and explains it.

Codes, quads and scores are the manual's (Open Event Data Alliance, CC BY-SA 4.0); where the
manual contradicts itself, the head of ``plover.toml`` says what holds here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from kronik.errors import InstallError
from kronik.types import Lang

Words = Mapping[Lang, str]
"""The same thing said in each language that people read Kronik in."""

_LANGS = ("en", "id")
_QUADS = (1, 2, 3, 4)
_TABLE = "plover.toml"


@dataclass(frozen=True, slots=True)
class Mode:
    """How an act is done. ``score`` is null where the manual gives none."""

    code: str
    score: float | None
    title: Words


@dataclass(frozen=True, slots=True)
class Type:
    """A class of acts.

    ``quad`` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict or 4 material
    conflict; ``score`` runs from -10 (most hostile) to 10 (most helpful).
    """

    code: str
    quad: int
    score: float
    title: Words
    modes: Mapping[str, Mode]
    performative: bool = False
    """Saying it is doing it: told in a quote without a subject, it is mostly the speaker's act."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Every code that a record may hold, with words for people."""

    version: str
    types: Mapping[str, Type]
    quads: Mapping[int, Words]
    contexts: Mapping[str, Words]
    sectors: Mapping[str, Words]
    statuses: Mapping[str, Words]

    @classmethod
    def load(cls) -> Codebook:
        """The codebook as shipped. Raises ``InstallError`` where its table is damaged."""
        text = files(__name__).joinpath(_TABLE).read_text(encoding="utf-8")
        try:
            return cls.parse(tomllib.loads(text))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InstallError(
                f"damaged codebook: {error!r}", where=_TABLE, remedy="install kronik again"
            ) from error

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> Codebook:
        """A codebook from its table. Raises ``ValueError`` or ``KeyError`` naming what is wrong."""
        types = {code: _type(code, row) for code, row in table["types"].items()}
        quads = {int(quad): _words(quad, row) for quad, row in table["quads"].items()}
        return cls(
            version=str(table["version"]),
            types=MappingProxyType(types),
            quads=MappingProxyType(quads),
            contexts=_titles(table["contexts"]),
            sectors=_titles(table["sectors"]),
            statuses=_titles(table["statuses"]),
        )

    def check(self, code: str, mode: str | None = None) -> None:
        """Raise ``ValueError``, naming the code, unless the type exists and has the mode."""
        if code not in self.types:
            raise ValueError(f"no such event type: {code!r}")
        if mode is not None and mode not in self.types[code].modes:
            raise ValueError(f"no such mode of {code}: {mode!r}")

    def quad(self, code: str) -> int:
        """The quad, 1 to 4, of an event type."""
        self.check(code)
        return self.types[code].quad

    def intensity(self, code: str, mode: str | None = None) -> float:
        """The mode's score where it has one, else the type's: -10 to 10."""
        self.check(code, mode)
        score = self.types[code].modes[mode].score if mode else None
        return self.types[code].score if score is None else score

    def explain(self, code: str, mode: str | None, lang: Lang) -> str:
        """The code in plain words: ``"physical violence: from the air"``."""
        self.check(code, mode)
        words = self.types[code].title[lang]
        return f"{words}: {self.types[code].modes[mode].title[lang]}" if mode else words


def _type(code: str, row: Mapping[str, Any]) -> Type:
    if row["quad"] not in _QUADS:
        raise ValueError(f"{code} has quad {row['quad']!r}")
    modes = {name: _mode(code, name, mode) for name, mode in row.get("modes", {}).items()}
    score = _score(code, row["score"])
    performative = bool(row.get("performative", False))
    return Type(code, row["quad"], score, _words(code, row), MappingProxyType(modes), performative)


def _mode(owner: str, code: str, row: Mapping[str, Any]) -> Mode:
    name = f"{owner}/{code}"
    score = _score(name, row["score"]) if "score" in row else None
    return Mode(code, score, _words(name, row))


def _score(code: str, value: float) -> float:
    if not -10 <= value <= 10:
        raise ValueError(f"{code} has score {value!r}")
    return float(value)


def _titles(table: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Words]:
    return MappingProxyType({code: _words(code, row) for code, row in table.items()})


def _words(code: str, row: Mapping[str, Any]) -> Words:
    missing = [lang for lang in _LANGS if not row.get(lang)]
    if missing:
        raise ValueError(f"{code} has no words in {', '.join(missing)}")
    return MappingProxyType({lang: str(row[lang]) for lang in _LANGS})
