"""A batch goes on whatever a page holds, and says of each page what became of it."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kronik.errors import BadRecord, NoArticle, StepError, StoreError
from kronik.store import Store
from kronik.types import Doc, Page
from kronik.work import Batch, Refusal
from kronik.work.hands import Threads
from kronik.work.record import Record
from tests.example import VERSIONS, doc, page, record

PAGES = {page(number).id: number for number in range(10)}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        yield store


class Code:
    """Reads the pages of the example; ``bad`` ones raise what stands there for them."""

    def __init__(self, bad: dict[int, Exception] | None = None) -> None:
        self.bad = bad or {}
        self.asked: list[int] = []

    def __call__(self, page: Page) -> Doc:
        number = PAGES[page.id]
        self.asked.append(number)
        if number in self.bad:
            raise self.bad[number]
        return doc(number)


def test_a_bad_page_never_stops_the_rest(store: Store) -> None:
    bad = {1: NoArticle("only links", remedy="give the article"), 3: StepError("tag", "broke")}
    batch = Batch(Threads(Code(bad)), VERSIONS, Record(store))
    found = [page(0), page(1), BadRecord("no object", where="b.jsonl:7"), page(3), page(4)]
    read = [article.source_id for article in batch.docs(found)]
    assert read == ["berita-0.txt", "berita-4.txt"]
    report = batch.report()
    assert (report.read, report.known) == (2, 0)
    assert report.refused == (
        Refusal("berita-1.txt", "clean", "only links", "give the article"),
        Refusal("b.jsonl:7", "sources", "no object", None),
        Refusal("berita-3.txt", "tag", "broke", "please report this page to the developers"),
    )
    kept = {(row.origin, row.step, row.reason, row.remedy) for row in store.quarantine()}
    assert kept == {(r.origin, r.step, r.reason, r.remedy) for r in report.refused}


def test_what_is_stored_is_not_read_again(store: Store) -> None:
    list(Batch(Threads(Code()), VERSIONS, Record(store)).docs([page(0), page(1)]))
    code = Code()
    batch = Batch(Threads(code), VERSIONS, Record(store))
    assert [article.id for article in batch.docs([page(0), page(2), page(1)])] == [doc(2).id]
    assert code.asked == [2], "the network ran for a page that the store holds"
    assert (batch.report().read, batch.report().known) == (1, 2)


def test_a_document_that_contradicts_itself_is_refused(store: Store) -> None:
    def twice(page: Page) -> Doc:
        return replace(doc(), events=doc().events[:1] * 2)

    batch = Batch(Threads(twice), VERSIONS, Record(store))
    assert list(batch.docs([page(0)])) == []
    (refusal,) = batch.report().refused
    assert (refusal.origin, refusal.step) == ("berita-0.txt", "store")


def test_without_a_store_articles_are_only_handed_on() -> None:
    batch = Batch(Threads(Code({1: NoArticle("only links")})), VERSIONS)
    assert len(list(batch.docs([page(0), page(1), page(0)]))) == 2
    assert [refusal.reason for refusal in batch.report().refused] == ["only links"]


def test_a_broken_store_ends_the_batch(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kronik.db", patience=0.01) as store:
        store._db.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError):
            list(Batch(Threads(Code()), VERSIONS, Record(store)).docs([page(0)]))


def test_records_of_one_id_are_refused_by_their_places(store: Store) -> None:
    bad = {0: NoArticle("only links"), 1: NoArticle("only links")}
    found = [record(0, "a.jsonl:1"), record(1, "b.jsonl:1"), record(2, "c.jsonl:1")]
    tables = []
    for _ in range(2):
        batch = Batch(Threads(Code(bad)), VERSIONS, Record(store))
        list(batch.docs(found))
        origins = [refusal.origin for refusal in batch.report().refused]
        assert origins == ["a.jsonl:1", "b.jsonl:1"]
        tables.append(list(store.quarantine()))
    assert [row.origin for row in tables[0]] == ["a.jsonl:1", "b.jsonl:1"]
    assert tables[0] == tables[1]


class Slow(Code):
    """Reads the first pages slowest, and counts how many are read at once."""

    def __init__(self) -> None:
        super().__init__({2: StepError("tag", "broke")})
        self.now = self.most = 0
        self._lock = threading.Lock()

    def __call__(self, page: Page) -> Doc:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02 * (8 - PAGES[page.id]) / 8)
        try:
            return super().__call__(page)
        finally:
            with self._lock:
                self.now -= 1


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_pages_read_side_by_side_come_out_as_they_went_in(store: Store, threads: int) -> None:
    code = Slow()
    batch = Batch(Threads(code, threads), VERSIONS, Record(store))
    found = [page(0), page(1), BadRecord("no object", where="b.jsonl:7"), page(2), page(0), page(3)]
    read = [article.source_id for article in batch.docs(found)]
    assert read == ["berita-0.txt", "berita-1.txt", "berita-3.txt"]
    report = batch.report()
    assert (report.read, report.known) == (3, 1)
    assert [refusal.origin for refusal in report.refused] == ["b.jsonl:7", "berita-2.txt"]
    assert code.most == threads


def test_one_thread_hands_a_page_on_before_it_asks_for_the_next() -> None:
    asked: list[int] = []

    def pipe() -> Iterator[Page]:
        for number in range(3):
            asked.append(number)
            yield page(number)

    docs = Batch(Threads(Code()), VERSIONS).docs(pipe())
    next(docs)
    assert asked == [0]
