"""When an article was published, as it says itself: read strictly, never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kronik.lang import Pack
from kronik.types import Precision

_YEARS = range(1900, 2200)
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_ISO_MONTH = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})(?![\d-])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([./])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=T\d|$)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?!\d)")
_TIME = re.compile(
    r"(?:T\d{2}(?:\d{2}){0,2}|(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(?:[.,]\d+)?(?!\d)"
    r"(?:\s*(?:GMT|UTC)?[+−-]\d{1,2}(?::?\d{2})?(?!\d))?"
    r"|(?<!\d)\d{1,2}(?=\s?[ap]\.?m\b)",
    re.I,
)
"""A time of day, with its fractions and its zone."""
_STAMP = re.compile(r"\s*(?:[|,•·–—-]\s*)?(?:pukul|jam|at)?\s*\d{1,2}[:.]\d{2}(?!\d)", re.I)
_GREENWICH = re.compile(r"\d(?:Z|[+-]00:?00)$")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_OTHER: Mapping[Precision, int] = {"day": 4, "month": 1, "year": 0}
"""How many further words a date line may have; headlines name months too."""
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Published:
    """A date as far as it is known: ``value`` is 2015-11-27, 2015-11 or 2015."""

    value: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line, and where it stands."""

    published: Published
    start: int
    end: int


def parse(value: str, packs: Sequence[Pack]) -> Published | None:
    """A date that is the whole of ``value``, give or take a weekday, a clock and a zone.

    ``packs`` come in order of preference: the first decides what 3/4/2015 means. ``None`` where
    it is no date, or one that could be two days.
    """
    value = value.strip()
    if len(value) > _LONGEST:
        return None
    if re.fullmatch(r"\d{4}", value):
        year = int(value)
        return Published(str(year), "year") if year in _YEARS else None
    found = find(value, packs)
    if found is None or not is_date_line(value, packs):
        return None
    rest = _TIME.sub(" ", f"{value[: found.start]} {value[found.end :]}")
    # Numbers that are no time of day are another date's: the end of a stretch of days, mostly.
    return None if any(char.isdigit() for char in rest) else found.published


def stamped(line: str, packs: Sequence[Pack]) -> Published | None:
    """The date in a line that has the time of day right behind it, whatever else it says."""
    found = find(line, packs)
    if found is None or found.published.precision != "day":
        return None
    return found.published if _STAMP.match(line, found.end) else None


def is_elsewhere(value: str) -> bool:
    """Whether a time is told as that of Greenwich (``...T22:15:00Z``)."""
    return bool(_GREENWICH.search(value.strip()))


def are_next(one: Published, other: Published) -> bool:
    """Whether two days follow one another."""
    if {one.precision, other.precision} != {"day"}:
        return False
    return abs(date.fromisoformat(one.value) - date.fromisoformat(other.value)).days == 1


def is_date_line(line: str, packs: Sequence[Pack]) -> bool:
    """Whether a line says a date and hardly anything else ("Jumat, 27 November 2015 14:05 WIB")."""
    found = find(line, packs)
    if found is None or line.endswith((".", "?", "!")):
        return False
    rest = _words(line[: found.start] + " " + line[found.end :])
    days = _calendar(tuple(packs)).days
    return (
        len([word for word in rest if word not in days]) <= _MOST_OTHER[found.published.precision]
    )


def find(line: str, packs: Sequence[Pack]) -> Found | None:
    """The first date in ``line`` that can be only one day, month or year."""
    if not _YEAR.search(line):
        return None
    line = line.translate(_APOSTROPHES)
    weekday = _weekday(line, packs)
    for start, end, candidates in sorted(_candidates(line, packs), key=lambda item: item[:2]):
        fits = [day for day in candidates if day and day.isoweekday() == weekday]
        known = fits or [day for day in candidates if day]
        if known and (fits or len(set(known)) == 1):
            return Found(Published(known[0].isoformat(), "day"), start, end)
    return _month_alone(line, packs)


def _candidates(
    line: str, packs: Sequence[Pack]
) -> Iterator[tuple[int, int, tuple[date | None, ...]]]:
    """Every stretch that looks like a day, with what it can mean."""
    for match in _ISO.finditer(line):
        yield match.start(), match.end(), (_day(match[1], match[2], match[3]),)
    for match in _YEAR_FIRST.finditer(line):
        yield match.start(), match.end(), (_day(match[1], match[3], match[4]),)
    for match in _COMPACT.finditer(line):
        yield match.start(), match.end(), (_day(match[1], match[2], match[3]),)
    for match in _NUMERIC.finditer(line):
        readings = tuple(_numbered(match, order) for order in packs[0].numeric_dates)
        yield match.start(), match.end(), readings
    calendar = _calendar(tuple(packs))
    for pattern in (calendar.day_first, calendar.month_first):
        for match in pattern.finditer(line):
            month = calendar.months[match["month"].casefold()]
            yield match.start(), match.end(), (_day(match["year"], month, match["day"]),)


def _month_alone(line: str, packs: Sequence[Pack]) -> Found | None:
    calendar = _calendar(tuple(packs))
    for pattern in (calendar.month_alone, _ISO_MONTH):
        if match := pattern.search(line):
            said = match["month"].casefold()
            month = calendar.months.get(said) or int(said)
            year = int(match["year"])
            if 1 <= month <= 12 and year in _YEARS:
                published = Published(f"{year}-{month:02}", "month")
                return Found(published, match.start(), match.end())
    return None


def _numbered(match: re.Match[str], order: str) -> date | None:
    parts = dict(zip(order, (match[1], match[3], match[4]), strict=True))
    return _day(parts["y"], parts["m"], parts["d"])


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        read = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return read if read.year in _YEARS else None


def _weekday(line: str, packs: Sequence[Pack]) -> int | None:
    """The weekday named first; a short form counts only with a comma or stop after it."""
    names = _calendar(tuple(packs)).weekdays
    words = re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)?[.,]?", line.casefold())
    for word in words:
        bare = word[0].rstrip(".,")
        if bare in names and (len(bare) > 3 or bare != word[0]):
            return names[bare]
    return None


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The names that packs have for months and weekdays, and what dates look like with them."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: frozenset[str]
    """The words that weekdays' names are made of."""
    day_first: re.Pattern[str]
    month_first: re.Pattern[str]
    month_alone: re.Pattern[str]


@lru_cache(maxsize=8)
def _calendar(packs: tuple[Pack, ...]) -> _Calendar:
    months = {name: number for pack in reversed(packs) for name, number in pack.months.items()}
    weekdays = {name: day for pack in reversed(packs) for name, day in pack.weekdays.items()}
    name = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    month, year = rf"(?P<month>{name})\b\.?", r"(?P<year>\d{4})(?!\d)"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    return _Calendar(
        months=months,
        weekdays=weekdays,
        days=frozenset(word for name in weekdays for word in _words(name)),
        day_first=re.compile(rf"(?<!\d){day}[ .-]{{0,2}}{month},?[ -]{{0,2}}{year}", re.I),
        month_first=re.compile(rf"\b{month} ?{day},? {year}", re.I),
        month_alone=re.compile(rf"\b(?P<month>{name})\.? {year}", re.I),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(_CLOCK.sub(" ", text).casefold().translate(_APOSTROPHES))
