"""The record of one article for people: who said what and who did what to whom, with evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.padding import Padding
from rich.text import Text

from kronik.codebook import Codebook
from kronik.exchange.guard import printable
from kronik.exchange.ids import short
from kronik.exchange.marked import Mark, marked
from kronik.exchange.why import Why
from kronik.reasons import Ask
from kronik.store.party import actor_of
from kronik.types import Actor, Doc, Event, Lang, Party, Quote, Span

Line = Text | Padding


@dataclass(frozen=True, slots=True)
class People:
    """Writes articles out in a language that somebody reads, which need not be the article's.

    ``labels`` are that language's words of its pack's ``ui``, ``names`` the languages' own
    names. Without ``colour`` the evidence stands in brackets. With ``ask``, each event is told
    with the reasons for what it says.
    """

    codebook: Codebook
    lang: Lang
    labels: Mapping[str, str]
    names: Mapping[Lang, str]
    colour: bool
    ask: Ask | None = None

    def lines(self, doc: Doc) -> list[Line]:
        """Title, statements, events and notes, to be printed one below the other."""
        quotes = [line for quote in doc.quotes for line in self._quote(doc, quote)]
        events = [line for event in doc.events for line in self._event(doc, event)]
        notes = [Text(f"  {printable(note.step)}: {printable(note.what)}") for note in doc.notes]
        return [
            *self._title(doc),
            *self._section("statements", len(doc.quotes), quotes),
            *self._section("events", len(doc.events), events),
            *(self._section("notes", len(doc.notes), [*notes, Text()]) if notes else []),
        ]

    def event(self, doc: Doc, event: Event) -> list[Line]:
        """One event alone, with the title of its article."""
        return [*self._title(doc), *self._event(doc, event)]

    def _title(self, doc: Doc) -> list[Line]:
        title = printable(doc.title or doc.source_id)
        date = doc.published or f"{self.labels['date']} {self.labels['unknown']}"
        about = [doc.outlet or doc.url, date, self.names.get(doc.lang, doc.lang), *doc.bylines]
        shown = " · ".join(printable(part) for part in about if part)
        return [Text(title, self._style("bold")), Text(shown, self._style("dim")), Text()]

    def _section(self, label: str, count: int, lines: Sequence[Line]) -> list[Line]:
        heading = Text(f"{self.labels[label]} ({count})", self._style("bold underline"))
        return [heading, *(lines or [Text(f"  {self.labels['none_found']}"), Text()])]

    def _quote(self, doc: Doc, quote: Quote) -> list[Line]:
        speaker = quote.speaker
        actor = actor_of(doc, speaker) if speaker else None
        who = self._who(actor) if actor else Text(self.labels["unknown_speaker"])
        how = f" · {self.labels[quote.manner]} · {quote.score:.2f}"
        marks = [Mark(quote.span, "evidence")]
        marks += [Mark(quote.cue, "cue")] if quote.cue else []
        marks += [Mark(speaker.span, "actor")] if speaker and speaker.span else []
        window = _sentences(doc, quote.span)
        return [
            Text.assemble("  ", who, (how, self._style("dim"))),
            self._evidence(doc, window, marks),
            Text(),
        ]

    def _event(self, doc: Doc, event: Event) -> list[Line]:
        bold = self._style("bold")
        code = f"{event.type}/{event.mode}" if event.mode else event.type
        words = self.codebook.explain(event.type, event.mode, self.lang)
        how = f" · {self.labels[event.status]}{self._claim(doc, event)} · {event.score:.2f}"
        marks = [Mark(event.trigger, "evidence")]
        marks += [Mark(party.span, "actor") for party in event.actors if party.span]
        marks += [Mark(party.span, "recipient") for party in event.recipients if party.span]
        return [
            Text.assemble(
                "  ", (code, bold), f": {words}", (f" · {short(event.id)}", self._style("dim"))
            ),
            Text.assemble(
                "  ",
                self._side(doc, event.actors),
                " → " if event.recipients else "",
                self._side(doc, event.recipients) if event.recipients else "",
                (how, self._style("dim")),
            ),
            *self._proof(doc, event, marks),
            Text(),
        ]

    def _proof(self, doc: Doc, event: Event, marks: list[Mark]) -> list[Padding]:
        """The sentence that says it, and what else was asked for."""
        window = doc.sentences[event.sentence]
        if self.ask is None:
            return [self._evidence(doc, window, marks)]
        why = Why(self.codebook, self.lang, self.labels, self.colour)
        sentence = marked(doc.text, window, marks, colour=self.colour)
        return why.lines(doc, self.ask(doc, event.id), sentence)

    def _claim(self, doc: Doc, event: Event) -> str:
        quote = next((quote for quote in doc.quotes if quote.id == event.claimed_by), None)
        if quote is None:
            return ""
        actor = actor_of(doc, quote.speaker) if quote.speaker else None
        name = printable(actor.name) if actor else self.labels["unknown_speaker"]
        return f" · {self.labels['claimed_by']} {name}"

    def _side(self, doc: Doc, parties: tuple[Party, ...]) -> Text:
        actors = [actor_of(doc, party) for party in parties]
        unknown = Text(self.labels["unknown"], self._style("dim"))
        known = [self._who(actor) for actor in actors if actor]
        return Text(", ").join(known or [unknown])

    def _who(self, actor: Actor) -> Text:
        country = None if actor.country == "---" else actor.country
        beside = [printable(part) for part in (actor.office, country) if part]
        after = f" ({', '.join(beside)})" if beside else ""
        return Text.assemble((printable(actor.name), self._style("bold")), after)

    def _evidence(self, doc: Doc, window: Span, marks: list[Mark]) -> Padding:
        text = marked(doc.text, window, marks, colour=self.colour)
        return Padding(text, (0, 0, 0, 4), expand=False)

    def _style(self, style: str) -> str:
        return style if self.colour else ""


def _sentences(doc: Doc, span: Span) -> Span:
    """The stretch of whole sentences that a span touches."""
    touched = [sentence for sentence in doc.sentences if sentence.overlap(span)] or [span]
    return Span(touched[0].start, touched[-1].end)
