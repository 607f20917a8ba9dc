"""Who a mention stands for: names, titles, countries and pronouns looked up, or a reason why not.

Ways are tried from the surest to the weakest, and each answer says which way gave it: a name
met before in the article, a name the tables know at the article's date, an office and its
holder, a country, and at last the kind of party that its words describe. A mention that no way
resolves keeps its own words as its name; its id stays null.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import takewhile

from kronik.kit import Kit
from kronik.lang import Pack, Pronoun
from kronik.types import Actor, Doc, Kind, Mention, Party, Span, Tagged, stable_id

MAINLY = 0.5
"""Least share of an article's country names that makes it mainly about one."""
NEAR = 600
"""Most characters back to what a pronoun stands for."""


def mentions(doc: Doc, kit: Kit) -> tuple[Mention, ...]:
    """Every entity, party and speaker, in order of position, each resolved once."""
    resolver = _Resolver(doc, kit)
    for span in sorted(set(_spans(doc))):
        if span not in resolver.at:
            resolver.add(span)
    return tuple(resolver.done)


def _spans(doc: Doc) -> Iterator[Span]:
    yield from (entity.span for entity in doc.marks.entities)
    parties: list[Party] = [quote.speaker for quote in doc.quotes if quote.speaker]
    for event in doc.events:
        parties += [*event.actors, *event.recipients]
    for party in parties:
        yield from (span for span in (party.span, party.antecedent) if span)


