"""``article``: each kind of page is read by its reader, and what it says put into a ``Doc``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kronik.errors import EmptyInput, InputError, NoArticle, TooLarge, UnknownLanguage
from kronik.kit import Kit
from kronik.lang import Pack
from kronik.steps.clean import dates, layout, record
from kronik.steps.clean.addresses import canonical
from kronik.steps.clean.dates import Published
from kronik.steps.clean.encoding import decode, legible, served
from kronik.steps.clean.eyes import Eyes
from kronik.steps.clean.language import identify, tagged
from kronik.steps.clean.layout import Article
from kronik.steps.clean.wrap import paragraphs
from kronik.types import Doc, Lang, Note, Page, stable_id

if TYPE_CHECKING:
    from kronik.steps.clean.html import Web
    from kronik.steps.clean.paging import Part

_LONG = 60
"""Characters from which on a line is running text, most likely."""
_TOLD_BY = 200
"""Characters from which on a text tells its language."""
_LONGEST_OPENING = 200
"""Characters of a record within which its dateline ends."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the caller knows better than the page: a date (ISO 8601) and a language's code.

    ``reading`` tells the ids of a later reading of the same page from those of the first.
    """

    published: str | None = None
    lang: Lang | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """An article, its language, and what it says for a date where that is no date."""

    article: Article
    lang: Lang
    misdated: str = ""
    notes: tuple[Note, ...] = ()
    part: Part | None = None


def article(page: Page, kit: Kit, overrides: Overrides | None = None) -> Doc:
    """The article of a page, with its text and nothing coded yet.

    The text of a JSONL record stays as it is; that of other pages is its paragraphs, a line
    each, without what cannot be seen. Raises ``InputError``: ``EmptyInput``, ``NoArticle``,
    ``TooLarge``, ``BadRecord`` or ``UnknownLanguage``, or for an override that is no date.
    """
    overrides = overrides or Overrides()
    reader = _READERS.get(page.media_type)
    if reader is None:
        remedy = f"known are {', '.join(_READERS)}"
        raise InputError(f"no reader for {page.media_type}", where=page.place, remedy=remedy)
    read = reader(page, kit, overrides.lang)
    found = read.article
    if not found.body:
        remedy = "check that it shows the article; its text alone can be given as plain text"
        raise NoArticle("no article found", where=page.place, remedy=remedy)
    published = _overridden(overrides, kit, page.place) or found.published
    url = page.url or found.url
    return Doc(
        id=stable_id("a", page.id, *filter(None, [overrides.reading])),
        page_id=page.id,
        source_id=page.origin,
        text="\n".join(found.body),
        lang=read.lang,
        title=found.title,
        bylines=found.bylines,
        published=published.value if published else None,
        published_precision=published.precision if published else None,
        url=url,
        canonical=_canonical(page.url, found.url, read.part),
        outlet=found.outlet or layout.host(url),
        section=found.section,
        dateline=found.dateline,
        notes=read.notes if published else (*read.notes, _undated(read.misdated, kit)),
    )


def _record(page: Page, kit: Kit, lang: Lang | None) -> _Read:
    read = record.read(page.body, page.place)
    _hold_limit(read.text, kit, page.place)
    known = lang or (read.lang and tagged(read.lang, kit.packs))
    code = _language(read.text, kit, known, page.place)
    notes = () if known or not read.lang else (_mistagged(read.lang, code),)
    said = "" if read.published is None else str(read.published)
    packs = _packs(kit, code)
    opening = Eyes(packs).dateline(read.text.lstrip()[:_LONGEST_OPENING])
    about = Article(
        (read.text,),
        dateline=opening and layout.printed(opening),
        title=read.title,
        published=dates.parse(said, packs),
        outlet=read.outlet,
        url=read.url,
    )
    return _Read(about, code, said, notes)


def _plain(page: Page, kit: Kit, lang: Lang | None) -> _Read:
    text = _characters(page)
    _hold_limit(text, kit, page.place)
    code = _language(text, kit, lang, page.place)
    eyes = Eyes(_packs(kit, code))
    found = layout.article(paragraphs(text, eyes.stands_alone), eyes)
    if not layout.says_something(found.body, eyes):
        remedy = "give the article's text; what is meant to be that short can be given as JSONL"
        raise NoArticle("no sentence of an article in it", where=page.place, remedy=remedy)
    return _Read(found, code)


def _web(page: Page, kit: Kit, lang: Lang | None) -> _Read:
    # Text needs none of it, and it takes a third of a second to load.
    from kronik.steps.clean import html, paging, webpage  # noqa: PLC0415

    web = html.read(_characters(page), page.place, page.url)
    if not web.everything:
        return _Read(Article(), "")
    packs = _packs(kit, _language(_running(web), kit, lang, page.place))
    eyes = _eyes(web, packs)
    found = webpage.article(web, eyes)
    _hold_limit("\n".join(found.body), kit, page.place)
    part = paging.part(web.tree, page.url, web.declared.url)
    notes = (Note("clean", str(part)),) if part else ()
    return _Read(found, packs[0].code, webpage.undated(web, eyes), notes, part)


_READERS: Mapping[str, Callable[[Page, Kit, Lang | None], _Read]] = {
    "text/html": _web,
    "text/plain": _plain,
    "application/x-kronik-record+json": _record,
}


def _characters(page: Page) -> str:
    text = legible(decode(page.body, served(page.fetch)))
    if not text.strip():
        remedy = "give a page with an article in it"
        raise EmptyInput("nothing in it", where=page.place, remedy=remedy)
    return text


def _hold_limit(text: str, kit: Kit, where: str) -> None:
    if len(text) > (most := kit.settings.max_chars):
        what = f"a text of {len(text):,} characters, and no article has more than {most:,}"
        remedy = "give one article a file, or many as JSONL"
        raise TooLarge(what, where=where, remedy=remedy)


def _language(text: str, kit: Kit, given: Lang | None, where: str) -> Lang:
    if not given:
        return identify(text, kit.packs, where)
    if code := tagged(given, kit.packs):
        return code
    remedy = f"known are {', '.join(kit.packs)}"
    raise UnknownLanguage(f"no pack for language {given!r}", where=where, remedy=remedy)


def _eyes(web: Web, packs: tuple[Pack, ...]) -> Eyes:
    if web.site is None:
        return Eyes(packs, outlet=web.declared.site)
    outlet = web.declared.site or web.site.outlet
    return Eyes(packs, web.site.noise, web.site.dateline, outlet)


def _running(web: Web) -> str:
    """Text to tell a page's language by: its article, or its long lines, or all of them."""
    long = [line.text for line in web.everything if len(line.text) >= _LONG and not line.linked]
    ways = (web.body or (), long, [line.text for line in web.everything])
    texts = ["\n".join(lines) for lines in ways]
    return next((text for text in texts if len(text) >= _TOLD_BY), texts[-1])


