"""Copies are kept, marked, and left out where that is asked; what is superseded is not shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from kronik.errors import StoreError
from kronik.store import Copy, Filter, Marked, Store
from kronik.types import Doc
from tests.example import VERSIONS, doc, page
from tests.store.dump import dump


@dataclass
class Says:
    """A marker that says what it is told to."""

    copy: Copy | None = None
    turned: tuple[Copy, ...] = ()
    method: str = "told/1"
    asked: list[str] = field(default_factory=list)

    def mark(self, doc: Doc) -> Marked:
        self.asked.append(doc.id)
        return Marked(self.method, doc.id.encode(), self.copy, self.turned)


def copy(number: int, original: int) -> Copy:
    return Copy(doc(number).id, doc(original).id, "likeness", 0.9)


def add(store: Store, number: int, says: Says | None = None) -> None:
    assert store.add(page(number), doc(number), VERSIONS, copies=says or Says())


def roles(store: Store) -> dict[str, str | None]:
    return {row.id: row.copy_of for row in store.articles()}


@pytest.fixture
def store() -> Iterator[Store]:
    """An article, a copy of it, and another."""
    with Store.open(":memory:") as store:
        add(store, 0)
        add(store, 1, Says(copy(1, 0)))
        add(store, 2)
        yield store


def test_copies_are_shown_with_their_original(store: Store) -> None:
    original = {doc(0).id: None, doc(1).id: doc(0).id, doc(2).id: None}
    assert roles(store) == original
    assert {row.article_id: row.copy_of for row in store.events()} == original
    assert {row.article_id: row.copy_of for row in store.quotes()} == original


def test_copies_are_left_out_with_all_that_they_claim(store: Store) -> None:
    once = Filter(copies=False)
    assert [row.id for row in store.articles(once)] == [doc(0).id, doc(2).id]
    assert [row.article_id for row in store.events(once)] == [doc(0).id] * 3 + [doc(2).id] * 3
    assert [row.article_id for row in store.quotes(once)] == [doc(0).id] * 2 + [doc(2).id] * 2
    assert [row.type for row in store.events(Filter(type="ASSAULT", copies=False))] == [
        *("ASSAULT", "ASSAULT")
    ]


def test_what_an_article_is_a_copy_of_is_told_when_it_is_added(store: Store) -> None:
    added = store.add(page(3), doc(3), VERSIONS, copies=Says(copy(3, 0)))
    assert added.copy == copy(3, 0)
    assert store.add(page(4), doc(4), VERSIONS).copy is None
    assert store.add(page(4), doc(4), VERSIONS) is None


def test_who_becomes_a_copy_takes_its_copies_along(store: Store) -> None:
    add(store, 3, Says(turned=(copy(0, 3), copy(2, 3))))
    ids = [doc(number).id for number in range(4)]
    assert roles(store) == {ids[0]: ids[3], ids[1]: ids[3], ids[2]: ids[3], ids[3]: None}


def test_a_later_reading_stands_where_the_earlier_one_stood(store: Store) -> None:
    later = replace(VERSIONS, net="e" * 64)
    for number in range(2):
        again = replace(doc(number), id=f"again-{number}", events=(), quotes=(), mentions=())
        assert store.reread(again, later)
    assert roles(store) == {"again-0": None, "again-1": "again-0", doc(2).id: None}


def test_what_is_superseded_is_shown_nowhere(store: Store) -> None:
    again = replace(doc(0), id="again", events=(), quotes=(), mentions=(), title="Judul baru")
    assert store.reread(again, replace(VERSIONS, net="e" * 64))
    assert doc(0).id not in {row.id for row in store.articles()}
    assert doc(0).id not in {row.article_id for row in store.events()}
    assert doc(0).id not in {row.article_id for row in store.quotes()}
    assert [row.id for row in store.articles(Filter(text="tetangga"))] == [doc(1).id, doc(2).id]
    assert [row.id for row in store.articles(Filter(text="baru"))] == ["again"]
    with pytest.raises(StoreError, match="no event"):
        store.claim(doc(0).events[0].id)
    assert store.claim(doc(1).events[0].id).event.article_id == doc(1).id


def test_what_was_stored_unmarked_is_marked_once(store: Store) -> None:
    assert store.add(page(5), doc(5), VERSIONS)
    says = Says()
    store.sign(says)
    store.sign(says)
    assert says.asked == [doc(5).id]


def test_signatures_of_another_method_are_made_anew_and_what_they_found_is_forgotten(
    store: Store,
) -> None:
    says = Says(method="told/2")
    store.sign(says)
    assert says.asked == [doc(number).id for number in range(3)]
    assert set(roles(store).values()) == {None}
    assert list(store.originals.signed("told/1", 0)) == []
    assert [row[1:] for row in store.originals.signed("told/2", 0)] == [
        (number + 1, doc(number).id.encode()) for number in range(3)
    ]


def test_originals_that_were_signed_are_told_in_order_and_from_a_number_on(store: Store) -> None:
    signed = list(store.originals.signed("told/1", 0))
    assert [number for _, number, _ in signed] == [1, 3]
    assert list(store.originals.signed("told/1", signed[0][0])) == signed[1:]


def test_of_numbers_the_first_originals_of_other_pages_are_told(store: Store) -> None:
    assert store.originals.among([3, 2, 1, 9], page(9).id, 5) == [3, 1]
    assert store.originals.among([3, 2, 1], page(9).id, 1) == [3]
    assert store.originals.among([3, 2, 1], page(2).id, 5) == [1]


def test_what_stands_at_an_address_is_told_by_its_original(store: Store) -> None:
    there = replace(doc(3), canonical="https://contoh.id/a")
    store.add(page(3), there, VERSIONS, copies=Says(copy(3, 0)))
    asked = store.originals
    assert asked.at("https://contoh.id/a", page(9).id, "told/1") == [1]
    assert asked.at("https://contoh.id/a", page(3).id, "told/1") == []
    assert asked.at("https://contoh.id/a", page(0).id, "told/1") == []
    assert asked.at("https://contoh.id/a", page(9).id, "told/2") == []
    assert asked.at("https://contoh.id/b", page(9).id, "told/1") == []


def test_an_article_counts_as_stored_when_its_page_was(store: Store) -> None:
    again = replace(doc(0), id="again", title="Judul baru", events=(), quotes=(), mentions=())
    store.reread(again, replace(VERSIONS, net="e" * 64))
    told = store.originals.told(4)
    assert (told.id, told.stored, told.published) == ("again", 1, doc(0).published)
    assert store.originals.first(page(0).id) == 1
    assert store.originals.first(page(9).id) is None


def test_a_copy_of_what_is_not_there_leaves_no_trace(tmp_path) -> None:
    with Store.open(tmp_path / "k.db") as store:
        empty = dump(tmp_path / "k.db")
        with pytest.raises(Exception, match="FOREIGN KEY"):
            add(store, 0, Says(copy(0, 9)))
        assert dump(tmp_path / "k.db") == empty
