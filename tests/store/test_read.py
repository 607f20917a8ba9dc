"""Filters let through what they say, and never ignore a condition."""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from kronik.errors import StoreError
from kronik.store import Filter, Store
from tests.example import TEXT, VERSIONS, doc, page

EVENTS = [
    (Filter(), ["ACCUSE", "ASSAULT", "RETREAT"]),
    (Filter(type="ASSAULT"), ["ASSAULT"]),
    (Filter(actor="sari"), ["ACCUSE"]),
    (Filter(actor="sari-wulan"), ["ACCUSE"]),
    (Filter(actor="REPUBLIK utara"), ["ASSAULT", "RETREAT"]),
    (Filter(recipient="Republik"), ["ACCUSE"]),
    (Filter(recipient="kapal"), ["ASSAULT"]),
    (Filter(country="IDN"), ["ACCUSE"]),
    (Filter(country="RUT"), ["ACCUSE", "ASSAULT", "RETREAT"]),
    (Filter(status="future"), ["RETREAT"]),
    (Filter(text="kapal nelayan"), ["ACCUSE", "ASSAULT"]),
    (Filter(text='"nelayan kapal"'), []),
    (Filter(text='"kapal nelayan"'), ["ACCUSE", "ASSAULT"]),
    (Filter(text="menem*"), ["ACCUSE", "ASSAULT"]),
    (Filter(speaker="wulan"), ["ASSAULT"]),
    (Filter(type="ASSAULT", status="future"), []),
    (Filter(limit=2), ["ACCUSE", "ASSAULT"]),
    (Filter(limit=2, offset=2), ["RETREAT"]),
    (Filter(offset=1), ["ASSAULT", "RETREAT"]),
    (Filter(actor="100%"), []),
]
DATES = [
    ("2015-11-27", Filter(since="2015-11-27", until="2015-11-27"), True),
    ("2015-11-27", Filter(since="2015-11-28"), False),
    ("2015-11-27", Filter(until="2015-11-26"), False),
    ("2015-11-27", Filter(since="2015-11", until="2015"), True),
    ("2015-11-27", Filter(since="2015-12"), False),
    ("2015-11", Filter(since="2015-11-20"), True),
    ("2015-11", Filter(until="2015-10-31"), False),
    (None, Filter(since="1900"), False),
    (None, Filter(), True),
]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        store.add(page(), doc(), VERSIONS)
        yield store


@pytest.mark.parametrize(("wanted", "types"), EVENTS)
def test_events(store: Store, wanted: Filter, types: list[str]) -> None:
    assert [event.type for event in store.events(wanted)] == types


@pytest.mark.parametrize(("published", "wanted", "found"), DATES)
def test_dates_bound_the_publication_inclusively(
    published: str | None, wanted: Filter, found: bool
) -> None:
    with Store.open(":memory:") as store:
        store.add(page(), replace(doc(), published=published), VERSIONS)
        assert bool(list(store.articles(wanted))) is found
        assert bool(list(store.events(wanted))) is found


@pytest.mark.parametrize(
    ("wanted", "manners"),
    [
        (Filter(), ["indirect", "direct"]),
        (Filter(text="laut"), ["direct"]),
        (Filter(speaker="sari wulan"), ["indirect", "direct"]),
        (Filter(speaker="utara"), []),
        (Filter(country="IDN", limit=1), ["indirect"]),
        (Filter(lang="en"), []),
    ],
)
def test_quotes(store: Store, wanted: Filter, manners: list[str]) -> None:
    assert [quote.manner for quote in store.quotes(wanted)] == manners


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(), 1),
        (Filter(text="tetangga"), 1),
        (Filter(text="pasukan menarik"), 1),
        (Filter(text="pasukan damai"), 0),
        (Filter(country="RUT"), 1),
        (Filter(country="USA"), 0),
        (Filter(lang="id"), 1),
    ],
)
def test_articles(store: Store, wanted: Filter, count: int) -> None:
    assert len(list(store.articles(wanted))) == count


def test_an_event_comes_with_all_that_proves_it(store: Store) -> None:
    (event,) = store.events(Filter(type="ASSAULT"))
    assert event.sentence == TEXT.split("\n")[0]
    assert event.evidence == TEXT[event.start : event.end] == "menembak"
    assert (event.claimed_by, event.quote_id) == ("Sari Wulan", doc().quotes[0].id)
    assert (event.runner_up, event.runner_up_score) == ("COERCE", 0.2)
    assert event.contexts == ("military",)
    assert [side.name for side in event.actors] == ["Republik Utara"]
    assert [side.name for side in event.recipients] == ["kapal nelayan"]
    assert (event.published, event.outlet) == ("2015-11-27", "contoh.id")


def test_a_quote_and_an_article_come_whole(store: Store) -> None:
    quote = list(store.quotes())[1]
    assert (quote.speaker, quote.office, quote.cue) == ("Sari Wulan", "Menteri", "kata")
    (article,) = store.articles()
    assert (article.quotes, article.events, article.bylines) == (2, 3, ("A. Penulis",))
    assert article.text == TEXT


def test_a_condition_that_cannot_be_met_is_refused_not_ignored(store: Store) -> None:
    every = {"type": "ASSAULT", "status": "actual", "limit": 1, "offset": 0}
    every |= {field.name: "x" for field in fields(Filter) if field.name not in every}
    assert list(store.events(Filter(**every))) == []
    with pytest.raises(StoreError, match="filtered by type, actor, recipient, status"):
        list(store.quotes(Filter(**every)))
    with pytest.raises(StoreError, match="type, actor, recipient, status, speaker"):
        list(store.articles(Filter(**every)))


def test_newest_articles_come_first_and_undated_last() -> None:
    with Store.open(":memory:") as store:
        for number, published in enumerate([None, "2014", "2015-11-27", "2015-11-28"]):
            store.add(page(number), replace(doc(number), published=published), VERSIONS)
        dates = [article.published for article in store.articles()]
    assert dates == ["2015-11-28", "2015-11-27", "2014", None]


def test_a_claim_comes_with_its_article_and_what_read_it(store: Store) -> None:
    event = doc().events[1]
    layers = dict.fromkeys(("sentences", "quotes", "events", "mentions", "notes"), ())
    for beginning in (event.id, event.id[:8]):
        claim = store.claim(beginning)
        assert claim.event == next(row for row in store.events() if row.id == event.id)
        assert claim.doc == replace(doc(), **layers)
        assert claim.versions == VERSIONS


@pytest.mark.parametrize("unknown", ["e0", "x", "%", "e_", "\U0010ffff", "q"])
def test_an_unknown_id_is_told_with_where_to_look(store: Store, unknown: str) -> None:
    with pytest.raises(StoreError, match="no event ") as error:
        store.claim(unknown)
    assert error.value.remedy == "look its id up: kronik events --db :memory:"


def test_an_ambiguous_id_is_told_with_what_it_may_be(store: Store) -> None:
    store.add(page(1), doc(1), VERSIONS)
    ids = sorted(event.id for number in range(2) for event in doc(number).events)
    with pytest.raises(StoreError) as error:
        store.claim("e")
    assert error.value.what == f"'e' may be {ids[0]}, {ids[1]}, {ids[2]}, ..."
    assert error.value.where == ":memory:"
    assert error.value.remedy == f"give more of it: kronik explain {ids[0]} --db :memory:"
