"""Watching, over hours that pass at once: what is polled when, what comes, what is told."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from types import SimpleNamespace

import pytest

from kronik.errors import InputError, NotFetched, NotNow
from kronik.settings import Settings
from kronik.settings import Web as Limits
from kronik.sources.web import Answer, Validators
from kronik.sources.web.opener import Web
from kronik.store import Health, SourceRow, Store
from kronik.types import Page
from kronik.work import Job, watch
from kronik.work.hands import Processes
from kronik.work.watch import Poll, Watch, stopped
from kronik.work.watchlist import Source
from tests.sources.web.test_opener import index, rss, sitemap

KABAR = Source("kabar", "https://kabar.example/rss", 600, 6 * 3600)
WARTA = Source("warta", "https://warta.example/rss", 3600, 6 * 3600)
START = datetime(2026, 11, 2, 6, tzinfo=UTC).timestamp()

Script = bytes | InputError | None


def item(source: Source, number: int) -> str:
    return source.url.replace("rss", str(number))


@dataclass
class Site:
    """Answers of many hosts: the last of an address stays. Items are there unless told otherwise.

    ``now`` are seconds since 1970, which pass while the watch waits; at ``end`` it is to stop.
    """

    now: float = START
    end: float = START
    scripts: dict[str, list[Script]] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    known: dict[str, Validators | None] = field(default_factory=dict)

    def says(self, address: str, *scripts: Script) -> None:
        self.scripts[address] = list(scripts)

    def get(self, address: str, known: Validators | None = None) -> Answer:
        self.asked.append((self.now, address))
        self.known[address] = known
        answers = self.scripts.get(address, [address.encode()])
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(found, InputError):
            raise found
        if found is None:
            return Answer(None, known or Validators(), unchanged=True)
        page = Page(sha256(found).hexdigest(), address, "text/html", found, url=address)
        return Answer(page, Validators(f"etag {len(self.asked)}"))

    def is_set(self) -> bool:
        return self.now > self.end

    def wait(self, timeout: float) -> bool:
        self.now += timeout + 1
        return self.is_set()

    def times(self, address: str) -> list[int]:
        """When it was asked for, in minutes."""
        return [round((at - START) / 60) for at, asked in self.asked if asked == address]


@dataclass
class Watched:
    """A watch with a store that keeps what comes, as a batch would."""

    site: Site
    store: Store
    stored: set[str] = field(default_factory=set)
    polls: list[Poll] = field(default_factory=list)

    @property
    def health(self) -> Health:
        return Health(self.store._db, "", lambda: datetime.fromtimestamp(self.site.now, UTC))

    def row(self, source: Source = KABAR) -> SourceRow:
        (row,) = self.health.rows(source.name)
        return row

    def pages(self, *sources: Source, once: bool = False, minutes: int = 0) -> Iterator[str]:
        self.site.end = self.site.now + 60 * minutes
        web = Web(self.site, Limits(), self.stored.__contains__)  # type: ignore[arg-type]
        even = SimpleNamespace(uniform=lambda low, high: (low + high) / 2)
        watch = Watch(
            sources, web, self.health, self.site, self.polls.append, lambda: self.site.now, even
        )  # type: ignore[arg-type]
        for found in watch.pages(once=once):
            if isinstance(found, Page):
                self.stored.add(found.origin)
                yield found.origin
            else:
                yield f"! {found.what}"

    def run(self, *sources: Source, once: bool = False, minutes: int = 0) -> list[str]:
        return list(self.pages(*sources, once=once, minutes=minutes))


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def watched(site: Site) -> Iterator[Watched]:
    with Store.open(":memory:") as store:
        yield Watched(site, store)


def feed(source: Source, *numbers: int) -> bytes:
    return rss(*(item(source, number) for number in numbers))


def items(source: Source, *numbers: int) -> list[str]:
    return [item(source, number) for number in numbers]


def test_once_is_one_poll_of_each_source(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, 2, 1))
    site.says(WARTA.url, feed(WARTA, 1))
    found = watched.run(KABAR, WARTA, once=True)
    assert sorted(found) == sorted(items(KABAR, 2, 1) + items(WARTA, 1))
    assert [url for url in found if "kabar" in url] == items(KABAR, 2, 1), "in the feed's order"
    assert sorted((poll.source, poll.new) for poll in watched.polls) == [("kabar", 2), ("warta", 1)]
    assert (watched.row().items, watched.row(WARTA).items) == (2, 1)
    assert watched.run(KABAR, WARTA, once=True) == []
    assert (watched.row().items, watched.row().state) == (2, "good")


def test_each_source_has_its_own_interval(watched: Watched, site: Site) -> None:
    for source in (KABAR, WARTA):
        site.says(source.url, feed(source))
    watched.run(KABAR, WARTA, minutes=125)
    assert site.times(KABAR.url) == list(range(0, 121, 10))
    assert site.times(WARTA.url) == [0, 60, 120]


def test_only_what_is_new_is_fetched_and_each_item_once(watched: Watched, site: Site) -> None:
    feeds = [feed(KABAR, 1), feed(KABAR, 2, 1), None, feed(KABAR, 3, 2, 1)]
    site.says(KABAR.url, *feeds)
    assert watched.run(KABAR, minutes=45) == items(KABAR, 1, 2, 3)
    assert [poll.new for poll in watched.polls] == [1, 1, 0, 1, 0]
    assert site.times(item(KABAR, 1)) == [0]


def test_a_feed_is_asked_whether_it_has_changed(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR), None)
    watched.run(KABAR, once=True)
    assert site.known[KABAR.url] == Validators()
    watched.run(KABAR, once=True)
    assert site.known[KABAR.url] == Validators("etag 1")
    watched.run(replace(KABAR, url=WARTA.url), once=True)
    assert site.known[WARTA.url] == Validators(), "another address has none of its validators"


def test_a_watch_that_begins_again_keeps_to_the_interval(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR))
    watched.run(KABAR, minutes=4)
    site.now = START + 5 * 60
    watched.run(KABAR, minutes=10)
    assert site.times(KABAR.url) == [0, 10]


def test_failures_are_waited_out_ever_longer(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, NotNow("no answer"))
    watched.run(KABAR, minutes=24 * 60)
    times = site.times(KABAR.url)
    assert times[:5] == [0, 20, 60, 140, 300]
    assert {later - at for at, later in pairwise(times[6:])} == {360}
    row = watched.row()
    assert (row.state, row.failures) == ("silent", len(times))
    assert "no answer" in str(row.last_failure)


def test_a_source_that_answers_again_is_polled_as_before(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, NotNow("no answer"), NotNow("no answer"), feed(KABAR, 1))
    watched.run(KABAR, minutes=85)
    assert site.times(KABAR.url) == [0, 20, 60, 70, 80]
    assert (watched.row().failures, watched.row().items) == (0, 1)


def test_a_site_that_asks_for_a_rest_gets_it(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, NotNow("503", after=7200.0), feed(KABAR))
    watched.run(KABAR, minutes=125)
    assert site.times(KABAR.url) == [0, 120]


def test_one_source_that_fails_stops_no_other(watched: Watched, site: Site) -> None:
    broken = replace(KABAR, name="rusak", url="https://rusak.example/rss")
    site.says(broken.url, b"<rss><channel><item>")
    site.says(KABAR.url, NotFetched("404: not found"))
    site.says(WARTA.url, feed(WARTA, 1, 2))
    assert watched.run(broken, KABAR, WARTA, once=True) == items(WARTA, 1, 2)
    failed = {poll.source: str(poll.failure) for poll in watched.polls if poll.failure}
    assert set(failed) == {"rusak", "kabar"}
    assert "a broken feed, line 1" in failed["rusak"]
    assert {row.name: row.state for row in watched.health.rows()} == {
        "rusak": "failing", "kabar": "failing", "warta": "good",
    }  # fmt: skip


def test_a_feed_that_is_broken_in_part_gives_the_rest(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, 1)[:-20])
    assert watched.run(KABAR, once=True) == items(KABAR, 1)
    (poll,) = watched.polls
    assert poll.failure is None
    assert "a broken feed" in str(poll.fault)
    assert watched.row().state == "good"
    assert "a broken feed" in str(watched.row().last_failure)


def test_an_item_that_is_gone_is_asked_for_once(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, 1, 2))
    site.says(item(KABAR, 1), NotFetched("404: not found"))
    found = watched.run(KABAR, minutes=35)
    assert found == ["! 404: not found", item(KABAR, 2)]
    assert (watched.polls[0].new, watched.polls[0].lost) == (1, 1)
    assert watched.row().items == 1


def test_an_item_that_is_listed_anew_is_asked_for_anew(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, 1), feed(KABAR), feed(KABAR, 1))
    site.says(item(KABAR, 1), NotFetched("404: not found"))
    watched.run(KABAR, minutes=35)
    assert site.times(item(KABAR, 1)) == [0, 20]


def test_an_item_that_is_not_there_yet_is_asked_for_again(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, 1))
    site.says(item(KABAR, 1), NotNow("503"), b"isi")
    watched.run(KABAR, once=True)
    assert site.known[KABAR.url] == Validators()
    assert watched.row().state == "good"
    found = watched.run(KABAR, once=True)
    assert site.known[KABAR.url] == Validators(), "the whole list is needed again"
    assert found == items(KABAR, 1)


def test_a_host_that_has_died_is_not_asked_for_every_item(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, *range(9)))
    for number in range(9):
        site.says(item(KABAR, number), NotNow("no answer"))
    assert watched.run(KABAR, once=True) == ["! no answer"] * 3
    assert watched.polls[0].failure is not None
    assert watched.row().failures == 1


def test_what_an_archive_has_gathered_comes_bit_by_bit(
    watched: Watched, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_MOST", 3)
    peta, bagian = KABAR.url.replace("rss", "peta"), KABAR.url.replace("rss", "bagian")
    site.says(KABAR.url, index(peta, bagian))
    site.says(peta, sitemap(*items(KABAR, 1, 2, 3, 4)))
    site.says(bagian, sitemap(*items(KABAR, 4, 5)))
    assert watched.run(KABAR, minutes=25) == items(KABAR, 1, 2, 3, 4, 5)
    assert [poll.new for poll in watched.polls] == [3, 2, 0]


def test_each_silence_is_told_once(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, 1), *[feed(KABAR, 1)] * 60, feed(KABAR, 1, 2))
    watched.run(KABAR, minutes=24 * 60)
    told = [number for number, poll in enumerate(watched.polls) if poll.silent or poll.new]
    assert [watched.polls[number].new for number in told] == [1, 0, 1, 0]
    silent = watched.polls[told[1]].silent
    assert silent
    assert silent.silent_for == pytest.approx(6 * 3600, abs=700)


def test_stopping_ends_after_the_page_in_work(watched: Watched, site: Site) -> None:
    site.says(KABAR.url, feed(KABAR, 1, 2, 3))
    pages = watched.pages(KABAR, minutes=1)
    first = next(pages)
    site.end = site.now - 1
    assert list(pages) == []
    assert first == item(KABAR, 1)
    assert watched.row().polled_at is None, "a poll that was broken off is no poll"
    assert watched.run(KABAR, once=True) == items(KABAR, 2, 3)
    assert watched.row().items == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_to_stop_and_a_second_one_ends_it(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stopped() as stop:
        assert not stop.wait(0)
        os.kill(os.getpid(), number)
        assert stop.wait(5)
        assert signal.getsignal(number) == signal.SIG_DFL
    assert signal.getsignal(number) == before


def test_no_page_lies_about_unread_between_two_polls(watched: Watched) -> None:
    batch = watch.reading(watched.store, Job(Settings(threads=8)), keep=False)
    assert isinstance(batch.hands, Processes), "a page that never ends can be given up"
    assert (batch.hands.many, batch.hands.ahead) == (1, 1)
    batch.hands.close()
