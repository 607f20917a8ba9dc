"""Whoever reads, pages come out as they went in, and a page that kills is blamed alone."""

import os
import pickle
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kronik.errors import NoArticle, StepError
from kronik.store import Store
from kronik.types import Doc, Page
from kronik.work.batch import Batch
from kronik.work.hands import Processes, Threads
from kronik.work.record import Record
from tests.example import VERSIONS, doc, page


def code(given: Page) -> Doc:
    """Reads the example's pages: of every ten, number 3 kills its reader, 5 holds it up for ever
    and 7 is no article."""
    number = int(given.body.split()[-1])
    if number % 10 == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    while number % 10 == 5:
        time.sleep(1)
    if number % 10 == 7:
        raise NoArticle("only links", where=given.place, remedy="give the article")
    return doc(number)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        yield store


def test_a_page_that_kills_or_holds_up_its_process_is_refused_alone(store: Store) -> None:
    batch = Batch(Processes(code, 2, seconds=3), VERSIONS, Record(store))
    read = [article.source_id for article in batch.docs(page(number) for number in range(10))]
    assert read == [f"berita-{number}.txt" for number in (0, 1, 2, 4, 6, 8, 9)]
    refused = {refusal.origin: refusal for refusal in batch.report().refused}
    assert list(refused) == ["berita-3.txt", "berita-5.txt", "berita-7.txt"]
    assert "died" in refused["berita-3.txt"].reason
    assert "3 seconds" in refused["berita-5.txt"].reason
    assert refused["berita-7.txt"].remedy == "give the article"


def test_errors_come_back_from_a_process_whole() -> None:
    hands = Processes(code, 1, seconds=60)
    try:
        with pytest.raises(NoArticle) as caught:
            hands.finish(page(7), hands.begin(page(7)))
    finally:
        hands.close()
    assert (caught.value.where, caught.value.remedy) == ("berita-7.txt", "give the article")
    error = StepError("tag", "broke", where="a.txt")
    assert str(pickled(error)) == str(error)


def pickled(error: StepError) -> StepError:
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, StepError)
    return again


def test_threads_and_processes_read_alike() -> None:
    pages = [page(number) for number in (8, 0, 4, 2, 1)]
    by_threads = list(Batch(Threads(code, 2), VERSIONS).docs(pages))
    by_processes = list(Batch(Processes(code, 2, seconds=60), VERSIONS).docs(pages))
    assert by_threads == by_processes == [doc(number) for number in (8, 0, 4, 2, 1)]


def test_no_more_is_begun_than_can_be_held(tmp_path: Path) -> None:
    asked: list[int] = []

    def endless() -> Iterator[Page]:
        for number in range(0, 10_000, 10):
            asked.append(number)
            yield page(number)

    docs = Batch(Processes(code, 2, seconds=60), VERSIONS).docs(endless())
    next(docs)
    docs.close()
    assert len(asked) <= 7
