"""``python -m train.lexicon.coverage LANG``: sets a lexicon against the annotated articles.

Prints what share of the marked triggers the lexicon knows, and the triggers it misses most
often. ``--write`` records beside the batches how often each phrase was met and marked
(``counts.tsv``, which ``train.lexicon.compile`` reads). Only training articles may be counted.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train.lexicon.compile import COUNTS, REPOSITORY, Entry, compiled

_WORD = re.compile(r"\w+(?:-\w+)*")
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, and the type it was marked with, if it was."""

    start: int
    end: int
    text: str
    type: str = ""


class Lexicon:
    """Finds the entries of a lexicon in running text."""

    def __init__(self, entries: list[Entry]) -> None:
        self._senses: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda e: -e.weight):
            self._senses.setdefault(" ".join(_words(entry.phrase)), []).append(entry)

    def senses(self, phrase: str) -> list[Entry]:
        """The entries of a phrase, the commonest sense first."""
        return self._senses.get(phrase, [])

    def found(self, text: str) -> Iterator[Span]:
        """Every phrase of the lexicon in a text, overlapping ones too."""
        words = list(_WORD.finditer(text.lower()))
        for first in range(len(words)):
            for last in range(first, min(first + _LONGEST, len(words))):
                phrase = " ".join(word[0] for word in words[first : last + 1])
                if phrase in self._senses:
                    yield Span(words[first].start(), words[last].end(), phrase)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def triggers(article: dict[str, Any]) -> list[Span]:
    """The marked triggers of an article."""
    spans = []
    for event in article["events"]:
        start, end = event["trigger_span"]
        spans.append(Span(start, end, " ".join(_words(event["trigger"])), event["type"]))
    return spans


def one_in_other(a: Span, b: Span) -> bool:
    """Whether one of two spans holds the other."""
    inside = a.start <= b.start and b.end <= a.end
    return inside or (b.start <= a.start and a.end <= b.end)


class Tally:
    """Counts over articles: phrases met and marked, triggers known and missed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.met: Counter[str] = Counter()
        self.marked: Counter[tuple[str, str]] = Counter()
        self.words: Counter[str] = Counter()
        self.missed: Counter[tuple[str, str]] = Counter()

    def read(self, article: dict[str, Any]) -> None:
        """Adds one article."""
        found = list(self._lexicon.found(article["text"]))
        marks = triggers(article)
        self.met.update(span.text for span in found)
        for span in found:
            self.marked.update(
                (span.text, type_) for type_ in {m.type for m in marks if one_in_other(span, m)}
            )
        for mark in marks:
            self._judge(mark, [span for span in found if one_in_other(span, mark)])

    def _judge(self, mark: Span, near: list[Span]) -> None:
        inside = [span for span in near if span.start >= mark.start and span.end <= mark.end]
        longest = max(inside or near, key=lambda span: len(span.text), default=None)
        senses = self._lexicon.senses(longest.text) if longest else []
        types = [entry.type for entry in senses]
        verdict = "top sense" if types[:1] == [mark.type] else "other sense"
        if mark.type not in types:
            verdict = "wrong types" if types else "unknown"
            self.missed[mark.text, mark.type] += 1
        self.words[verdict] += len(mark.text.split())


def main() -> None:
    """Counts the language that the command line names."""
    parser = argparse.ArgumentParser(description="set a trigger lexicon against marked articles")
    parser.add_argument("lang")
    parser.add_argument("--write", action="store_true", help="record the counts")
    parser.add_argument("--missed", type=int, default=20, help="how many misses to print")
    asked = parser.parse_args()
    folder = REPOSITORY / "train" / "lexicon" / asked.lang
    gold = REPOSITORY.parent / "shared" / "gold"
    entries = compiled(folder)
    tally = Tally(Lexicon(entries))
    for path in sorted(gold.glob(f"train-{asked.lang}*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            tally.read(json.loads(line))
    for verdict, count in tally.words.most_common():
        print(f"{verdict}: {count / tally.words.total():.1%} of trigger words")
    for (text, type_), count in tally.missed.most_common(asked.missed):
        print(f"missed {count:3} {type_:9} {text}")
    if asked.write:
        write(folder / COUNTS, entries, tally)


def write(path: Path, entries: list[Entry], tally: Tally) -> None:
    """Records, for each entry met at least once, how often it was marked and met."""
    lines = ["phrase\ttype\tmarked\tmet"]
    for entry in entries:
        phrase = " ".join(_words(entry.phrase))
        if met := tally.met[phrase]:
            marked = tally.marked[phrase, entry.type]
            lines.append(f"{entry.phrase}\t{entry.type}\t{marked}\t{met}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
