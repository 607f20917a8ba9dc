"""The earliest is the original, chains never form, and a store alone says what is known."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kronik.errors import StepError
from kronik.link import Copies
from kronik.link.copies import MOST
from kronik.store import Store
from kronik.types import Event, Span
from tests.example import VERSIONS
from tests.link.made import add, article, changed, originals, page, prose
from tests.store.dump import dump

TEXT = prose(1)
HERE = "https://harian.contoh/daerah/kapal-kandas"
Tell = Callable[..., dict[str, str]]


@pytest.fixture
def tell() -> Iterator[Tell]:
    """Store texts, each with date and address if those are given; whose copy is each?"""
    with Store.open(":memory:") as store:
        copies = Copies.of(store)

        def tell(*told: tuple[str | None, ...]) -> dict[str, str]:
            for number, (text, *rest) in enumerate(told):
                add(store, copies, number, article(number, str(text), *rest))
            rows = {row.id: row for row in store.articles()}
            return {
                row.source_id: rows[row.copy_of].source_id for row in rows.values() if row.copy_of
            }

        yield tell


def test_other_texts_are_no_copies(tell: Tell) -> None:
    assert tell((TEXT,), (prose(2),), (prose(3),)) == {}


def test_the_first_stored_is_the_original_where_no_date_says_more(tell: Tell) -> None:
    told = (TEXT,), (changed(TEXT, 0.05), "2043-05-02"), (TEXT.upper(),)
    assert tell(*told) == {"1": "0", "2": "0"}


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("2043-05-03", "2043-05-02", {"0": "1"}),
        ("2043-05-02", "2043-05-03", {"1": "0"}),
        ("2043-05-02", "2043-05-02", {"1": "0"}),
        ("2043-05", "2043-05-02", {"1": "0"}),
        ("2043-05-02", "2043-05", {"1": "0"}),
        ("2043-05-02", "2043-04", {"0": "1"}),
        ("2043", "2042-12-31", {"0": "1"}),
        (None, "2042-12-31", {"1": "0"}),
        ("2043-05-02", None, {"1": "0"}),
    ],
)
def test_dates_decide_as_far_as_both_say(
    tell: Tell, first: str | None, second: str | None, found: dict[str, str]
) -> None:
    assert tell((TEXT, first), (changed(TEXT, 0.05), second)) == found


def test_when_an_earlier_one_comes_later_the_roles_turn_and_its_copies_go_along(tell: Tell) -> None:
    told = [(changed(TEXT, 0.04, day), f"2043-05-{day}") for day in (14, 15, 12, 16, 11)]
    assert tell(*told) == {"0": "4", "1": "4", "2": "4", "3": "4"}


def test_the_likest_is_the_original_and_of_equals_the_first(tell: Tell) -> None:
    low, high = changed(TEXT, 0.2, 1), changed(TEXT, 0.15, 2)
    assert tell((low,), (high,), (TEXT,)) == {"2": "1"}


def test_a_copy_is_of_its_original_not_of_another_copy(tell: Tell) -> None:
    """A story that drifts: each is like the one before, the last not like the first."""
    drift = [TEXT]
    for step in range(1, 6):
        drift.append(changed(drift[-1], 0.08, step))
    found = tell(*((text,) for text in drift))
    assert found["1"] == "0"
    assert found.get("5") != "0"
    assert not set(found) & set(found.values())


@pytest.mark.parametrize(
    ("other", "copy"),
    [
        (TEXT, True),
        (" ".join(TEXT.split()[:40]), True),
        (f"{TEXT} {prose(5, 100)}", True),
        (f"{' '.join(TEXT.split()[:60])} {prose(6, 60)}", True),
        (f"{' '.join(TEXT.split()[:20])} {prose(6, 90)}", False),
        (prose(7), False),
    ],
)
def test_at_one_address_stands_one_article_but_not_its_second_page(
    tell: Tell, other: str, copy: bool
) -> None:
    assert tell((TEXT, None, HERE), (other, None, HERE)) == ({"1": "0"} if copy else {})


def test_the_address_leads_to_the_original_of_what_stands_there(tell: Tell) -> None:
    longer = f"{TEXT} {prose(5, 80)}"
    told = (TEXT,), (changed(TEXT, 0.05), None, HERE), (longer, None, HERE)
    assert tell(*told) == {"1": "0", "2": "0"}


@pytest.mark.parametrize("front", ["https://harian.contoh/", "https://harian.contoh", None])
def test_a_front_page_is_the_address_of_no_article(tell: Tell, front: str | None) -> None:
    assert tell((TEXT, None, front), (f"{TEXT} {prose(5, 100)}", None, front)) == {}


def test_what_is_known_of_a_copy(tell: Tell) -> None:
    with Store.open(":memory:") as store:
        copies = Copies.of(store)
        add(store, copies, 0, article(0, TEXT, at=HERE))
        by_address = add(store, copies, 1, article(1, TEXT, at=HERE))
        by_text = add(store, copies, 2, article(2, f"«{TEXT}»".title()))
        by_likeness = add(store, copies, 3, article(3, changed(TEXT, 0.1)))
    found = [added.copy for added in (by_address, by_text, by_likeness)]
    assert [copy.by for copy in found] == ["address", "text", "likeness"]
    assert [copy.original_id for copy in found] == [article(0, TEXT).id] * 3
    assert found[0].likeness == found[1].likeness == 1.0
    assert found[2].likeness == pytest.approx(0.65, abs=0.001)


def test_of_many_alike_the_likest_are_looked_at(tell: Tell) -> None:
    """Forms filled in anew each day are like each other and no copies; one's copy is found."""
    forms = [f"{TEXT} " + " ".join(f"{day}{at}" for at in range(9)) for day in range(10, 10 + MOST)]
    again = f"{forms[40]} dicetak"
    assert tell(*((form,) for form in (*forms, again))) == {str(len(forms)): "40"}


