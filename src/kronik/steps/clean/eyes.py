"""What a line of a page is, seen with the patterns of every language that Kronik reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kronik.lang import Pack
from kronik.steps.clean.dates import Published, find, is_date_line, stamped

ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]", re.I)
_LABELLED_ADDRESS = re.compile(rf"(?:[^\W\d_]+[ :]+){{0,3}}{ADDRESS.pattern}", re.I)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}", re.I)
_STOP = re.compile(r"[.!?…][\"'”’)\]»]*$")
_LONGEST_NOISE = 400
_LONGEST_HOST = 80
_LONGEST_DATE_LINE = 120
_LONGEST_BYLINE = 200
_LONGEST_AGO = 60
_LONGEST_OPENING = 200
"""Characters within which a dateline ends."""
_MOST_NAME_WORDS = 6
_SURE_OUTLET = 5
"""Letters from which on an outlet's name within another shows that to be no person's."""
_NAME_BREAKS = re.compile(r"\s*[|/;&]\s*|,\s+|\s(?:and|dan)\s")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote, and where in the line that begins to be said."""

    names: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Eyes:
    """What to see with: packs in order of preference, the article's own language first, and what
    the site's file adds."""

    packs: tuple[Pack, ...]
    own_noise: tuple[re.Pattern[str], ...] = ()
    own_dateline: re.Pattern[str] | None = None
    outlet: str | None = None
    """The site's name for itself, which datelines of its articles may have."""

    def noise(self, line: str) -> bool:
        """Whether the whole line is a site's and not the article's."""
        if len(line) > _LONGEST_NOISE:
            return False
        own = any(pattern.fullmatch(line) for pattern in self.own_noise)
        return own or _is_noise(line, self.packs)

    def without_inserts(self, line: str) -> str:
        """The line without what a site put into it."""
        for pack in self.packs:
            for insert in pack.inserts:
                if insert.pattern.search(line):
                    line = re.sub(r"  +", " ", insert.pattern.sub(" ", line)).strip()
        return line

    def date(self, line: str) -> Published | None:
        """The date, if a date is all the line says."""
        return _date(line, self.packs) if len(line) <= _LONGEST_DATE_LINE else None

    def stamp(self, line: str) -> Published | None:
        """The date, if the line says the time of day too and is no sentence."""
        if len(line) > _LONGEST_BYLINE or ends_sentence(line):
            return None
        return stamped(line, self.packs)

    def reckoned(self, line: str) -> bool:
        """Whether the line dates the article by the moment that somebody looks at it."""
        return len(line) <= _LONGEST_AGO and any(
            seen.pattern.search(line) for pack in self.packs for seen in pack.agos
        )

    def byline(self, line: str) -> Byline | None:
        """Who wrote, if the line ends in saying so."""
        tail = line[-_LONGEST_BYLINE:]
        found = _byline(tail, self.packs)
        return found and Byline(found.names, found.start + len(line) - len(tail))

    def people(self, said: Iterable[str], outlet: str | None) -> tuple[str, ...]:
        """The persons among those that a page names as its writers: no offices, and not the
        outlet itself."""
        names = (name for line in said for name in self._named(line))
        return tuple(dict.fromkeys(name for name in names if self._is_person(name, outlet)))

    def _named(self, line: str) -> tuple[str, ...]:
        signed = self.byline(line)
        return signed.names if signed and signed.start == 0 else tuple(_parted(line))

    def _is_person(self, name: str, outlet: str | None) -> bool:
        if any(seen.pattern.fullmatch(name) for pack in self.packs for seen in pack.desks):
            return False
        bare, own = letters(name), letters(outlet or "")
        return bool(bare) and bare not in own and not (len(own) >= _SURE_OUTLET and own in bare)

    def stands_alone(self, line: str) -> bool:
        """Whether the line belongs to no paragraph: a notice, a date, an address."""
        return bool(address(line)) or is_host(line) or self.noise(line) or bool(self.date(line))

    def dateline(self, line: str) -> re.Match[str] | None:
        """How the line opens, if it opens as news agencies do ("MOSKWA, Kabar.com -")."""
        own = [self.own_dateline] if self.own_dateline else []
        packed = [seen.pattern for seen in self.packs[0].datelines]
        named = [_with_outlet(self.outlet)] if self.outlet else []
        matches = (pattern.match(line, 0, _LONGEST_OPENING) for pattern in (*own, *packed, *named))
        return next((match for match in matches if match), None)


@lru_cache(maxsize=256)
def _with_outlet(outlet: str) -> re.Pattern[str]:
    """How articles of an outlet open: "Teluk Awan, Kabar Ufuk -", "Teluk Awan (Kabar Ufuk) -"."""
    name, word = re.escape(outlet), r"[^\W\d_a-z][\w'’.]*"
    place = rf"(?P<place>{word}(?:[ /-]{word}){{0,3}})"
    between = rf"(?:,\s*(?i:{name})|\((?i:{name})\))"
    return re.compile(rf"{place}\s*{between}\s*[-–—]+(?:\s*[-–—]+)*\s*")


@lru_cache(maxsize=4096)
def _is_noise(line: str, packs: tuple[Pack, ...]) -> bool:
    return bool(_all_noise(packs).fullmatch(line))


@lru_cache(maxsize=8)
def _all_noise(packs: tuple[Pack, ...]) -> re.Pattern[str]:
    """One pattern for all: a line is held against it in a fifth of the time."""
    patterns = (seen.pattern.pattern for pack in packs for seen in pack.noise)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


@lru_cache(maxsize=4096)
def _date(line: str, packs: tuple[Pack, ...]) -> Published | None:
    found = find(line, packs)
    return found.published if found and is_date_line(line, packs) else None


@lru_cache(maxsize=4096)
def _byline(tail: str, packs: tuple[Pack, ...]) -> Byline | None:
    for pack in packs:
        for seen in pack.bylines:
            if match := seen.pattern.search(tail):
                return Byline(tuple(_names(match, tail, packs)), match.start())
    return None


def _names(match: re.Match[str], line: str, packs: tuple[Pack, ...]) -> Iterator[str]:
    """The names that a pattern found, and those behind further labels ("editing by")."""
    found = match.groupdict()
    said = found.get("names") or found.get("initials") or ""
    for part in (*_NAME_BREAKS.split(said), line[match.end() :].strip(" |,-/")):
        labelled = _byline(part, packs) if 0 < len(part) < len(line) else None
        if labelled and labelled.start == 0:
            yield from labelled.names
        elif _is_name(name := part.strip(" .,-–*()")):
            yield name


def _parted(line: str) -> Iterator[str]:
    """The names in a line that holds nothing else."""
    bare = (part.strip(" .,-–*()") for part in _NAME_BREAKS.split(line))
    return (name for name in bare if _is_name(name))


def _is_name(part: str) -> bool:
    return 0 < len(part.split()) <= _MOST_NAME_WORDS and not re.search(r"[\d:@]", part)


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


def letters(text: str) -> str:
    """Letters and digits alone, in small: what names and headlines are compared by."""
    return "".join(char for char in text.casefold() if char.isalnum())
