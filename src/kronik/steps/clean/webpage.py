"""A web page's article: trafilatura's paragraphs under what the page declares and shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kronik.steps.clean import dates, html, layout
from kronik.steps.clean.dates import Published
from kronik.steps.clean.eyes import Eyes
from kronik.steps.clean.headline import locate, occurrences
from kronik.steps.clean.html import Web
from kronik.steps.clean.layout import Article

_DOUBTED = 200
"""Characters of an extraction below which all lines of its page are looked at too."""
_MOST_LINES = 3_000
_NEAR = 25
"""How many lines below the headline its date and its writers are looked for."""


def article(web: Web, eyes: Eyes) -> Article:
    """The article of a parsed page; its body is empty where there is none."""
    said, everything = web.declared, lines(web.everything)
    story = _story(web, everything, eyes)
    title = said.title or story.title or _located(story, everything, eyes) or said.window
    shown = _shown(everything, eyes, title)
    writers = shown.bylines or said.authors
    return replace(
        story,
        body=_with_opening(story.body, everything, eyes, title),
        title=title,
        published=_published(web, eyes, shown, story),
        bylines=tuple(dict.fromkeys((*writers, *story.bylines))),
        outlet=said.site or story.outlet,
        url=said.url or story.url,
    )


def lines(text: str) -> list[str]:
    """The lines of a text that are not blank, stripped; no more than any article has."""
    return [line.strip() for line in text.split("\n") if line.strip()][:_MOST_LINES]


def _story(web: Web, everything: Sequence[str], eyes: Eyes) -> Article:
    """The article by the strictest extraction that gives one: a doubted one yields to the next
    if that has much more prose. An article without a sentence is none."""
    best, most = Article(), 0
    for extracted in _extractions(web, everything):
        found = layout.article(extracted, eyes, web.declared.title)
        prose = layout.prose(found.body, eyes)
        if prose > 2 * most and (not most or 2 * prose > sum(map(len, found.body))):
            best, most = found, prose
        if most >= _DOUBTED:
            break
    return best


def _extractions(web: Web, everything: Sequence[str]) -> Iterator[Sequence[str]]:
    """The lines of the article, the surest first; each is worked out only when asked for."""
    yield lines(web.story)
    yield lines(html.loosely(web))
    yield everything


def _with_opening(
    body: tuple[str, ...], everything: Sequence[str], eyes: Eyes, title: str | None
) -> tuple[str, ...]:
    """The body with the sentences that stand on the page between headline and its first line:
    extractors lose an opening that is no paragraph by its tags."""
    above = _above(body, everything)
    if title is None:
        return body
    titled = max(occurrences(title, above), default=None)
    if titled is None:
        return body
    lost = (line for line in above[titled + 1 :] if layout.prose((line,), eyes))
    return (*(line for line in lost if not eyes.byline(line)), *body)


def _above(body: Sequence[str], everything: Sequence[str]) -> Sequence[str]:
    """The lines of the page right above the first of ``body``."""
    first = everything.index(body[0]) if body and body[0] in everything else 0
    return everything[max(0, first - _NEAR) : first]


def _located(story: Article, everything: Sequence[str], eyes: Eyes) -> str | None:
    """The headline among the lines above the text, where a date tells which it is."""
    above = _above(story.body, everything)
    at = locate(above, eyes) if any(eyes.date(line) for line in above) else None
    return None if at is None else above[at]


def _shown(everything: Sequence[str], eyes: Eyes, title: str | None) -> Article:
    """Date and bylines right below the headline, where it stands above the text."""
    if title is None:
        return Article()
    places = occurrences(title, everything)
    headings = (layout.heading(everything[at : at + _NEAR], eyes) for at in places)
    return next((found for found in headings if found.published or found.bylines), Article())


def _published(web: Web, eyes: Eyes, shown: Article, story: Article) -> Published | None:
    declared = dates.parse(web.declared.published or "", eyes.packs)
    if found := declared or shown.published or story.published:
        return found
    return dates.parse(html.dated(web) or "", eyes.packs)
