"""What stands around an article's paragraphs: headline, date, bylines above; notices below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kronik.steps.clean.dates import Published
from kronik.steps.clean.eyes import Byline, Eyes, address, ends_sentence, is_host
from kronik.steps.clean.headline import behind_label, locate, occurrences

_FEWEST_WORDS = 5
"""Words from which on a line that ends as a sentence is prose and no heading."""
_SHORTEST_SENTENCE = 3
"""Words from which on a line that ends as a sentence may be all of an article."""
_SURELY_PROSE = 240
_LONGEST_EXCLAIMED = 120
_HEADER = 12
"""Lines of a page within which the date of an article stands above its text."""
_LONGEST_NOTICE = 400
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\W{0,20}(?:\d{4}\W{0,20}){0,2}(?P<name>[^\W\d_][\w .]{2,38}?)"
    r"\s*(?:[.,|–-]\s|[.,]?$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says of itself, and its own paragraphs; unknown is ``None``."""

    body: tuple[str, ...] = ()
    """The paragraphs, without the dateline that the first one opens with."""
    dateline: str | None = None
    title: str | None = None
    published: Published | None = None
    bylines: tuple[str, ...] = ()
    outlet: str | None = None
    section: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """The paragraphs, taken from what opens the first and ends the last."""

    paragraphs: tuple[str, ...]
    opening: re.Match[str] | None = None
    signed: Byline | None = None


def host(url: str | None) -> str | None:
    """The site of an address, as outlets are known by: without ``www.``."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def article(
    lines: Sequence[str], eyes: Eyes, title: str | None = None, *, pure: bool = False
) -> Article:
    """Tell the article's own paragraphs from what stands above, between and below them.

    ``title`` is the headline where it is known from elsewhere; otherwise it is looked for, and
    what stands above it is taken for the site's. In ``pure`` lines, those of an extractor that
    hardly takes what is not the article's, short ones at the end are a part of it.
    """
    start = _start(lines, eyes)
    header = lines[:start]
    at = _titled_at(header, eyes, title)
    site, below_title = header[: at + 1], header[at + 1 :]
    end = _end(lines, start, site, eyes, pure=pure)
    kept = [*(line for line in below_title if _is_lead(line, eyes)), *lines[start:end]]
    text = _text(kept, site, eyes)
    around = [line for line in (*below_title, *lines[end:]) if not eyes.noise(line)]
    signed_around = [eyes.byline(line) for line in around]
    notices = [*header, *lines[end:]]
    url = next((found for line in notices if (found := _own_address(line, eyes))), None)
    return Article(
        body=text.paragraphs,
        dateline=text.opening and printed(text.opening),
        title=title or (header[at] if at >= 0 else _linked_title(header, eyes)),
        published=next((day for line in header if (day := eyes.date(line))), None),
        bylines=_names((*signed_around, text.signed), eyes),
        outlet=_outlet(notices, url, text.opening),
        url=url,
    )


def heading(lines: Sequence[str], eyes: Eyes) -> Article:
    """Date and bylines between a headline, the first of ``lines``, and the text below it; none
    where no text follows."""
    start = next((at for at in range(1, len(lines)) if _opens(lines, at, eyes)), 0)
    above = [line for line in lines[1:start] if not eyes.noise(line)]
    days = (eyes.date(line) or eyes.stamp(line) for line in above)
    return Article(
        published=next(filter(None, days), None),
        bylines=_names((eyes.byline(line) for line in above), eyes),
    )


def prose(lines: Sequence[str], eyes: Eyes) -> int:
    """How many characters of ``lines`` stand in sentences, and not in headings or links."""
    return sum(len(line) for line in lines if _is_prose(line, eyes))


def says_something(lines: Sequence[str], eyes: Eyes) -> bool:
    """Whether any of ``lines`` is a sentence, however short, or has the words of one."""
    return any(
        len(line.split()) >= (_SHORTEST_SENTENCE if ends_sentence(line) else _FEWEST_WORDS)
        for line in lines
        if not eyes.date(line)
    )


def _start(lines: Sequence[str], eyes: Eyes) -> int:
    """Where the text begins: with the first prose, unless that is a notice above the date."""
    opens = [at for at in range(len(lines)) if _opens(lines, at, eyes)]
    if not opens:
        return 0
    dated = max((at for at, line in enumerate(lines[:_HEADER]) if eyes.date(line)), default=-1)
    below = next((at for at in opens if at > dated), opens[0])
    notice = sum(map(len, lines[opens[0] : below]))
    return below if notice <= min(_LONGEST_NOTICE, sum(map(len, lines[below:])) / 2) else opens[0]


def _opens(lines: Sequence[str], at: int, eyes: Eyes) -> bool:
    """Whether the article's text begins here: with prose, or with a dateline before prose."""
    if _is_prose(lines[at], eyes):
        return True
    opening = eyes.dateline(lines[at])
    alone = opening is not None and opening.end() == len(lines[at])
    return alone and at + 1 < len(lines) and _is_prose(lines[at + 1], eyes)


