"""A web page's article: its paragraphs under what the page declares and shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kronik.steps.clean import clutter, dates, html, layout
from kronik.steps.clean.dates import Published
from kronik.steps.clean.eyes import Eyes, letters
from kronik.steps.clean.headline import locate, occurrences
from kronik.steps.clean.html import Way, Web
from kronik.steps.clean.layout import Article

_DOUBTED = 200
"""Characters of an extraction below which all lines of its page are looked at too."""
_SHARE = 0.5
"""Share of the page's prose below which a quick extraction may be what stands beside."""
_MORE = 1.2
_STOPS = (".", ".”", '."', ".'", ".)")
"""How a line ends that is a sentence, though all of it is a link; others are other stories."""
_LONGEST_SECTION = 60
_MOST_LINKS = 3
_HEAD = 10
"""Lines of a page for the printer among which its date is."""
_TEASER = 5
"""Words from which on a linked line is a headline."""
_ALIKE = 0.4
"""Share of words that a headline has in common with what the page is declared to be."""
_NEAR = 25
"""How many lines below the headline its date and its writers are looked for."""
_SIGNED = 6
"""How many lines below the text its writers are looked for."""
_LABEL_ALONE = re.compile(r"\n:")
"""Between a label and its name, where they are cells of a table."""
_CREDIT = re.compile(r"\s*[(\[][^()\[\]]{2,80}[)\]]\.?$")


def article(web: Web, eyes: Eyes) -> Article:
    """The article of a parsed page; its body is empty where there is none."""
    said, everything = web.declared, [line.text for line in web.everything]
    story = _story(web, everything, eyes)
    title = web.shown.title or _headline(web) or said.title or story.title
    title = title or _located(story, everything, eyes) or said.window
    if web.body is None:
        story = _with_opening(story, everything, eyes, title)
    below = _below_title(everything, eyes, title)
    outlet = said.site or (web.site and web.site.outlet) or story.outlet
    sources = (said.authors, web.shown.bylines, below.bylines)
    writers = next((names for some in sources if (names := eyes.people(some, outlet))), None)
    if writers is None:
        writers = eyes.people(html.bylines(web), outlet)
    signed = eyes.people((*story.bylines, *_signed_below(story, everything, eyes)), outlet)
    return replace(
        story,
        title=title,
        published=_published(web, eyes, below, story),
        bylines=_once((*writers, *signed)),
        outlet=outlet,
        section=said.section or _section(web, (title, outlet)),
        url=said.url or story.url,
    )


def _headline(web: Web) -> str | None:
    """The page's only heading of the first rank, if it says about what the page is declared to be:
    what is declared is often a shorter one, made for search engines."""
    headings = [" ".join(h1.text_content().split()) for h1 in web.tree.iter("h1")]
    full = [text for text in headings if len(text.split()) >= _TEASER]
    declared = set((web.declared.title or web.declared.window or "").casefold().split())
    if len(full) != 1:
        return None
    shared = declared & set(full[0].casefold().split())
    return full[0] if len(shared) >= _ALIKE * min(len(declared), len(full[0].split())) else None


def _section(web: Web, other: Sequence[str | None]) -> str | None:
    """The last step of the way to the article that is not called like the article or the site."""
    others = {letters(name) for name in other if name}
    steps = (step for step in reversed(html.sections(web)) if len(step) <= _LONGEST_SECTION)
    return next((step for step in steps if letters(step) not in others), None)


def _once(names: Sequence[str]) -> tuple[str, ...]:
    """Each name once, as it is written first."""
    firsts: dict[str, str] = {}
    for name in names:
        firsts.setdefault(letters(name), name)
    return tuple(firsts.values())


def undated(web: Web, eyes: Eyes) -> str:
    """What stands in the place of a date, on a page that has none that is one."""
    said = web.declared.published or web.shown.date
    return said or next((line.text for line in web.everything if eyes.reckoned(line.text)), "")


def _story(web: Web, everything: Sequence[str], eyes: Eyes) -> Article:
    """The article by the strictest extraction that gives one: a doubted one yields to the next
    if that has more prose. An article without a sentence is none."""
    if web.body and all(eyes.noise(line) for line in web.body):
        # Of a page of pictures, captions are all the article there is.
        return Article(body=tuple(dict.fromkeys(_CREDIT.sub("", line) for line in web.body)))
    links = {line.text for line in web.everything if line.linked}
    page = layout.prose([line for line in everything if line not in links], eyes)
    best, most = Article(), 0
    for extracted, share in _extractions(web, everything, eyes):
        own = [line for line in extracted if not _is_teaser(line, links)]
        named = web.declared.title or web.shown.title
        pure = extracted is not everything and not eyes.packs[0].cluttered
        found = layout.article(own, eyes, named, pure=pure)
        prose = layout.prose(found.body, eyes)
        if prose > _MORE * most and (not most or 2 * prose > sum(map(len, found.body))):
            best, most = found, prose
        if most and (extracted is web.body or most >= max(_DOUBTED, share * page)):
            break
    return best


