"""Who said what: quotes of one article against gold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from eval.nouns import Party, Quote, Reading
from eval.score.match import jaccard, of_longer, pair, touches
from eval.score.tally import Tallies, Tally, share
from kronik.types import Span

ENOUGH = 0.5
"""Contents match from this overlap on."""
WORD = re.compile(r"\w+")

Matched = tuple[Quote, Quote]


def score(gold: Reading, predicted: Reading) -> Tallies:
    """Every figure on quotes."""
    matched = match(gold.quotes, predicted.quotes)
    speakers = [speaker_right(p.speaker, g.speaker) for p, g in matched]
    sizes = len(predicted.quotes), len(gold.quotes)
    return {
        "quotes.f1": Tally(len(matched), *sizes),
        "quotes.of_longer_f1": Tally(len(_match_of_longer(gold, predicted)), *sizes),
        "quotes.attributed_f1": Tally(sum(speakers), *sizes),
        "quotes.direct_f1": _of_manner("direct", gold, predicted),
        "quotes.indirect_f1": _of_manner("indirect", gold, predicted),
        "quotes.speaker": share(speakers),
        "quotes.manner": share(p.manner == g.manner for p, g in matched),
        "quotes.cue": share(_same_cue(p.cue, g.cue) for p, g in matched),
    }


def match(gold: Sequence[Quote], predicted: Sequence[Quote]) -> list[Matched]:
    """Contents that overlap enough, by characters in both per characters in either, one to one."""

    def overlap(p: Quote, g: Quote) -> float | None:
        value = jaccard(p.span, g.span)
        return value if value >= ENOUGH else None

    return pair(predicted, gold, overlap)


def speaker_right(predicted: Party | None, gold: Party | None) -> bool:
    """Whether the spans share a character, or the names agree; or neither names a speaker."""
    if predicted is None or gold is None:
        return predicted is gold
    return touches(predicted.span, gold.span) or same_name(predicted.name, gold.name)


def same_name(left: str | None, right: str | None) -> bool:
    """Whether the words of one name are all among the words of the other, whatever their case."""
    first, second = _words(left), _words(right)
    return bool(first and second) and (first <= second or second <= first)


def _words(name: str | None) -> set[str]:
    return set(WORD.findall(unicodedata.normalize("NFKC", name or "").casefold()))


def _match_of_longer(gold: Reading, predicted: Reading) -> list[tuple[Span, Span]]:
    def overlap(p: Span, g: Span) -> float | None:
        value = of_longer(p, g)
        return value if value >= ENOUGH else None

    return pair([p.span for p in predicted.quotes], [g.span for g in gold.quotes], overlap)


def _of_manner(manner: str, gold: Reading, predicted: Reading) -> Tally:
    left = [p for p in predicted.quotes if p.manner == manner]
    right = [g for g in gold.quotes if g.manner == manner]
    return Tally(len(match(right, left)), len(left), len(right))


def _same_cue(predicted: Span | None, gold: Span | None) -> bool:
    return touches(predicted, gold) or (predicted is None and gold is None)
