"""What a line of a page is, seen with the patterns of every language that Kronik reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kronik.lang import Pack
from kronik.steps.clean.dates import Published, find, is_date_line

ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]", re.I)
_LABELLED_ADDRESS = re.compile(rf"(?:[^\W\d_]+[ :]+){{0,3}}{ADDRESS.pattern}", re.I)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}", re.I)
_STOP = re.compile(r"[.!?…][\"'”’)\]»]*$")
_LONGEST_NOISE = 400
_LONGEST_HOST = 80
_LONGEST_DATE_LINE = 120
_LONGEST_BYLINE = 200
_MOST_NAME_WORDS = 6
_NAME_BREAKS = re.compile(r"\s*[|/;&]\s*|,\s+")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote, and where in the line that begins to be said."""

    names: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Eyes:
    """Packs in order of preference: the article's own language first."""

    packs: Sequence[Pack]

    def noise(self, line: str) -> bool:
        """Whether the whole line is a site's and not the article's."""
        if len(line) > _LONGEST_NOISE:
            return False
        return any(seen.pattern.fullmatch(line) for pack in self.packs for seen in pack.noise)

    def without_inserts(self, line: str) -> str:
        """The line without what a site put into it."""
        for pack in self.packs:
            for insert in pack.inserts:
                if insert.pattern.search(line):
                    line = re.sub(r"  +", " ", insert.pattern.sub(" ", line)).strip()
        return line

    def date(self, line: str) -> Published | None:
        """The date, if a date is all the line says."""
        if len(line) > _LONGEST_DATE_LINE or not any(char.isdigit() for char in line):
            return None
        found = find(line, self.packs)
        return found.published if found and is_date_line(line, self.packs) else None

    def byline(self, line: str) -> Byline | None:
        """Who wrote, if the line ends in saying so."""
        tail = line[-_LONGEST_BYLINE:]
        for pack in self.packs:
            for seen in pack.bylines:
                if match := seen.pattern.search(tail):
                    start = match.start() + len(line) - len(tail)
                    return Byline(tuple(self._names(match, tail)), start)
        return None

    def _names(self, match: re.Match[str], line: str) -> Iterator[str]:
        """The names that a pattern found, and those behind further labels ("editing by")."""
        found = match.groupdict()
        said = found.get("names") or found.get("initials") or ""
        for part in (*_NAME_BREAKS.split(said), line[match.end() :].strip(" |,-")):
            labelled = self.byline(part) if 0 < len(part) < len(line) else None
            if labelled and labelled.start == 0:
                yield from labelled.names
            elif _is_name(name := part.strip(" .,-–*()")):
                yield name

    def stands_alone(self, line: str) -> bool:
        """Whether the line belongs to no paragraph: a notice, a date, an address."""
        return bool(address(line)) or is_host(line) or self.noise(line) or bool(self.date(line))

    def dateline(self, line: str) -> re.Match[str] | None:
        """How the line opens, if it opens as news agencies do ("MOSKWA, Kabar.com -")."""
        matches = (seen.pattern.match(line) for pack in self.packs for seen in pack.datelines)
        return next((match for match in matches if match), None)


def _is_name(part: str) -> bool:
    return 0 < len(part.split()) <= _MOST_NAME_WORDS and not re.search(r"\d", part)


def address(line: str) -> str | None:
    """The web address that is all of the line but for a label ("Sumber: https://...")."""
    match = _LABELLED_ADDRESS.fullmatch(line.strip("<>()[] "))
    found = ADDRESS.search(line) if match else None
    return found[0] if found else None


def is_host(line: str) -> bool:
    """Whether the line is a site's name as in an address ("www.kabar.co.id")."""
    return len(line) <= _LONGEST_HOST and bool(_HOST.fullmatch(line))


def ends_sentence(line: str) -> bool:
    """Whether the line closes as a sentence does."""
    return bool(_STOP.search(line))
