"""What a cleaned page is worth: its body by tokens, its title, day, bylines, and must-haves.

Tokens are runs of letters and digits (``\\w+``), as in the article extraction benchmark of
Scrapinghub (now Zyte). A body is compared as a bag: every token counts as often as it stands
there. That benchmark itself compares shingles of four tokens in a row, each page weighing the
same; this is told beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import fmean

from eval.readers.pages import Article, Segments
from eval.score.tally import Tallies, Tally, middle, multiset, resamples, share

TOKEN = re.compile(r"\w+")
SHINGLE = 4
FIELDS: Mapping[str, str] = {
    "title": "title",
    "date": "published",
    "byline": "bylines",
    "dateline": "dateline",
    "section": "section",
    "canonical": "canonical",
}
"""What a page says besides its text: the figure, and the field that it is of."""
_QUOTES = str.maketrans("“”„«»‘’‚`´–—", "\"\"\"\"\"'''''--")
_SEPARATED = re.compile(r"\s*[|/;&]\s*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What somebody made of a page; ``None`` is unknown, or not told by this reader."""

    text: str = ""
    title: str | None = None
    published: str | None = None
    bylines: tuple[str, ...] = ()
    dateline: str | None = None
    section: str | None = None
    canonical: str | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of a text that the other has not."""

    lost: bool
    words: str


def tokens(text: str) -> list[str]:
    """The words of a text."""
    return TOKEN.findall(unicodedata.normalize("NFKC", text))


def shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every four words in a row; of fewer, the one row that they are."""
    last = max(1, len(words) - SHINGLE + 1)
    return (tuple(words[at : at + SHINGLE]) for at in range(last if words else 0))


def score(found: Cleaned, gold: Article | Segments, *, fields: bool = True) -> Tallies:
    """The tallies of one page: of its body, and with ``fields`` of what else it says."""
    if isinstance(gold, Segments):
        return segments(found, gold)
    return body(found, gold) | (about(found, gold) if fields else {})


def body(found: Cleaned, gold: Article) -> dict[str, Tally]:
    """Tokens and shingles of the article's text."""
    told, wanted = tokens(found.text), tokens("\n".join(gold.body))
    return {
        "tokens": multiset(told, wanted),
        "shingles": multiset(shingles(told), shingles(wanted)),
    }


def about(found: Cleaned, gold: Article) -> dict[str, Tally]:
    """Whether title, day, bylines and the rest are right, as far as gold tells them."""
    right = {
        "title": same(found.title, gold.title),
        "date": (found.published or "")[:10] == (gold.published or ""),
        "byline": None if gold.bylines is None else _signed(found.bylines, gold),
    }
    for name in ("dateline", "section", "canonical"):
        wanted = getattr(gold, name)
        right[name] = None if wanted is None else same(getattr(found, name), wanted)
    return {name: share([verdict]) for name, verdict in right.items() if verdict is not None}


def segments(found: Cleaned, gold: Segments) -> dict[str, Tally]:
    """As trafilatura's evaluation counts: each stretch is in the text, or is not."""
    wanted = [stretch in found.text for stretch in gold.wanted]
    unwanted = [stretch in found.text for stretch in gold.unwanted]
    return {
        "segments": Tally(sum(wanted), sum(wanted) + sum(unwanted), len(wanted)),
        "accuracy": share([*wanted, *(not there for there in unwanted)]),
    }


def same(left: str | None, right: str | None) -> bool:
    """Whether two titles are the same but for case, spaces and the kind of quotation marks."""
    return _bare(left) == _bare(right)


def figures(pages: Sequence[Tallies]) -> dict[str, float | None]:
    """Every figure of a set.

    ``tokens``: over all pages together. ``pages``: the mean of the pages' own. ``shingles``: with
    each page weighing the same, as in the benchmark.
    """
    found: dict[str, float | None] = {}
    for name, tallies in _by_name(pages).items():
        if name == "tokens":
            found |= _sides(name, sum(tallies, Tally()))
            found |= _mean("pages", tallies)
        elif name == "shingles":
            found["shingles.f1"] = _weighed(tallies)
        elif name == "segments":
            found |= _sides(name, sum(tallies, Tally()))
        else:
            found[name] = sum(tallies, Tally()).f1
    return found


def intervals(pages: Sequence[Tallies]) -> dict[str, tuple[float, float]]:
    """95 % interval of every figure: percentiles over resamples of whole pages."""
    drawn: dict[str, list[float]] = {}
    if len(pages) < 2:
        return {}
    for weights in resamples(len(pages)):
        again = [page for page, times in zip(pages, weights, strict=True) for _ in range(times)]
        for name, value in figures(again).items():
            if value is not None:
                drawn.setdefault(name, []).append(value)
    return {name: middle(values) for name, values in drawn.items()}


def differences(found: str, gold: str) -> Iterator[Difference]:
    """What was lost of the gold and what is too many, in order, each as it is written."""
    left, right = _placed(found), _placed(gold)
    matcher = SequenceMatcher(None, [w for w, _ in left], [w for w, _ in right], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal" and c < d:
            yield Difference(True, _written(gold, right[c:d]))
        if what != "equal" and a < b:
            yield Difference(False, _written(found, left[a:b]))


def _placed(text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(match[0], match.span()) for match in TOKEN.finditer(text)]


def _written(text: str, words: Sequence[tuple[str, tuple[int, int]]]) -> str:
    return " ".join(text[words[0][1][0] : words[-1][1][1]].split())


def _bare(text: str | None) -> str:
    plain = unicodedata.normalize("NFKC", text or "").translate(_QUOTES)
    return " ".join(plain.casefold().split())


def _signed(found: Iterable[str], gold: Article) -> bool:
    """Whether everyone who wrote is named, and nobody who does not stand there."""
    named = {_bare(part) for name in found for part in _SEPARATED.split(name)}
    wrote = {_bare(name) for name in gold.bylines or ()}
    return wrote <= named <= wrote | {_bare(name) for name in gold.also}


def _by_name(pages: Sequence[Tallies]) -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = {}
    for page in pages:
        for name, tally in page.items():
            found.setdefault(name, []).append(tally)
    return found


def _sides(name: str, tally: Tally) -> dict[str, float | None]:
    return {
        f"{name}.precision": tally.precision,
        f"{name}.recall": tally.recall,
        f"{name}.f1": tally.f1,
    }


def _mean(name: str, tallies: Sequence[Tally]) -> dict[str, float | None]:
    """Means over pages; a page of which nothing was read has a precision of 0."""
    sides: Mapping[str, Callable[[Tally], float | None]] = {
        "precision": lambda tally: tally.precision,
        "recall": lambda tally: tally.recall,
        "f1": lambda tally: tally.f1,
    }
    return {
        f"{name}.{side}": fmean(of(tally) or 0.0 for tally in tallies) for side, of in sides.items()
    }


def _weighed(tallies: Sequence[Tally]) -> float | None:
    """F1 of hits, misses and surplus that add up to 1 on each page."""
    sizes = [tally.gold + tally.predicted - tally.hit for tally in tallies]
    hits = sum(t.hit / size for t, size in zip(tallies, sizes, strict=True) if size)
    pages = sum(size > 0 for size in sizes)
    return 2 * hits / (hits + pages) if pages else None
