"""Cuts a text into sentences.

A stop (``.``, ``!``, ``?``, ``…``) ends a sentence unless what stands around it says otherwise:
an abbreviation or initial before it, a small letter or comma after it, an address or a number
through it. Quotation marks and brackets that close after the stop belong to the sentence; marks
that never close change nothing. What is particular to a language comes from its ``Pack``.
Every stop looks a bounded way back and as far as the next word ahead, so time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kronik.kit import Kit
from kronik.lang import Pack
from kronik.types import Doc, Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOPS = re.compile(r"[.!?…]+")
_TO_WORD = re.compile(r"([^\w.!?…]*)(\w{0,40})")
_APART = re.compile(r"\s+(\S)(?!\S)")
_LAST_TOKEN = re.compile(r"[\w.]*\Z")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})")
_INITIAL = re.compile(r"[^\W\d_]\.")
_NUMERAL = re.compile(r"\d|[IVXLC]+\b|[A-Z]{1,4}[.\d/-]")
"""What an abbreviation for "number" stands before: No. 5, Vol. IV, No. P.38."""
_OPENS_SMALL = re.compile(r"[a-z]{1,2}[A-Z]|[a-z]{2,3}[-'’][A-Z]")
"""Names that open a sentence with a small letter: iPhone, eBay, al-Shabaab."""
_LONGEST_TOKEN = 32
"""How many characters before a stop are looked at; no abbreviation is longer."""
_BRACKETS = frozenset(")]}")
_GOES_ON = frozenset(",;:%") | _BRACKETS
"""What follows a stop only within a sentence."""
_DASHES = frozenset("-–—")
_ADDRESS = frozenset("/@#")


def sentences(doc: Doc, kit: Kit) -> tuple[Span, ...]:
    """The sentences of ``doc.text``, as ``split`` promises them."""
    return tuple(split(doc.text, kit.pack(doc.lang)))


def split(text: str, pack: Pack) -> list[Span]:
    """Sentence spans in order: trimmed, never empty, never overlapping, and together covering
    every character that is not white space. A line break always ends a sentence."""
    marks = _Marks.of(pack)
    return [
        Span(line.start() + start, line.start() + end)
        for line in _LINE.finditer(text)
        for start, end in _cut(line.group(), pack, marks)
    ]


def _cut(line: str, pack: Pack, marks: _Marks) -> Iterator[tuple[int, int]]:
    """The sentences of one line, trimmed."""
    begin = counted = quotes = 0
    for stops in _STOPS.finditer(line):
        quotes += line.count('"', counted, stops.start())
        counted = stops.start()
        end = marks.closed(line, stops.end(), inside=quotes % 2 == 1)
        stop = _Stop.at(line, begin, stops, end)
        if stop.ends_sentence(pack, marks):
            yield _trim(line, begin, end)
            begin = end
    start, end = _trim(line, begin, len(line))
    if start < end:
        yield start, end


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    piece = line[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


@dataclass(frozen=True, slots=True)
class _Marks:
    """Quotation marks of a language by what they can do; straight ones can do both."""

    openers: frozenset[str]
    closers: frozenset[str]

    @classmethod
    def of(cls, pack: Pack) -> _Marks:
        openers, closers = zip(*pack.quotes, strict=True)
        return cls(frozenset(openers), frozenset(closers))

    def closed(self, line: str, at: int, *, inside: bool) -> int:
        """Where the marks that close right after a stop end. ``inside``: a straight double
        quotation mark is open."""
        while at < len(line) and self._closes(line, at, inside):
            inside = inside and line[at] != '"'
            at += 1
        apart = _APART.match(line, at)
        if apart and (self._only_closes(apart[1]) or (inside and apart[1] == '"')):
            return apart.end()
        return at

    def _closes(self, line: str, at: int, inside: bool) -> bool:
        mark = line[at]
        if mark in _BRACKETS or self._only_closes(mark):
            return True
        before_word = line[at + 1 : at + 2].isalnum()
        return mark in self.closers and (not before_word or (inside and mark == '"'))

    def _only_closes(self, mark: str) -> bool:
        return mark in self.closers and mark not in self.openers


@dataclass(frozen=True, slots=True)
class _Stop:
    """A run of stops in a line and what stands around it."""

    stops: str
    before: str
    """The running sentence up to the stops, or its last characters if it is long."""
    whole: bool
    """Whether ``before`` is all of the running sentence."""
    closed: bool
    """Whether quotation marks or brackets close after the stops."""
    lead: str
    """From there to the next word: white space and marks."""
    word: str
    """The next word; empty at the end of a line and before further stops."""
    rest: str
    """What follows the start of that word, as far as it matters."""

    @classmethod
    def at(cls, line: str, begin: int, stops: re.Match[str], end: int) -> _Stop:
        """The stop that ``stops`` matched in a sentence that began at ``begin``; marks close
        up to ``end``."""
        window = max(begin, stops.start() - _LONGEST_TOKEN)
        ahead = _TO_WORD.match(line, end)
        lead, word = ahead.groups() if ahead else ("", "")
        word_at = end + len(lead)
        return cls(
            stops=stops.group(),
            before=line[window : stops.start()],
            whole=window == begin,
            closed=end > stops.end(),
            lead=lead,
            word=word,
            rest=line[word_at : word_at + len(word) + 2],
        )

    def ends_sentence(self, pack: Pack, marks: _Marks) -> bool:
        """Whether a sentence ends here."""
        omission = self.before[-1:] in {"(", "["}
        if not self.word or omission or self.lead.lstrip()[:1] in _GOES_ON:
            return False
        if self.whole and not any(map(str.isalnum, self.before)):
            return False
        if not self.lead[:1].isspace():
            return self._space_forgotten(pack, marks)
        if self.word[0].islower():
            return _OPENS_SMALL.match(self.rest) is not None
        return self.stops != "." or self._ends_after_token(pack, marks)

    def _space_forgotten(self, pack: Pack, marks: _Marks) -> bool:
        """Whether a stop without white space behind it is one at all, or part of an address,
        an abbreviation or a number."""
        glued = not self.lead or self.lead[0] in marks.openers
        if not glued or not self.word[0].isupper() or not self.word[1:2].islower():
            return False
        if self.closed:
            return True
        token = self._token()
        named = token in pack.abbreviations or self.word.casefold() in pack.domains
        address = token[:3] == "www" or self.before[: -len(token) or None][-1:] in _ADDRESS
        if named or address or _has_initial(token) or self._enumerates():
            return False
        last = self.before[-1:]
        return last.islower() or last.isdigit() or last.isspace()

    def _ends_after_token(self, pack: Pack, marks: _Marks) -> bool:
        """Whether a single full stop ends a sentence before a capital or a numeral."""
        token, next_word = self._token(), self.word.casefold()
        if self._enumerates():
            return False
        follows = pack.abbreviations.get(token, "phrase" if _has_initial(token) else None)
        if follows == "name":
            return False
        if follows == "number":
            return _NUMERAL.match(self.rest) is None
        if follows == "phrase":
            if not _DASHES.isdisjoint(self.lead) or _INITIAL.match(self.rest):
                return False
            quoted = len(token) > 1 and not marks.openers.isdisjoint(self.lead)
            return quoted or next_word in pack.starters
        return follows is None or not (next_word in pack.months or next_word in pack.weekdays)

    def _token(self) -> str:
        """The word before the stop, with the stops inside it: Jend, a.l, Kompas.com."""
        token = _LAST_TOKEN.search(self.before)
        return token.group() if token else ""

    def _enumerates(self) -> bool:
        """Whether the sentence so far is but the number or letter of an item in a list."""
        return self.whole and _ENUMERATOR.fullmatch(self.before) is not None


def _has_initial(token: str) -> bool:
    """Whether a token ends in a name's initial or in a letter of an abbreviation: H, K.H, a.l."""
    *rest, last = token.split(".")
    return len(last) == 1 and (last.isupper() or (bool(rest) and last.isalpha()))
