"""``Pack``: every field that a language must fill, each once, and ``load``, which fills them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal, get_args

from kronik.lang.tables import Tables, damaged
from kronik.types import Lang, Manner

Follows = Literal["name", "number", "phrase", "anything"]
"""What an abbreviation is written before, and so when its full stop ends a sentence.

``name``: never ("Dr."). ``number``: unless a numeral follows ("No. 5"). ``phrase``: only if the
next word opens sentences ("the U.S. The ..."). ``anything``: if a capital follows ("etc. He").
"""
Refers = Literal["person", "group", "either", "speaker"]
"""``speaker``: in reported speech, whoever speaks ("pihaknya", "himself")."""
Number = Literal["singular", "plural", "either"]
TitleKind = Literal["office", "rank", "honorific", "role"]
"""``office`` is held (Menteri), ``rank`` is worn (Jenderal), ``honorific`` is courtesy, faith or
learning (Bapak, Haji, Prof.), ``role`` is what somebody does for another (juru bicara)."""


@dataclass(frozen=True, slots=True)
class ReportingWord:
    """A word or phrase that attributes words to a speaker ("kata", "according to").

    ``manner`` is what it mostly introduces; ``mixed`` says that it does not tell. ``clitic``:
    it ends in the speaker, so that no other word names him ("katanya").
    """

    word: str
    manner: Manner
    clitic: bool


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun and what it can point back to; ``person`` is 1, 2 or 3."""

    word: str
    person: int
    number: Number
    refers: Refers


@dataclass(frozen=True, slots=True)
class LinePattern:
    """A regular expression for something that sites put around or into an article.

    It ignores case unless it says otherwise, ``reason`` says what it finds, and ``example`` is
    a line that it must find it in: the tests hold every pattern to its example.
    """

    pattern: re.Pattern[str]
    reason: str
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """What Kronik knows of one language. Words are case-folded, except in ``abbreviations``."""

    code: Lang
    """ISO 639-1."""
    name: str
    """Its own name: Bahasa Indonesia."""
    english_name: str
    """Its name in English: Indonesian."""
    home: str | None
    """ISO 3166 alpha-3 code of the country that its news is mostly about; ``None`` (``---`` in
    the file) for a language of many countries."""
    abbreviations: Mapping[str, Follows]
    """As written, without the last full stop; small ones also with a capital: Jend, hlm, Hlm."""
    months: Mapping[str, int]
    """Every spelling and short form: 1 is January."""
    weekdays: Mapping[str, int]
    """Every spelling and short form: 1 is Monday, as in ISO 8601."""
    numeric_dates: tuple[str, ...]
    """Orders of a date in numbers alone, ``dmy`` or ``mdy``; where there are two, 3/4/2015
    does not say which day it is."""
    reporting: Mapping[str, ReportingWord]
    """Words that say that somebody said."""
    pronouns: Mapping[str, Pronoun]
    """Personal pronouns, in every case the language has."""
    titles: Mapping[str, TitleKind]
    """What stands before a person's name, long and short: presiden, letjen, prof."""
    quotes: tuple[tuple[str, str], ...]
    """Quotation marks: opener and closer, the same one twice where the mark is straight."""
    domains: frozenset[str]
    """Last parts of addresses that are written into text as names: com, id, co."""
    cluttered: bool
    """Whether its news pages are so full of other things that what may or may not be the article
    mostly is not."""
    noise: tuple[LinePattern, ...]
    """Whole lines that are not the article's (use ``fullmatch`` on the stripped line)."""
    inserts: tuple[LinePattern, ...]
    """Pieces inside a line that are not the article's (use ``search``)."""
    datelines: tuple[LinePattern, ...]
    """How an article opens before its first word (use ``match`` on its text). Groups, where
    they apply: ``place`` and ``outlet``."""
    bylines: tuple[LinePattern, ...]
    """Lines or ends of lines that name who wrote (use ``search`` on one stripped line). Group
    ``names`` or, where only initials are given, ``initials``."""
    agos: tuple[LinePattern, ...]
    """Lines that date an article by the moment that they are read (use ``search`` on a short
    line): 2 jam yang lalu."""
    desks: tuple[LinePattern, ...]
    """Names that are no person's but an office's (use ``fullmatch``): Redaksi, Reuters Staff."""
    function_words: frozenset[str]
    """The commonest small words, for telling which language a text is in."""
    starters: frozenset[str]
    """Those of them that show, when capitalised, that a new sentence has begun."""
    distinctive: frozenset[str]
    """Those of them that the languages of ``lookalikes`` do not use."""
    lookalikes: Mapping[str, Lang]
    """Common words of languages easily taken for this one, with the language's code."""
    negators: frozenset[str]
    """Words that deny what follows: tidak, bukan, not."""
    futures: frozenset[str]
    """Words that put what follows into the future: akan, will."""
    hypotheticals: frozenset[str]
    """Words that make what follows a possibility or a condition: jika, mungkin, if, may."""
    ui: Mapping[str, str]
    """Words that the program prints to people: key to text, the same keys in every language."""


