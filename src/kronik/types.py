"""The nouns of Kronik. Frozen, slotted, and importing nothing of ours.

All offsets count Unicode code points of one immutable text, end exclusive, so that
``text[span.start:span.end]`` is the evidence. ``None`` is unknown; a list that found
nothing is ``()``. A page's way through these types is told in ``docs/house.md``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

Lang = str
"""ISO 639-1 code of a language that ``kronik.lang`` has a pack for."""
Precision = Literal["day", "month", "year"]
Manner = Literal["direct", "indirect", "mixed"]
Kind = Literal["PER", "ORG", "GPE", "LOC", "NORP", "MISC"]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]


def stable_id(prefix: str, *parts: object) -> str:
    """An id that is a hash of its key fields: the same on every machine, at every reading."""
    key = "\x1f".join(str(part) for part in parts)
    return f"{prefix}{sha256(key.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """How many characters both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Fetch:
    """How a page came over the web: what custody of it must tell (Berkeley Protocol)."""

    asked: str
    """The address that was asked for."""
    redirects: tuple[str, ...] = ()
    """The addresses it led over, in order; the last is the page's own."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    """Response headers, in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they came, before anything is decided about them.

    ``origin`` is the caller's name for it (path, address, or the id of a JSONL record);
    ``where`` is the place it was read from, if that is another (``file:line``); ``body`` is what
    was read, and ``id`` its SHA-256.
    """

    id: str
    origin: str
    media_type: str
    body: bytes
    url: str | None = None
    fetched_at: str | None = None
    where: str | None = None
    fetch: Fetch | None = None

    @property
    def place(self) -> str:
        """What messages and quarantine call it: no two pages of a batch stand in one place."""
        return self.where or self.origin


@dataclass(frozen=True, slots=True)
class Note:
    """Something a step wants the reader of a record to know."""

    step: str
    what: str


# What the network marks, before any rule looks at it ------------------------------------


@dataclass(frozen=True, slots=True)
class Tagged:
    """A labelled span with the network's probability for it."""

    span: Span
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A span that plays a role for some cue or trigger, with its probability."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class CueMark:
    """A reporting word ("kata", "menurut", "said"), its speakers and the content it reports."""

    span: Span
    score: float
    speakers: tuple[Arc, ...] = ()
    contents: tuple[Arc, ...] = ()


Odds = tuple[tuple[str, float], ...]
"""What a score is made of, by name: log odds of the network, weights of a lexicon."""


@dataclass(frozen=True, slots=True)
class TriggerMark:
    """The word or words that express an event, with its code and its arcs."""

    span: Span
    type: str
    mode: str | None
    status: Status
    score: float
    runner_up: tuple[str, float] | None = None
    """The next type, with the score that it would have."""
    actors: tuple[Arc, ...] = ()
    recipients: tuple[Arc, ...] = ()
    places: tuple[Arc, ...] = ()
    dates: tuple[Arc, ...] = ()
    odds: Odds = ()
    """What the score was weighed from."""


@dataclass(frozen=True, slots=True)
class ContentMark:
    """Quoted or reported words, and the speakers the network sees for them."""

    span: Span
    manner: Manner
    score: float
    speakers: tuple[Arc, ...] = ()
    odds: Odds = ()
    """What the score was weighed from."""


@dataclass(frozen=True, slots=True)
class Marks:
    """All that one pass of the network says of a text, in order of position.

    ``sectors`` gives the sector that the network would code for a party standing there.
    """

    entities: tuple[Tagged, ...] = ()
    contents: tuple[ContentMark, ...] = ()
    cues: tuple[CueMark, ...] = ()
    triggers: tuple[TriggerMark, ...] = ()
    sectors: tuple[Tagged, ...] = ()


# What the steps make of it --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a mention stands for. ``id`` is null where no table knows it.

    ``country`` is ISO 3166 alpha-3, ``IGO``, ``NGO`` or ``---`` (none); null is unknown.
    ``sector`` is a PLOVER sector code.
    """

    id: str | None
    name: str
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    wikidata: str | None = None
    country_from: Literal["words", "article"] | None = None
    """``words``: of the mention, or a table's row for its name; ``article``: the country that the
    article is about, which the mention itself does not say."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names somebody, and who that is, or the reason why not.

    ``score`` says how sure the way is that resolved it, from 0 to 1; it is no probability.
    """

    id: str
    span: Span
    kind: Kind
    chain: int
    score: float
    actor: Actor | None = None
    why: str | None = None
    """By which way it was resolved, or why it was not."""
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an act or the speaker of a quote.

    ``span`` is where it stands. ``antecedent`` is the earlier mention that a clitic, a
    pronoun or a silent subject points back to ("katanya").
    """

    span: Span | None
    antecedent: Span | None = None

    @property
    def named_at(self) -> Span | None:
        """Where to look for the name."""
        return self.antecedent or self.span


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of speech attributed to a speaker."""

    id: str
    span: Span
    manner: Manner
    cue: Span | None
    speaker: Party | None
    score: float


@dataclass(frozen=True, slots=True)
class Event:
    """One act that a sentence states, coded to PLOVER 2.0."""

    id: str
    sentence: int
    type: str
    mode: str | None
    quad: int
    intensity: float
    trigger: Span
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: Status
    claimed_by: str | None
    """Id of the quote in which alone the act is stated."""
    score: float
    runner_up: tuple[str, float] | None = None
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doc:
    """One article: its text and one layer a step. Steps return layers; ``pipeline`` puts them in.

    ``clean`` fills what stands above ``sentences``; nothing changes ``text`` after it.
    """

    id: str
    page_id: str
    source_id: str
    text: str
    lang: Lang
    title: str | None = None
    bylines: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601, as precise as ``published_precision`` says: 2015-11-27, 2015-11 or 2015."""
    published_precision: Precision | None = None
    url: str | None = None
    canonical: str | None = None
    """The article's own address, the same for its AMP and print views; without tracking marks."""
    outlet: str | None = None
    section: str | None = None
    dateline: str | None = None
    """Place and agency that the text opened with, as printed: "JAKARTA, KOMPAS.com"."""
    notes: tuple[Note, ...] = ()
    sentences: tuple[Span, ...] = ()
    marks: Marks = field(default_factory=Marks)
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    mentions: tuple[Mention, ...] = ()
    """In order of position, one a span."""

    @property
    def sha256(self) -> str:
        """Hash of the text that all offsets of this document count in."""
        return sha256(self.text.encode()).hexdigest()

    def mention_at(self, span: Span | None) -> Mention | None:
        """The mention that covers exactly this span."""
        if span is None:
            return None
        at = bisect_left(self.mentions, span, key=lambda mention: mention.span)
        found = self.mentions[at] if at < len(self.mentions) else None
        return found if found and found.span == span else None


@dataclass(frozen=True, slots=True)
class Versions:
    """What read a page: enough to say why two readings differ."""

    kronik: str
    net: str
    codebook: str