told_at_random = st.lists(
    st.tuples(
        st.sampled_from([prose(1), prose(2)]),
        st.sampled_from([0.0, 0.05, 0.1, 0.3]),
        st.integers(0, 3),
        st.sampled_from([None, "2043-05", "2043-05-01", "2043-05-02", "2043-05-03"]),
        st.sampled_from([None, HERE]),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=40)
@given(told_at_random, st.sets(st.integers(0, 6)), st.integers(0, 7))
def test_whoever_goes_on_finds_what_one_at_a_stretch_finds(
    told: list[tuple[str, float, int, str | None, str | None]], stops: set[int], unmarked: int
) -> None:
    """Broken off before each of ``stops``; the first ``unmarked`` were stored by an older Kronik.
    And no original is ever a copy."""
    docs = [
        article(number, changed(text, share, seed), day, at)
        for number, (text, share, seed, day, at) in enumerate(told)
    ]
    with Store.open(":memory:") as whole, Store.open(":memory:") as broken:
        at_a_stretch, again = Copies.of(whole), None
        for number, doc in enumerate(docs):
            add(whole, at_a_stretch, number, doc)
            if number >= unmarked and (again is None or number in stops):
                again = Copies.of(broken)
            add(broken, again, number, doc)
        Copies.of(broken)
        found = [[(row.id, row.copy_of) for row in store.articles()] for store in (whole, broken)]
    copies = {article for article, original in found[0] if original}
    assert not copies & {original for _, original in found[0]}
    assert found[1] == found[0]


def test_two_batches_at_once_know_of_each_other(tmp_path: Path) -> None:
    docs = [article(n, changed(TEXT, 0.04, n), f"2043-05-{20 - n}") for n in range(8)]
    alone, both = tmp_path / "alone.db", tmp_path / "both.db"
    with Store.open(alone) as store:
        copies = Copies.of(store)
        for number, doc in enumerate(docs):
            add(store, copies, number, doc)
    with Store.open(both) as one, Store.open(both) as other:
        hands = [(one, Copies.of(one)), (other, Copies.of(other))]
        for number, doc in enumerate(docs):
            add(*hands[number % 2], number, doc)
    assert dump(both) == dump(alone)
    assert set(originals(both).values()) == {"7"}


def test_what_could_not_be_stored_is_not_known(tmp_path: Path) -> None:
    act = Event("e", 0, "ASSAULT", None, 4, -9.0, Span(0, 1), (), (), "actual", None, 0.9)
    broken = replace(article(0, TEXT), sentences=(Span(0, 5),), events=(act, act))
    with Store.open(tmp_path / "k.db") as store:
        copies = Copies.of(store)
        empty = dump(tmp_path / "k.db")
        with pytest.raises(StepError):
            add(store, copies, 0, broken)
        assert dump(tmp_path / "k.db") == empty
        assert add(store, copies, 1, article(1, TEXT)).copy is None


def test_what_is_there_already_is_not_marked_again() -> None:
    with Store.open(":memory:") as store:
        copies = Copies.of(store)
        assert add(store, copies, 0, article(0, TEXT))
        assert add(store, copies, 0, article(0, TEXT)) is None
        assert add(store, copies, 1, article(1, TEXT)).copy.original_id == article(0, TEXT).id


def test_a_page_read_again_stands_where_it_stood() -> None:
    later = replace(VERSIONS, net="e" * 64)
    with Store.open(":memory:") as store:
        copies = Copies.of(store)
        for number in range(3):
            add(store, copies, number, article(number, changed(TEXT, 0.04, number)))
        again = replace(article(0, changed(TEXT, 0.06, 9)), id="again")
        assert store.reread(again, later)
        copy_again = replace(article(1, changed(TEXT, 0.06, 8)), id="copy-again")
        assert store.reread(copy_again, later)
        expected = {"again": None, "copy-again": "again", article(2, TEXT).id: "again"}
        assert {row.id: row.copy_of for row in store.articles()} == expected
        copies = Copies.of(store)
        assert {row.id: row.copy_of for row in store.articles()} == expected
        assert add(store, copies, 3, article(3, TEXT)).copy.original_id == "again"


def test_what_is_added_after_a_page_was_read_again_is_known() -> None:
    with Store.open(":memory:") as store:
        copies = Copies.of(store)
        for number, text in enumerate((prose(2), prose(3))):
            add(store, copies, number, article(number, text))
        copies.mark(article(9, TEXT))
        again = replace(article(1, prose(3)), id="again", title="Judul yang baru")
        assert store.reread(again, replace(VERSIONS, net="e" * 64))
        add(store, copies, 2, article(2, TEXT))
        assert add(store, copies, 3, article(3, TEXT)).copy.original_id == article(2, TEXT).id


def test_a_page_read_again_is_no_copy_of_its_earlier_reading() -> None:
    with Store.open(":memory:") as store:
        add(store, Copies.of(store), 0, article(0, TEXT, at=HERE))
        again = replace(article(0, TEXT, at=HERE), id="again", title="Judul yang baru")
        assert store.reread(again, replace(VERSIONS, net="e" * 64))
        Copies.of(store)
        assert [(row.id, row.copy_of) for row in store.articles()] == [("again", None)]


def test_an_article_without_words_is_no_copy_of_anything(tell: Tell) -> None:
    assert tell(("…",), (TEXT,), ("— ,",)) == {"2": "0"}
    assert page(0).id != page(2).id
