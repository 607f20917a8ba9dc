"""The articles of our own writing say what their labels say, and say it nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kronik.codebook import Codebook

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
EVAL = (ROOT / "eval" / "authored" / "id.jsonl", ROOT / "eval" / "authored" / "en.jsonl")
TRAIN = ROOT / "train" / "authored" / "sentences.jsonl"
DEMO = ROOT / "src" / "kronik" / "demo"

CODES = Codebook.load()
NO_COUNTRY = {"IGO", "NGO", "---"}
LEVELS = {"site", "city", "district", "province", "country"}
PRECISION = {"day": 10, "month": 7, "year": 4}

Article = dict[str, Any]


def articles(path: Path) -> list[Article]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def sentences(article: Article) -> set[str]:
    return {article["text"][start:end] for start, end in article["sentences"]}


def all_sentences(*paths: Path) -> set[str]:
    return {said for path in paths for article in articles(path) for said in sentences(article)}


def said_at(article: Article, span: list[int] | None) -> str | None:
    return None if span is None else article["text"][span[0] : span[1]]


def parties(article: Article) -> Iterator[Article]:
    for event in article["events"]:
        yield from (*event["actor"], *event["recipient"])
    yield from (quote["speaker"] for quote in article["quotes"])


AUTHORED = [
    pytest.param(article, id=article["id"]) for path in (*EVAL, TRAIN) for article in articles(path)
]
every_article = pytest.mark.parametrize("article", AUTHORED)


@every_article
def test_text_is_the_text_that_was_labelled(article: Article) -> None:
    assert sha256(article["text"].encode()).hexdigest() == article["sha256"]
    assert article["lang"] in {"id", "en"}
    assert article["source"]["set"] == "authored"
    assert article["source"]["licence"] == "MIT"
    assert "invented" in article["source"]["notice"]
    date.fromisoformat(article["date"])


@every_article
def test_sentences_cover_the_text_in_order(article: Article) -> None:
    end = 0
    for start, stop in article["sentences"]:
        assert article["text"][end:start] in ({""} if end == 0 else {" ", "\n"})
        assert start < stop
        end = stop
    assert end == len(article["text"])


@every_article
def test_spans_are_verbatim(article: Article) -> None:
    for event in article["events"]:
        assert said_at(article, event["trigger_span"]) == event["trigger"]
        for where in ("place", "date"):
            if event[where]:
                assert said_at(article, event[where]["span"]) == event[where]["text"]
    for quote in article["quotes"]:
        assert said_at(article, quote["span"]) == quote["content"]
        assert said_at(article, quote["cue_span"]) == quote["cue"]
    for party in parties(article):
        assert said_at(article, party["span"]) == party["text"]


@every_article
def test_events_stand_in_their_sentence(article: Article) -> None:
    for event in article["events"]:
        first, last = article["sentences"][event["s"]]
        named = [party["span"] for party in (*event["actor"], *event["recipient"])]
        for span in (event["trigger_span"], *filter(None, named)):
            assert first <= span[0] < span[1] <= last, event


@every_article
def test_quotes_stand_in_their_sentences(article: Article) -> None:
    for quote in article["quotes"]:
        covered = quote["sents"]
        assert covered == list(range(covered[0], covered[-1] + 1))
        first = article["sentences"][covered[0]][0]
        last = article["sentences"][covered[-1]][1]
        for span in filter(None, (quote["span"], quote["cue_span"], quote["speaker"]["span"])):
            assert first <= span[0] < span[1] <= last, quote
        assert quote["manner"] in {"direct", "indirect", "mixed"}


@every_article
def test_codes_are_in_the_codebook(article: Article) -> None:
    for event in article["events"]:
        kind = CODES.types[event["type"]]
        assert event["mode"] is None or event["mode"] in kind.modes, event
        assert event["status"] in CODES.statuses, event


@every_article
def test_parties_are_coded(article: Article) -> None:
    for party in parties(article):
        assert party["who"]
        assert party["sector"] in CODES.sectors, party
        assert party["country"] in NO_COUNTRY or (
            len(party["country"]) == 3 and party["country"].isupper()
        ), party


@every_article
def test_places_and_dates_are_coded(article: Article) -> None:
    for event in article["events"]:
        if event["place"]:
            assert event["place"]["level"] in LEVELS
        if event["date"]:
            iso, precision = event["date"]["iso"], event["date"]["precision"]
            assert len(iso) == PRECISION[precision]
            date.fromisoformat(f"{iso}-01-01"[:10])


def test_articles_have_their_own_ids() -> None:
    ids = [article["id"] for path in (*EVAL, TRAIN) for article in articles(path)]
    assert len(ids) == len(set(ids))


def test_measure_has_every_type_and_status() -> None:
    events = [event for path in EVAL for article in articles(path) for event in article["events"]]
    assert {event["type"] for event in events} == set(CODES.types)
    assert {event["status"] for event in events} == set(CODES.statuses)


def test_measure_shares_no_sentence_with_training() -> None:
    assert not all_sentences(*EVAL) & all_sentences(TRAIN)


def test_no_sentence_is_of_the_shared_gold() -> None:
    gold = sorted(GOLD.glob("*.jsonl")) if GOLD.is_dir() else []
    if not gold:
        pytest.skip("../shared/gold is not here")
    assert not all_sentences(*EVAL, TRAIN) & all_sentences(*gold)


@pytest.mark.parametrize(
    ("name", "notice", "byline"),
    [
        ("news-id-2043-11-27.txt", "bukan laporan berita sungguhan", "(dinda/aby)"),
        ("news-en-2043-11-27.txt", "It is not a real report", "By Mara Ellison"),
    ],
)
def test_demo_says_it_is_an_example(name: str, notice: str, byline: str) -> None:
    lines = (DEMO / name).read_text("utf8").splitlines()
    assert any(notice in line for line in lines[:5])
    assert any(line.startswith(byline) for line in lines)
