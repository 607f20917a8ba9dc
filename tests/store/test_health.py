"""The health of watched sources, over days that pass as the tests say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from kronik.errors import NoArticle, NotFetched, StoreError
from kronik.store import Health, SourceRow, Store
from kronik.store.health import usual_gap
from tests.example import VERSIONS, doc, page

START = datetime(2026, 11, 2, 6, tzinfo=UTC)
"""A Monday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://kabar.example/rss"
FLOOR = 6 * 3600


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        yield store


@pytest.fixture
def health(store: Store, clock: Clock) -> Health:
    return Health(store._db, ":memory:", clock)


def row(health: Health) -> SourceRow:
    (found,) = health.rows()
    return found


def live(health: Health, clock: Clock, hours: int, every: int) -> None:
    """Poll each hour; an item comes every so many of them."""
    for hour in range(hours):
        if hour % every == 0:
            health.came("kabar")
        health.polled("kabar")
        clock.now += HOUR


def test_a_source_is_new_until_it_is_polled(health: Health) -> None:
    known = health.watch("kabar", URL, FLOOR)
    assert (known.at, known.failures, known.etag, known.last_modified) == (None, 0, None, None)
    assert row(health).state == "new"
    assert row(health).silent_for is None
    health.polled("kabar", "e", "m", fault=None)
    assert row(health).state == "good"
    known = health.watch("kabar", URL, FLOOR)
    assert (known.at, known.etag, known.last_modified) == ("2026-11-02T06:00:00+00:00", "e", "m")


def test_another_address_has_other_validators(health: Health) -> None:
    health.watch("kabar", URL, FLOOR)
    health.polled("kabar", "e", "m")
    known = health.watch("kabar", URL + "2", FLOOR + 1)
    assert (known.etag, known.last_modified) == (None, None)
    assert (row(health).url, row(health).silent_after) == (URL + "2", FLOOR + 1)


def test_items_are_counted_by_day(health: Health, clock: Clock, store: Store) -> None:
    health.watch("kabar", URL, FLOOR)
    live(health, clock, hours=72, every=6)
    days = store._db.execute("SELECT day, items FROM source_days").fetchall()
    assert days == [("2026-11-02", 3), ("2026-11-03", 4), ("2026-11-04", 4), ("2026-11-05", 1)]
    found = row(health)
    assert (found.items, found.items_a_day_7, found.items_a_day_30) == (12, 4.0, 4.0)
    assert found.last_item_at == "2026-11-05T00:00:00+00:00"
    assert found.usual_gap == round(72 * 3600 / 9)


def test_the_last_week_is_told_apart_from_the_last_month(health: Health, clock: Clock) -> None:
    health.watch("kabar", URL, FLOOR)
    live(health, clock, hours=20 * 24, every=6)
    clock.now += 9 * DAY
    found = row(health)
    assert (found.items_a_day_7, found.items_a_day_30) == (0.0, round(80 / 29, 1))


def test_failures_are_counted_in_a_row(health: Health) -> None:
    health.watch("kabar", URL, FLOOR)
    health.polled("kabar", "e", "m")
    for what in ("no answer", "503"):
        health.failed("kabar", what)
    assert (row(health).state, row(health).failures) == ("failing", 2)
    assert row(health).last_failure == "2026-11-02T06:00:00+00:00 503"
    assert health.watch("kabar", URL, FLOOR).etag == "e", "what was known is not lost by a failure"
    health.polled("kabar", "e", "m")
    found = row(health)
    assert (found.state, found.failures) == ("good", 0)
    assert str(found.last_failure).endswith("503")
    health.polled("kabar", fault="line 3 is broken")
    assert row(health).state == "good"
    assert str(row(health).last_failure).endswith("+00:00 line 3 is broken")