@dataclass(frozen=True, slots=True)
class _Words:
    """A mention's words with what the network saw in them."""

    span: Span
    text: str
    person: str | None
    """The personal name within it."""
    body: str | None
    """The name of an organisation within it."""
    kind: Kind
    sector: str | None
    """What the network would code, where it was asked."""

    @property
    def name(self) -> str:
        """What it would be called if nothing knew it."""
        return self.person or self.text


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer: who, how sure, and by which way."""

    actor: Actor
    score: float
    why: str


@dataclass(slots=True)
class _Resolver:
    """Resolves mentions in order, remembering those before."""

    doc: Doc
    kit: Kit
    done: list[Mention] = field(default_factory=list)
    """In order of position, though some are resolved before those in front of them."""
    at: dict[Span, Mention | None] = field(default_factory=dict)
    """The same by where they stand; null while one is being resolved."""
    chains: dict[str, int] = field(default_factory=dict)
    sectors: dict[Span, str] = field(default_factory=dict)
    """What the network would code a party that stands there."""
    persons: set[Span] = field(default_factory=set)
    """Those of them that name a person, alone or behind his title."""
    called: dict[str, str] = field(default_factory=dict)
    """What the article first called each known actor that is no person."""
    names: dict[str, Actor] = field(default_factory=dict)
    """Actor of each name met, case-folded, and of each person's last name."""
    on: date | None = None
    scene: str | None = None
    """Country that the article is mostly about: that of parties who come without one."""

    def __post_init__(self) -> None:
        self.sectors = {tagged.span: tagged.label for tagged in self.doc.marks.sectors}
        self.on = _day(self.doc.published)
        self.scene = self._scene()

    @property
    def pack(self) -> Pack:
        return self.kit.pack(self.doc.lang)

    def add(self, span: Span) -> None:
        """Resolve one more mention."""
        self.at[span] = None
        words = self._words(span)
        if words.person:
            self.persons.add(span)
        ways: tuple[Callable[[_Words], _Found | None], ...] = (
            self._pronoun,
            self._met,
            self._known,
            self._holder,
            self._country,
            self._described,
        )
        found = next((answer for answer in (way(words) for way in ways) if answer), None)
        actor = _sourced(found.actor) if found else None
        self._remember(words, actor)
        mention = Mention(
            id=stable_id("m", self.doc.id, span.start, span.end),
            span=span,
            kind=words.kind,
            chain=self._chain(words, actor),
            score=found.score if found else 0.0,
            actor=actor,
            why=found.why if found else "nothing in the text or the tables says who this is",
            pronoun=words.text.casefold() in self.pack.pronouns,
        )
        self.at[span] = mention
        insort(self.done, mention, key=lambda one: one.span)

    def _words(self, span: Span) -> _Words:
        text = span.of(self.doc.text)
        entities = self.doc.marks.entities
        first = bisect_left(entities, span.start, key=lambda entity: entity.span.start)
        inside = list(takewhile(lambda entity: span.holds(entity.span), entities[first:]))
        whole = next((e for e in inside if e.span == span), None)
        return _Words(
            span=span,
            text=text,
            person=self._person(inside),
            body=self._last(inside, "ORG"),
            kind=self._kind(text, whole),
            sector=self.sectors.get(span),
        )

    def _person(self, inside: Iterable[Tagged]) -> str | None:
        """The personal name. A word that stands for a country or its people ("Russian") is none,
        whatever the network takes it for."""
        name = self._last(inside, "PER")
        alone = name and " " not in name and self.kit.known.country_in(name, self.doc.lang)
        return None if alone else name

    def _last(self, inside: Iterable[Tagged], label: str) -> str | None:
        texts = [e.span.of(self.doc.text) for e in inside if e.label == label]
        return texts[-1] if texts else None

    def _kind(self, text: str, whole: Tagged | None) -> Kind:
        """A kind of name; "Presiden Rusia" and "mereka" are no names, and MISC."""
        if self.kit.known.state(text, self.doc.lang):
            return "GPE"
        kinds: dict[str, Kind] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
        return kinds.get(whole.label, "MISC") if whole else "MISC"

    # the ways, from the surest ------------------------------------------------------------

    def _pronoun(self, words: _Words) -> _Found | None:
        """A pronoun stands for the nearest fitting party before it, in a quote for its speaker."""
        pronoun = self.pack.pronouns.get(words.text.casefold())
        if pronoun is None:
            return None
        of_speaker = pronoun.person == 1 or pronoun.refers == "speaker"
        before = self._speaker_around(words.span) if of_speaker else None
        before = before or self._antecedent(words.span, pronoun)
        if before is None or before.actor is None:
            return None
        why = f"'{words.text}' stands for '{before.span.of(self.doc.text)}'"
        return _Found(before.actor, round(0.8 * before.score, 4), why)

    def _speaker_around(self, span: Span) -> Mention | None:
        """The speaker of the quote that these words stand in, if he was met before."""
        quote = next((q for q in self.doc.quotes if q.span.holds(span)), None)
        at = quote.speaker.named_at if quote and quote.speaker else None
        if at is None:
            return None
        if at.start > span.start and at not in self.at:
            self.add(at)  # "Kami menolak," kata X: he is named after his words
        return self.at.get(at)

    def _antecedent(self, span: Span, pronoun: Pronoun) -> Mention | None:
        """The nearest mention before that agrees: whoever spoke, for a first person."""
        speakers = {q.speaker.named_at for q in self.doc.quotes if q.speaker}
        for mention in reversed(self.done):
            away = span.start - mention.span.start
            if away <= 0 or not mention.actor or mention.span.overlap(span):
                continue
            if away > NEAR:
                return None
            if self._agrees(mention, pronoun, spoke=mention.span in speakers):
                return mention
        return None

    def _agrees(self, mention: Mention, pronoun: Pronoun, *, spoke: bool) -> bool:
        if pronoun.person == 1 or pronoun.refers == "speaker":
            return spoke
        person = mention.span in self.persons
        if pronoun.number == "singular" and spoke and mention.kind == "MISC":
            return True
        return person if pronoun.number == "singular" else not person

    def _met(self, words: _Words) -> _Found | None:
        """The same name as before, or the last name of a person met in full."""
        actor = self.names.get(words.name.casefold())
        if actor is None:
            return None
        return _Found(actor, 0.9, f"named before in this article as '{actor.name}'")

    def _known(self, words: _Words) -> _Found | None:
        """A name in the tables, held on the article's date."""
        for name in (words.person, words.text):
            record = self.kit.known.actor(name, self.on, self.scene) if name else None
            if name and record:
                actor = record.actor
                if record.kind != "PER":
                    actor = replace(actor, name=self._first_called(record.actor.id, words.text))
                elif not words.person:
                    self._remember_person(name, actor)
                return _Found(actor, 0.95, f"'{name}' is a known name of {record.actor.name}")
        return None

    def _first_called(self, id_: str | None, text: str) -> str:
        """An article's own name for a body or country, the same all through it."""
        return self.called.setdefault(id_ or text, text)

    def _holder(self, words: _Words) -> _Found | None:
        """An office alone, by its country and the article's date."""
        if words.person:
            return None
        country = self.kit.known.country_in(words.text, self.doc.lang) or self.scene
        record = (
            self.kit.known.holder(words.text, country, self.on) if country and self.on else None
        )
        if record is None:
            return None
        why = f"'{words.text}' of {country} on {self.on} was {record.actor.name}"
        return _Found(record.actor, 0.85, why)

    def _country(self, words: _Words) -> _Found | None:
        """A country as a whole: its government acts."""
        country = self.kit.known.state(words.text, self.doc.lang)
        if country is None:
            return None
        info = self.kit.known.country_info(country)
        name = info.titles.get(self.doc.lang, words.text) if info else words.text
        actor = Actor(country, self._first_called(country, name), country, words.sector or "GOV")
        return _Found(actor, 0.9, f"'{words.text}' stands for the country {country}")

    def _described(self, words: _Words) -> _Found | None:
        """What the words say: the kind of party by its head noun, its country by a name in it."""
        if words.text.casefold() in self.pack.pronouns:
            return None  # it describes nobody
        known, lang = self.kit.known, self.doc.lang
        record = known.actor(words.body, self.on, self.scene) if words.body else None
        table = known.sector_of(words.text, lang)
        sector = words.sector or table or (record.actor.sector if record else None)
        stated = known.country_in(words.text, lang) or (record.actor.country if record else None)
        country = stated or self.scene
        if sector is None and country is None and words.person is None:
            return None
        actor = Actor(None, words.name, country, sector, self._office(words))
        if stated is None and country:
            why = f"described only; {country} is the country of the article"
            return _Found(replace(actor, country_from="article"), 0.5, why)
        return _Found(actor, 0.6, "described only, by its own words")

    def _office(self, words: _Words) -> str | None:
        """What stands before a person's name, if it says what he is: "Menteri Keuangan"."""
        if not words.person:
            return None
        before = words.text[: words.text.rfind(words.person)].strip(" ,")
        return before if self.kit.known.sector_of(before, self.doc.lang) else None

    # memory -------------------------------------------------------------------------------

    def _remember(self, words: _Words, actor: Actor | None) -> None:
        if actor is None or self.pack.pronouns.get(words.text.casefold()):
            return
        self.names.setdefault(words.name.casefold(), actor)
        if words.person:
            self._remember_person(words.person, actor)

    def _remember_person(self, name: str, actor: Actor) -> None:
        """His first and last name stand for him from now on."""
        parts = name.split()
        if len(parts) > 1:
            for part in (parts[0], parts[-1]):
                if len(part) > 2:
                    self.names.setdefault(part.casefold(), actor)

    def _chain(self, words: _Words, actor: Actor | None) -> int:
        key = (actor.id or actor.name.casefold()) if actor else f"?{words.text.casefold()}"
        return self.chains.setdefault(key, len(self.chains))

    def _scene(self) -> str | None:
        """The language's own country where the article names none more often; else one that has
        most of all namings, or none: an article about several says nothing of the unnamed."""
        known, votes = self.kit.known, Counter[str]()
        for entity in self.doc.marks.entities:
            country = known.country_in(entity.span.of(self.doc.text), self.doc.lang)
            if country:
                votes[country] += 1
        home = self.pack.home
        if not votes:
            return home
        best, count = votes.most_common(1)[0]
        if home and votes[home] >= count:
            return home
        return best if count >= MAINLY * votes.total() else None


def _sourced(actor: Actor) -> Actor:
    """The actor with it said where its country is from."""
    if actor.country is None or actor.country_from:
        return actor
    return replace(actor, country_from="words")


def _day(published: str | None) -> date | None:
    """A day within what is known of the date: enough to say who held an office."""
    if published is None:
        return None
    year, month, day = [*published.split("-"), "07", "15"][:3]
    return date(int(year), int(month), int(day))
