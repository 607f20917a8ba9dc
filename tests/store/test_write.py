"""Pages go in whole, once, and what cannot be read is kept apart with its reason."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from kronik.errors import EmptyInput, NoArticle, StepError
from kronik.store import Store
from tests.example import VERSIONS, doc, page, record, unresolved
from tests.store.dump import dump
from tests.strategies import docs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kronik.db"


def test_every_layer_has_its_rows(path: Path) -> None:
    with Store.open(path) as store:
        assert store.add(page(), doc(), VERSIONS)
    counts = {table: len(rows) for table, rows in dump(path).items()}
    expected = {"pages": 1, "articles": 1, "sentences": 3, "mentions": 4, "quotes": 2}
    expected |= {"events": 3, "event_parties": 5, "notes": 1, "readings": 1, "quarantine": 0}
    assert expected.items() <= counts.items()


def test_adding_twice_changes_nothing(path: Path) -> None:
    with Store.open(path) as store:
        store.add(page(), doc(), VERSIONS)
        before = dump(path, times=True)
        assert not store.add(page(), doc(), VERSIONS)
    assert dump(path, times=True) == before


@given(docs())
def test_any_document_goes_in_and_every_span_reads_as_the_article_does(made: object) -> None:
    with Store.open(":memory:") as store:
        assert store.add(replace(page(), id=made.page_id), made, VERSIONS)
        for event in store.events():
            assert event.evidence == made.text[event.start : event.end]
            for side in (*event.actors, *event.recipients):
                expected = None if side.start is None else made.text[side.start : side.end]
                assert side.text == expected
        for quote in store.quotes():
            assert quote.text == made.text[quote.start : quote.end]
        assert len(list(store.quotes())) == len(made.quotes)
        assert len(list(store.events())) == len(made.events)


def test_a_document_that_contradicts_itself_leaves_no_trace(path: Path) -> None:
    twice = replace(doc(), events=doc().events[:1] * 2)
    with Store.open(path) as store:
        empty = dump(path)
        with pytest.raises(StepError, match=r"berita-0.txt: store: UNIQUE"):
            store.add(page(), twice, VERSIONS)
        assert dump(path) == empty
        assert not store.has(page().id)


def test_a_claim_needs_the_quote_that_makes_it(path: Path) -> None:
    with Store.open(path) as store, pytest.raises(StepError, match="FOREIGN KEY"):
        store.add(page(), replace(doc(), quotes=()), VERSIONS)


@pytest.mark.parametrize("table", ["events", "event_parties", "quotes"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET start = 0"])
def test_claims_cannot_be_rewritten(path: Path, table: str, change: str) -> None:
    with Store.open(path) as store:
        store.add(page(), doc(), VERSIONS)
    with (
        closing(sqlite3.connect(path)) as db,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        db.execute(change.format(table))


def test_a_refusal_is_kept_with_its_reason(path: Path) -> None:
    with Store.open(path) as store:
        store.refuse(page(), NoArticle("nothing but links", remedy="give the article's page"))
        store.refuse("kosong.txt", EmptyInput("no bytes"))
        first, second = store.quarantine()
    assert (first.origin, first.step, first.reason) == (
        "berita-0.txt",
        "clean",
        "nothing but links",
    )
    assert first.remedy == "give the article's page"
    assert first.page_id == page().id
    assert (second.origin, second.step, second.page_id) == ("kosong.txt", "sources", None)


def test_the_same_refusal_twice_changes_nothing_and_another_replaces_it(path: Path) -> None:
    with Store.open(path) as store:
        store.refuse("a", EmptyInput("no bytes"))
        before = dump(path, times=True)
        store.refuse("a", EmptyInput("no bytes"))
        assert dump(path, times=True) == before
        store.refuse("a", NoArticle("only links"))
        assert [row.reason for row in store.quarantine()] == ["only links"]


def test_a_page_that_is_read_after_all_leaves_quarantine(path: Path) -> None:
    with Store.open(path) as store:
        store.refuse(page(), NoArticle("only links"))
        store.add(page(), doc(), VERSIONS)
        assert list(store.quarantine()) == []


def test_two_refused_records_of_one_id_are_two_rows(path: Path) -> None:
    with Store.open(path) as store:
        for _ in range(2):
            store.refuse(record(0, "a.jsonl:1"), NoArticle("only links"))
            store.refuse(record(1, "b.jsonl:1"), NoArticle("only links"))
            rows = list(store.quarantine())
            assert [row.origin for row in rows] == ["a.jsonl:1", "b.jsonl:1"]
            assert [row.page_id for row in rows] == [page(0).id, page(1).id]


def test_a_good_read_clears_its_place_and_its_bytes_and_no_more(path: Path) -> None:
    with Store.open(path) as store:
        store.refuse(record(1, "a.jsonl:1"), NoArticle("only links"))
        store.refuse(record(2, "b.jsonl:1"), NoArticle("only links"))
        store.refuse(record(0, "c.jsonl:9"), NoArticle("only links"))
        store.add(record(0, "a.jsonl:1"), doc(0), VERSIONS)
        assert [row.origin for row in store.quarantine()] == ["b.jsonl:1"]


def test_a_record_that_contradicts_itself_is_told_by_its_place(path: Path) -> None:
    twice = replace(doc(), events=doc().events[:1] * 2)
    with Store.open(path) as store, pytest.raises(StepError, match=r"^a.jsonl:3: store"):
        store.add(record(0, "a.jsonl:3"), twice, VERSIONS)


def test_a_pronoun_that_stands_for_nobody_names_nobody() -> None:
    with Store.open(":memory:") as store:
        store.add(page(), unresolved(doc(), "kapal nelayan"), VERSIONS)
        (side,) = next(event for event in store.events() if event.type == "ASSAULT").recipients
    assert (side.text, side.name, side.actor_id) == ("kapal nelayan", None, None)


def test_where_a_country_is_from_is_kept(path: Path) -> None:
    with Store.open(path) as store:
        store.add(page(), doc(), VERSIONS)
        quote = next(store.quotes())
        (accuser,) = next(store.events()).actors
    assert (quote.country_from, accuser.country_from) == ("words", "words")
    assert [row["country_from"] for row in dump(path)["mentions"]] == ["words", None, None, None]