@pytest.mark.parametrize(("every", "silence"), [(1, 6), (6, 24)])
def test_silence_is_three_usual_gaps_but_never_less_than_the_floor(
    health: Health, clock: Clock, every: int, silence: int
) -> None:
    health.watch("kabar", URL, FLOOR)
    live(health, clock, hours=10 * 24, every=every)
    last = datetime.fromisoformat(str(row(health).last_item_at))
    assert row(health).silent_after == pytest.approx(max(6, 3 * every) * 3600, rel=0.5)
    clock.now = last + timedelta(seconds=row(health).silent_after)
    health.polled("kabar")
    assert row(health).state == "good"
    clock.now += timedelta(seconds=1)
    health.polled("kabar")
    found = row(health)
    assert found.state == "silent"
    assert found.silent_for == found.silent_after + 1
    health.came("kabar")
    health.polled("kabar")
    assert row(health).state == "good"


def test_a_source_that_never_gave_anything_goes_silent_too(health: Health, clock: Clock) -> None:
    health.watch("kabar", URL, FLOOR)
    clock.now += timedelta(seconds=FLOOR + 1)
    health.failed("kabar", "404")
    found = row(health)
    assert (found.state, found.last_item_at, found.failures) == ("silent", None, 1)


def test_nobody_is_silent_because_nobody_listened(health: Health, clock: Clock) -> None:
    health.watch("kabar", URL, FLOOR)
    live(health, clock, hours=48, every=1)
    clock.now += 30 * DAY
    assert row(health).state == "good"
    assert row(health).items_a_day_7 == 0.0


def days(*counts: tuple[int, int]) -> list[tuple[date, int]]:
    return [(START.date() + day * DAY, items) for day, items in counts]


@pytest.mark.parametrize(
    ("counts", "gap"),
    [
        ((), None),
        (((0, 40),), None),
        (((0, 40), (1, 12)), None),
        (((0, 40), (1, 12), (2, 12)), timedelta(hours=2)),
        (((0, 40), (1, 12), (2, 0), (3, 12)), timedelta(hours=3)),
        (((0, 1), (4, 20), (11, 20), (18, 20)), 7 * DAY),
        (((0, 1), (3, 1), (5, 1), (9, 1)), 3 * DAY),
    ],
)
def test_what_is_usual(counts: tuple[tuple[int, int], ...], gap: timedelta | None) -> None:
    assert usual_gap(days(*counts), START.date()) == gap


def test_two_processes_may_tell_of_one_source(health: Health, store: Store) -> None:
    health.watch("kabar", URL, FLOOR)
    health.watch("kabar", URL, FLOOR)
    assert len(list(health.rows())) == 1


def test_rows_come_by_name(health: Health) -> None:
    for name in ("tempo", "antara", "kabar"):
        health.watch(name, URL, FLOOR)
    assert all(one.name < other.name for one, other in pairwise(health.rows()))


def test_a_fault_of_the_database_is_told(store: Store) -> None:
    health = store.health
    health.watch("kabar", URL, FLOOR)
    store._db.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="cannot be written to"):
        health.came("kabar")


def test_a_page_is_known_by_the_addresses_that_led_to_it(store: Store) -> None:
    asked, final = "https://kabar.example/1", "https://kabar.example/berita/1"
    store.add(replace(page(), origin=asked, url=final), doc(), VERSIONS)
    refused = replace(page(1), origin="https://kabar.example/2")
    store.refuse(refused, NoArticle("only links"))
    store.refuse("https://kabar.example/3", NotFetched("503"))
    known = [store.knows(f"https://kabar.example/{path}") for path in ("1", "berita/1", "2")]
    assert known == [True, True, True]
    assert not store.knows("https://kabar.example/3"), "what never came may come yet"
    assert not store.knows("https://kabar.example/4")


def test_known_pages_are_found_by_an_index(store: Store) -> None:
    sql = "EXPLAIN QUERY PLAN SELECT 1 FROM pages WHERE origin = 'a' OR url = 'a'"
    plan = " ".join(str(row[-1]) for row in store._db.execute(sql))
    assert "SCAN" not in plan
