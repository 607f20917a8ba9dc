"""The promises of the whole way, with the network that ships: evidence is verbatim, nothing
raises, and a page's record does not depend on what else is read."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronik import pipeline, sources, work
from kronik.errors import InputError
from kronik.exchange import contract
from kronik.kit import Kit
from kronik.settings import Settings
from kronik.types import Doc, Page, Versions

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "src" / "kronik" / "demo"
AUTHORED = ROOT / "eval" / "authored"
VERSIONS = Versions("test", "test", "test")

FRAGMENTS = (
    "Presiden Rusia mengatakan",
    "menembak jatuh jet tempur",
    '"Kami tidak akan mundur,',
    "katanya",
    "menurut juru bicara kementerian",
    "Turki menolak tuduhan itu.",
    "di Jakarta, Jum'at (27/11/2015)",
    "the minister said",
    "“We will not leave,”",
    "troops shelled the village",
    "(KPK)",
    "\n",
    "”",
    "...",
    "3.500 orang",
    "—",
    "\u200b",
    "😀",
)
"""Pieces of news, put together in any order: nearer to what comes in than random letters."""

TEXTS = st.one_of(
    st.text(min_size=1, max_size=300),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40).map(" ".join),
)


@pytest.fixture(scope="session")
def kit() -> Kit:
    return Kit.load(Settings(threads=1))


def doc_of(text: str, lang: str = "id") -> Doc:
    return Doc(id="a1", page_id="p1", source_id="s1", text=text, lang=lang, published="2015-11-27")


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a record that points at a stretch of the text."""
    if isinstance(value, dict):
        if value.get("start") is not None and "text" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, lang=st.sampled_from(["id", "en"]))
def test_every_span_is_verbatim(kit: Kit, text: str, lang: str) -> None:
    doc = pipeline.annotate(doc_of(text, lang), kit)
    record = contract.record(doc, VERSIONS)
    for span in spans(record):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert span["text"] == text[span["start"] : span["end"]]
    quotes = {quote["id"] for quote in record["quotes"]}
    assert len(quotes) == len(record["quotes"]), "an id stands for one quote"
    assert len({event["id"] for event in record["events"]}) == len(record["events"])
    for event in record["events"]:
        start, end = record["sentences"][event["sentence"]]
        assert start <= event["trigger"]["start"] < end
        kit.codebook.check(event["type"], event["mode"])
        if event["claimed_by"]:
            assert event["claimed_by"]["quote"] in quotes


def pages() -> list[Page]:
    found = list(sources.pages([str(DEMO)], Settings()))
    assert all(isinstance(page, Page) for page in found)
    return [page for page in found if isinstance(page, Page)]


def shelf() -> list[Page]:
    """Articles of all lengths in both languages in turn, and one page that is refused."""
    texts: dict[str, list[str]] = {}
    for lang in ("id", "en"):
        lines = (AUTHORED / f"{lang}.jsonl").read_text("utf8").splitlines()
        texts[lang] = [json.loads(line)["text"] for line in lines[:12]]
    long = "\n".join(texts["id"])
    some = [long, texts["en"][0], texts["id"][1], " ", texts["en"][2], texts["id"][3]]
    made = [Page(f"p{i}", "shelf", "text/plain", text.encode()) for i, text in enumerate(some)]
    return [*pages(), *made]


def read_by(batch: work.Batch, order: list[Page]) -> dict[str, Any]:
    """Records by page, in the order in which they came."""
    return {doc.page_id: contract.record(doc, VERSIONS) for doc in batch.docs(order)}


def test_a_record_depends_on_its_page_alone() -> None:
    """Whatever was read before it or beside it, in whatever order, on however many threads."""
    shelved = shelf()
    alone: dict[str, Any] = {}
    for page in shelved:
        alone |= read_by(work.reading(Kit.load(Settings(threads=1))), [page])
    assert len(alone) == len(shelved) - 1
    assert sum(len(record["events"]) for record in alone.values()) > 50
    for threads in (1, 2, 4):
        many = Kit.load(Settings(threads=threads))
        for order in (shelved, shelved[::-1]):
            batch = work.reading(many)
            found = read_by(batch, order)
            assert list(found) == [page.id for page in order if page.id in alone]
            assert found == alone
            assert [refusal.origin for refusal in batch.refused] == ["shelf"]


def test_unsure_records_go_but_no_claim_becomes_a_fact(kit: Kit) -> None:
    for doc in (pipeline.code(page, kit) for page in pages()):
        for least in (0.3, 0.6, 0.9):
            sure = pipeline.sure(doc, pipeline.Least(least, least))
            assert sure.events == tuple(e for e in doc.events if e.score >= least)
            quotes = {quote.id: quote for quote in sure.quotes}
            assert {e.claimed_by for e in sure.events if e.claimed_by} <= quotes.keys()
            assert all(q.id in quotes for q in doc.quotes if q.score >= least)
        assert len(pipeline.sure(doc, pipeline.Least(0.9, 0.9)).events) < len(doc.events)


def test_the_example_says_what_a_reader_would(kit: Kit) -> None:
    """The main job: not every record, but none of what the page is about may be missing."""
    docs = {doc.lang: doc for doc in (pipeline.code(page, kit) for page in pages())}
    page = docs["id"]
    assert page.published == "2043-11-27"
    types = {event.type for event in page.events}
    assert {"ASSAULT", "AGREE", "ACCUSE", "REJECT"} <= types
    manners = {quote.manner for quote in page.quotes}
    assert {"direct", "indirect"} <= manners
    named = [quote for quote in page.quotes if quote.speaker]
    assert len(named) >= 0.8 * len(page.quotes)
    countries = {m.actor.country for m in page.mentions if m.actor}
    assert {"RUS", "TUR", "FRA"} <= countries


@settings(max_examples=40, deadline=None)
@given(body=st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_reason(kit: Kit, body: bytes) -> None:
    page = Page(id="p", origin="fuzz", media_type="text/plain", body=body)
    doc = None
    with contextlib.suppress(InputError):
        doc = pipeline.code(page, kit)
    if doc is not None:
        assert all(sentence.of(doc.text).strip() for sentence in doc.sentences)
