"""One page's way: the table of steps, and the one loop that puts their layers in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from kronik.errors import KronikError, StepError
from kronik.kit import Kit
from kronik.steps import actors, clean, events, quotes, segment, tag
from kronik.steps.clean import Overrides
from kronik.types import Doc, Page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Least:
    """The least scores of what is kept."""

    event: float
    quote: float


@dataclass(frozen=True, slots=True)
class Step:
    """A function of the document so far, and the layer of ``Doc`` that it alone fills."""

    name: str
    layer: str
    run: Callable[[Doc, Kit], Any]


STEPS: tuple[Step, ...] = (
    Step("segment", "sentences", segment.sentences),
    Step("tag", "marks", tag.marks),
    Step("quotes", "quotes", quotes.quotes),
    Step("events", "events", events.events),
    Step("actors", "mentions", actors.mentions),
)


def code(page: Page, kit: Kit, overrides: Overrides | None = None) -> Doc:
    """Read one page. Raises ``InputError`` for a page that cannot be read, with its reason, and
    ``StepError`` for one that a step broke on.

    ``overrides`` are what the caller knows better than the page: its date, its language.
    """
    doc = _guarded("clean", page.place, partial(clean.article, page, kit, overrides))
    return annotate(doc, kit)


def annotate(doc: Doc, kit: Kit) -> Doc:
    """Run every step after ``clean``; a step that breaks is named with the document it broke on."""
    for step in STEPS:
        layer = _guarded(step.name, doc.source_id, partial(step.run, doc, kit))
        doc = replace(doc, **{step.layer: layer})
    asked, at = kit.settings.min_score, kit.net.card.thresholds
    least = Least(at.event, at.quote) if asked is None else Least(asked, asked)
    return sure(doc, least)


def sure(doc: Doc, least: Least) -> Doc:
    """The document without quotes and events below a score.

    A quote in which a kept event is claimed stays whatever its score: without it, the claim
    would read as the article's own word.
    """
    kept = tuple(event for event in doc.events if event.score >= least.event)
    claims = {event.claimed_by for event in kept}
    told = tuple(q for q in doc.quotes if q.score >= least.quote or q.id in claims)
    return replace(doc, events=kept, quotes=told)


def _guarded(name: str, where: str, run: Callable[[], T]) -> T:
    try:
        return run()
    except KronikError:
        raise
    # A bug of ours, or of a library's, may cost one page, never the batch.
    except Exception as error:
        raise StepError(name, f"{type(error).__name__}: {error}", where=where) from error
