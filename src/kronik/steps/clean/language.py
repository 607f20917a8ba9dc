"""Which language a text is in: its small words tell, and words that only its lookalikes use;
or what language a tag means."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kronik.errors import UnknownLanguage
from kronik.lang import Pack
from kronik.types import Lang

_LOOKED_AT = 8_000
_SURE = 0.12
"""Share of function words from which on nothing else is asked: running text has twice that."""
_KNOWN = 0.5
"""Share of the words of a short text that its language's dictionary must know."""
_FOREIGN = 0.5
"""Share of letters beyond Latin from which on a text is in another script."""
_SUBTAGS = re.compile(r"[-_.]")
Words = Counter[str]
"""The words of a text in small letters, and how often each stands there."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Stranger:
    """A language that Kronik does not read, known only well enough to be named."""

    name: str
    words: frozenset[str]


def identify(text: str, packs: Mapping[Lang, Pack], where: str) -> Lang:
    """The language of ``text``, one of ``packs``.

    Raises ``UnknownLanguage``, which names the language or the script where it can be told.
    """
    text = text[:_LOOKED_AT]
    if script := _foreign_script(text):
        raise _unknown(f"the text is in {script} script", packs, where)
    words = Counter(word.casefold() for word in _WORD.findall(text))
    shares = {code: _share(words, pack.function_words) for code, pack in packs.items()}
    best = max(shares, key=lambda code: shares[code])
    if other := _lookalike(words, packs[best]) or _stranger(words, shares[best]):
        name = strangers()[other].name if other in strangers() else other
        raise _unknown(f"the text looks like {name} ({other})", packs, where)
    return best if shares[best] >= _SURE else _by_dictionary(text, packs, where)


def tagged(tag: str, packs: Mapping[Lang, Pack]) -> Lang | None:
    """The one of ``packs`` that a language tag means ("id-ID", "en_US", "eng"), if any."""
    primary = _SUBTAGS.split(tag.strip().casefold())[0]
    code = aliases().get(primary, primary)
    return code if code in packs else None


@cache
def aliases() -> Mapping[str, Lang]:
    """The table ``tags.tsv``: other codes of ISO 639, today's and former ones."""
    table = files(__package__).joinpath("tags.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in table.splitlines()[1:])


@cache
def strangers() -> Mapping[Lang, Stranger]:
    """The table ``languages.tsv``."""
    table = files(__package__).joinpath("languages.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {code: Stranger(name, frozenset(words.split())) for code, name, words in rows}


def _share(words: Words, listed: Collection[str]) -> float:
    found = sum(count for word, count in words.items() if word in listed)
    return found / max(1, words.total())


def _lookalike(words: Words, pack: Pack) -> Lang | None:
    """The language whose own words outnumber those that only ``pack`` has, if any does by more
    than one word: that may be a name."""
    counts: Counter[Lang] = Counter()
    kinds: Counter[Lang] = Counter()
    for word, count in words.items():
        if word in pack.lookalikes:
            counts[pack.lookalikes[word]] += count
            kinds[pack.lookalikes[word]] += 1
    own = sum(count for word, count in words.items() if word in pack.distinctive)
    common = counts.most_common(1)
    return next((code for code, count in common if count > own and kinds[code] > 1), None)


def _stranger(words: Words, least: float) -> Lang | None:
    """The language whose small words are a larger part of the text than ``least``."""
    shares = {code: _share(words, other.words) for code, other in strangers().items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] > max(least, _SURE) else None


def _foreign_script(text: str) -> str | None:
    letters = [char for char in text if char.isalpha()]
    beyond = [char for char in letters if char > "\u024f"]
    if not letters or len(beyond) < _FOREIGN * len(letters):
        return None
    scripts = Counter(unicodedata.name(char, "another").split()[0] for char in beyond)
    return scripts.most_common(1)[0][0].title()


def _by_dictionary(text: str, packs: Mapping[Lang, Pack], where: str) -> Lang:
    """The language whose dictionary knows most of a text with few function words."""
    from simplemma import langdetect  # noqa: PLC0415  # a quarter second that few pages need

    found = {code: share for code, share in langdetect(text, lang=tuple(packs)) if code in packs}
    known = max(found.values(), default=0.0)
    best = [code for code, share in found.items() if share == known >= _KNOWN]
    if len(best) != 1:
        raise _unknown("the language of the text cannot be told", packs, where)
    return best[0]


def _unknown(what: str, packs: Mapping[Lang, Pack], where: str) -> UnknownLanguage:
    known = " or ".join(f"--lang {code}" for code in packs)
    return UnknownLanguage(what, where=where, remedy=f"if that is wrong, say {known}")