def _is_prose(line: str, eyes: Eyes) -> bool:
    if len(line) <= _SURELY_PROSE and len(line.split()) < _FEWEST_WORDS:
        return False
    if eyes.noise(line) or eyes.date(line) or address(line):
        return False
    if signed := eyes.byline(line):
        line = line[: signed.start].rstrip()
    if len(line) > _SURELY_PROSE:
        return True
    if line.endswith(("?", "!", "...", "…")) and len(line) <= _LONGEST_EXCLAIMED:
        return False
    return ends_sentence(line) and len(line.split()) >= _FEWEST_WORDS


def _titled_at(header: Sequence[str], eyes: Eyes, title: str | None) -> int:
    """Where the headline stands (the last time, if more than once), or -1."""
    if title is None:
        at = locate(header, eyes)
        return -1 if at is None else at
    return max(occurrences(title, header), default=-1)


def _linked_title(header: Sequence[str], eyes: Eyes) -> str | None:
    return behind_label(header[0]) if header and eyes.noise(header[0]) else None


def _is_lead(line: str, eyes: Eyes) -> bool:
    """Whether a line between headline and text belongs to the text: no date, byline or label."""
    if len(line.split()) < _FEWEST_WORDS or address(line) or is_host(line):
        return False
    return not (eyes.noise(line) or eyes.date(line) or eyes.byline(line))


def _end(lines: Sequence[str], start: int, site: Sequence[str], eyes: Eyes, *, pure: bool) -> int:
    """Where the notices at the foot of the page begin."""
    end = len(lines)
    while end > start + 1 and (
        _is_notice(lines[end - 1], site, eyes) or not (pure or _is_text(lines[end - 1]))
    ):
        end -= 1
    return end


def _is_notice(line: str, site: Sequence[str], eyes: Eyes) -> bool:
    if eyes.noise(line) or eyes.date(line) or address(line) or _RIGHTS.match(line):
        return True
    signed = eyes.byline(line)
    return (signed is not None and signed.start == 0) or line in site


def _is_text(line: str) -> bool:
    """Whether a line may end a text: a sentence, or words enough and no list of labels."""
    return ends_sentence(line) or ("|" not in line and len(line.split()) >= _FEWEST_WORDS)


def _text(lines: Sequence[str], site: Sequence[str], eyes: Eyes) -> _Text:
    """The paragraphs, each once, without what a site strews between them."""
    own = [
        eyes.without_inserts(line)
        for line in lines
        if not (eyes.noise(line) or address(line) or line.isdecimal() or line in site)
    ]
    own = [line for line in dict.fromkeys(own) if line]
    signed = eyes.byline(own[-1]) if own else None
    if signed:
        own[-1] = own[-1][: signed.start].rstrip()
    opening, paragraphs = opened([line for line in own if line], eyes)
    return _Text(paragraphs, opening, signed)


def opened(lines: Sequence[str], eyes: Eyes) -> tuple[re.Match[str] | None, tuple[str, ...]]:
    """The dateline that the first of ``lines`` opens with or is, and the paragraphs without it."""
    opening = eyes.dateline(lines[0]) if lines else None
    if opening is None:
        return None, tuple(lines)
    rest = lines[0][opening.end() :]
    if not rest and len(lines) == 1:
        return None, tuple(lines)
    return opening, (*filter(None, (rest,)), *lines[1:])


def printed(opening: re.Match[str]) -> str | None:
    """Place and agency of a dateline as they stand there, without the dash behind them."""
    said = opening[0].strip(" \t,:|-–—")
    said = said.removesuffix(".") if said.endswith(").") else said
    return said if opening.groupdict().get("place") or opening.groupdict().get("outlet") else None


def _names(bylines: Iterable[Byline | None], eyes: Eyes) -> tuple[str, ...]:
    return eyes.people((name for byline in bylines if byline for name in byline.names), None)


def _own_address(line: str, eyes: Eyes) -> str | None:
    """The page's address on a line for itself; one behind the label of a link is another's."""
    found = address(line)
    bare = found is not None and line.strip("<>()[] ") == found
    return found if bare or not eyes.noise(line) else None


def _outlet(notices: Sequence[str], url: str | None, opening: re.Match[str] | None) -> str | None:
    """The site's name: from an address, the notice of rights, or the dateline ("Kabar.com")."""
    named = next((line.casefold().removeprefix("www.") for line in notices if is_host(line)), None)
    if found := named or host(url):
        return found
    rights = next((match["name"] for line in notices if (match := _RIGHTS.search(line))), None)
    written = opening.groupdict().get("outlet") if opening else None
    return rights or (written if written and "." in written else None)