def _extractions(
    web: Web, everything: Sequence[str], eyes: Eyes
) -> Iterator[tuple[Sequence[str], float]]:
    """The lines of the article, the surest first, each worked out only when asked for; and the
    share of the page's prose from which on they are not doubted."""
    if web.body is not None:
        yield web.body, 0
    tree, precise = clutter.without(web.tree), eyes.packs[0].cluttered
    yield html.extracted(tree, web, Way(precise=precise, quick=True)), _SHARE
    yield html.extracted(tree, web, Way(precise=precise, quick=False)), 0
    yield html.extracted(tree, web, Way(precise=not precise, quick=True)), 0
    yield everything, 0


def _is_teaser(line: str, links: Collection[str]) -> bool:
    """Whether a line leads to another story: all of it is a link, and it is no sentence."""
    return line in links and not line.endswith(_STOPS) and len(line.split()) >= _TEASER


def _with_opening(
    story: Article, everything: Sequence[str], eyes: Eyes, title: str | None
) -> Article:
    """The article with the sentences that stand on the page between headline and its first line:
    extractors lose an opening that is no paragraph by its tags."""
    above = _above(story.body, everything)
    titled = max(occurrences(title, above), default=None) if title else None
    if titled is None:
        return story
    lost = [line for line in above[titled + 1 :] if layout.prose((line,), eyes)]
    own = [line for line in lost if not eyes.byline(line)]
    last = eyes.dateline(above[-1])
    if not own and not story.dateline and last and last.end() == len(above[-1]):
        return replace(story, dateline=layout.printed(last))
    opening, paragraphs = layout.opened((*own, *story.body), eyes)
    dateline = layout.printed(opening) if opening else story.dateline
    return replace(story, body=paragraphs, dateline=dateline)


def _above(body: Sequence[str], everything: Sequence[str]) -> Sequence[str]:
    """The lines of the page right above the first of ``body``, which may have lost its dateline."""
    first = next((at for at, line in enumerate(everything) if body and line.endswith(body[0])), 0)
    return everything[max(0, first - _NEAR) : first]


def _located(story: Article, everything: Sequence[str], eyes: Eyes) -> str | None:
    """The headline among the lines above the text, where a date tells which it is."""
    above = _above(story.body, everything)
    at = locate(above, eyes) if any(eyes.date(line) for line in above) else None
    return None if at is None else above[at]


def _below_title(everything: Sequence[str], eyes: Eyes, title: str | None) -> Article:
    """Date and bylines right below the headline, where it stands above the text."""
    if title is None:
        return Article()
    places = occurrences(title, everything)
    headings = (layout.heading(everything[at : at + _NEAR], eyes) for at in places)
    return next((found for found in headings if found.published or found.bylines), Article())


def _signed_below(story: Article, everything: Sequence[str], eyes: Eyes) -> Sequence[str]:
    """Initials and labelled names right below the text: extractors take them for scraps."""
    last = story.body[-1] if story.body else None
    ends = (at for at, line in enumerate(everything) if last and line.startswith(last))
    end = next(ends, len(everything)) + 1
    below = _LABEL_ALONE.sub(":", "\n".join(everything[end : end + _SIGNED])).split("\n")
    signed = (eyes.byline(line) for line in below if not eyes.noise(line))
    return [name for found in signed if found and found.start == 0 for name in found.names]


def _published(web: Web, eyes: Eyes, below: Article, story: Article) -> Published | None:
    said = web.declared.published or ""
    declared = dates.parse(said, eyes.packs)
    found = dates.find(web.shown.date or "", eyes.packs)
    shown = (found and found.published) or below.published or story.published
    if declared and shown and dates.is_elsewhere(said) and dates.are_next(declared, shown):
        # The day in Greenwich; where the paper comes out it is another.
        return shown
    return declared or shown or _above_all(web, eyes) or dates.parse(html.dated(web), eyes.packs)


def _above_all(web: Web, eyes: Eyes) -> Published | None:
    """The date among the first lines of a page for the printer: without a menu, it is no page of a
    site, which has the day that it was looked at there."""
    if sum(line.linked for line in web.everything) > _MOST_LINKS:
        return None
    days = (eyes.date(line.text) for line in web.everything[:_HEAD])
    return next(filter(None, days), None)
