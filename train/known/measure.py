"""How far the tables agree with the annotated training articles.

    python -m train.known.measure [--show N] [ARTICLES.jsonl]

Each party and speaker that stands in the text is looked up by its words. Printed are how many of
them the tables have an answer for, and how many of the answers agree with the annotator's.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kronik.known import Known
from train.known.paths import SHARED

ARTICLES = SHARED / "gold" / "train-id.jsonl"
HOME = {"id": "IDN", "en": None}


@dataclass(frozen=True, slots=True)
class Article:
    """What of an article bears on who is meant: its language and its day."""

    lang: str
    day: date | None


def main() -> None:
    """Print coverage and agreement, and the commonest disagreements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="disagreements to print of each kind")
    parser.add_argument("articles", nargs="?", type=Path, default=ARTICLES)
    options = parser.parse_args()
    known = Known.load()
    tallies: dict[str, Counter[str]] = {}
    wrong: dict[str, Counter[tuple[str, str, str]]] = {}
    for article, party in parties(options.articles):
        text = party["text"]
        for question, answer in answers(known, text, article).items():
            want = party[question.rpartition(" ")[2]]
            verdict = "silent" if answer is None else "right" if answer == want else "wrong"
            tallies.setdefault(question, Counter())[verdict] += 1
            if verdict == "wrong":
                wrong.setdefault(question, Counter())[text, str(answer), want] += 1
    for question, tally in tallies.items():
        answered = tally["right"] + tally["wrong"]
        share = f"{answered / tally.total():.3f} answered, {tally['right'] / answered:.3f} right"
        print(f"{question:16} {share}")
        for case, times in wrong[question].most_common(options.show):
            print(f"    {times:4} {case}")


def parties(path: Path) -> Iterator[tuple[Article, dict[str, str]]]:
    """Every party that stands in the words of an annotated article, as annotated."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            day = record["date"] and date.fromisoformat(record["date"][:10])
            article = Article(record["lang"], day)
            found = [party for event in record["events"] for party in event["actor"]]
            found += [party for event in record["events"] for party in event["recipient"]]
            found += [quote["speaker"] for quote in record["quotes"] if quote["speaker"]]
            yield from ((article, party) for party in found if party.get("text"))


def answers(known: Known, text: str, article: Article) -> dict[str, str | None]:
    """What the tables say of a party's words."""
    record = known.actor(text, article.day, HOME[article.lang])
    return {
        "actor country": record.actor.country if record else None,
        "actor sector": record.actor.sector if record else None,
        "head sector": None if record else known.sector_of(text, article.lang),
        "phrase country": None if record else known.country_in(text, article.lang),
    }


if __name__ == "__main__":
    main()