def load(folder: Traversable) -> Pack:
    """Read a language's folder ``data/``. Raises ``InstallError`` naming file and field."""
    data = Tables(folder)
    parts = data.parts("parts.toml", "datelines")
    return Pack(
        code=data.text("language.toml", "code"),
        name=data.text("language.toml", "name"),
        english_name=data.text("language.toml", "english_name"),
        home=_home(data),
        abbreviations=_abbreviations(data),
        months=_numbers(data, "months", 12),
        weekdays=_numbers(data, "weekdays", 7),
        numeric_dates=data.words("language.toml", "numeric_dates"),
        reporting=_reporting(data),
        pronouns=_pronouns(data),
        titles=_titles(data),
        quotes=data.pairs("language.toml", "quotes"),
        domains=frozenset(data.words("language.toml", "domains")),
        cluttered=data.choice("language.toml", "cluttered", ("yes", "no")) == "yes",
        noise=_patterns(data, "noise", parts),
        inserts=_patterns(data, "inserts", parts),
        datelines=_patterns(data, "datelines", parts),
        bylines=_patterns(data, "bylines", parts),
        agos=_patterns(data, "agos", parts),
        desks=_patterns(data, "desks", parts),
        function_words=_function_words(data, "function_words"),
        starters=_function_words(data, "starters", "starts"),
        distinctive=_function_words(data, "distinctive", "distinctive"),
        lookalikes=_lookalikes(data),
        negators=_markers(data, "negators", "negation"),
        futures=_markers(data, "futures", "future"),
        hypotheticals=_markers(data, "hypotheticals", "hypothetical"),
        ui=MappingProxyType(dict(data.mapping("ui.toml", "ui"))),
    )


def _home(data: Tables) -> str | None:
    country = data.text("language.toml", "home")
    return None if country == "---" else country


def _abbreviations(data: Tables) -> Mapping[str, Follows]:
    table: dict[str, Follows] = {}
    for row in data.rows("abbreviations.tsv", "abbreviations", ("abbreviation", "follows")):
        written = row["abbreviation"].removesuffix(".")
        follows: Follows = row.choice("follows", get_args(Follows))
        table[written] = follows
        if len(written) > 1:
            table[written[0].upper() + written[1:]] = follows
    return MappingProxyType(table)


def _numbers(data: Tables, field: str, last: int) -> Mapping[str, int]:
    rows = data.rows(f"{field}.tsv", field, ("word", "number"))
    numbers = {row["word"].casefold(): row.number("number", last) for row in rows}
    for number in range(1, last + 1):
        if number not in numbers.values():
            raise damaged(f"{field}.tsv", field, f"no word for {number}")
    return MappingProxyType(numbers)


def _reporting(data: Tables) -> Mapping[str, ReportingWord]:
    rows = data.rows("reporting.tsv", "reporting", ("word", "manner", "clitic"))
    words = (
        ReportingWord(
            row["word"].casefold(), row.choice("manner", get_args(Manner)), row.flag("clitic")
        )
        for row in rows
    )
    return MappingProxyType({word.word: word for word in words})


def _pronouns(data: Tables) -> Mapping[str, Pronoun]:
    rows = data.rows("pronouns.tsv", "pronouns", ("word", "person", "number", "refers"))
    words = (
        Pronoun(
            row["word"].casefold(),
            row.number("person", 3),
            row.choice("number", get_args(Number)),
            row.choice("refers", get_args(Refers)),
        )
        for row in rows
    )
    return MappingProxyType({word.word: word for word in words})


def _titles(data: Tables) -> Mapping[str, TitleKind]:
    rows = data.rows("titles.tsv", "titles", ("title", "kind"))
    kinds = get_args(TitleKind)
    return MappingProxyType({row["title"].casefold(): row.choice("kind", kinds) for row in rows})


def _patterns(data: Tables, field: str, parts: Mapping[str, str]) -> tuple[LinePattern, ...]:
    rows = data.rows(f"{field}.tsv", field, ("pattern", "reason", "example"))
    return tuple(
        LinePattern(row.regex("pattern", parts), row["reason"], row["example"]) for row in rows
    )


def _function_words(data: Tables, field: str, marked: str | None = None) -> frozenset[str]:
    file = "function_words.tsv"
    rows = data.rows(file, field, ("word", "starts", "distinctive"))
    words = frozenset(row["word"] for row in rows if marked is None or row.flag(marked))
    if not words:
        raise damaged(file, field, f"no word marked {marked!r}")
    return words


def _lookalikes(data: Tables) -> Mapping[str, Lang]:
    rows = data.rows("lookalikes.tsv", "lookalikes", ("word", "language"))
    return MappingProxyType({row["word"]: row["language"] for row in rows})


def _markers(data: Tables, field: str, sense: str) -> frozenset[str]:
    rows = data.rows("markers.tsv", field, ("word", "sense"))
    words = frozenset(row["word"] for row in rows if row["sense"] == sense)
    if not words:
        raise damaged("markers.tsv", field, f"no word of the sense {sense!r}")
    return words