def _canonical(fetched: str | None, declared: str | None, part: Part | None) -> str | None:
    """The declared address first; but later pages of an article declare the first one's."""
    later = part is not None and part.number > 1
    return canonical((fetched or declared) if later else (declared or fetched))


def _packs(kit: Kit, first: Lang) -> tuple[Pack, ...]:
    """All packs, the article's own first: sites put other languages around an article."""
    return kit.pack(first), *(pack for code, pack in kit.packs.items() if code != first)


def _overridden(overrides: Overrides, kit: Kit, where: str) -> Published | None:
    if overrides.published is None:
        return None
    if given := dates.parse(overrides.published, tuple(kit.packs.values())):
        return given
    what = f"{overrides.published!r} is no date of publication"
    raise InputError(what, where=where, remedy="write it as 2015-11-27, 2015-11 or 2015")


def _mistagged(tag: str, code: Lang) -> Note:
    return Note("clean", f"no pack for language {tag[:80]!r}: by its words the text is {code!r}")


def _undated(said: str, kit: Kit) -> Note:
    if not said:
        return Note("clean", "no date of publication found on the page")
    counted = Eyes(tuple(kit.packs.values())).reckoned(said)
    why = "counts from when the page was looked at" if counted else "is not one, or could be two"
    return Note("clean", f"no date of publication: {said[:80]!r} {why}")
