"""One page's way: the table of steps, and the one loop that puts their layers in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kronik.errors import KronikError, StepError
from kronik.kit import Kit
from kronik.steps import actors, clean, events, quotes, segment, tag
from kronik.steps.clean import Overrides
from kronik.types import Doc, Page


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
    """Read one page. Raises ``InputError`` for a page that cannot be read, with its reason.

    ``overrides`` are what the caller knows better than the page: its date, its language.
    """
    return annotate(clean.article(page, kit, overrides), kit)


def annotate(doc: Doc, kit: Kit) -> Doc:
    """Run every step after ``clean``; a step that breaks is named with the document it broke on."""
    for step in STEPS:
        try:
            doc = replace(doc, **{step.layer: step.run(doc, kit)})
        except KronikError:
            raise
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            what = f"{type(error).__name__}: {error}"
            raise StepError(step.name, what, where=doc.source_id) from error
    return doc
