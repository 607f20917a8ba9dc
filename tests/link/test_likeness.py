"""What makes a later text a copy of an earlier one."""

import pytest

from eval.copies.views import View, views
from kronik.link.likeness import FIGURES, PASSAGE, Likeness, runs, words
from tests.link.made import changed, prose

BASE = prose(1, 200)


def likeness(later: str, earlier: str) -> Likeness:
    return Likeness.of(words(later), words(earlier))


@pytest.mark.parametrize("view", list(views()), ids=lambda view: f"{view.story}: {view.name}")
def test_views_of_our_own_stories(view: View) -> None:
    assert likeness(view.text, view.original).copies is view.copy


def test_words_have_no_case_no_marks_and_one_spelling() -> None:
    assert words("“Kami, TNI\u00a0AU”—ﬁnal_2 Rp1.500") == [
        *("kami", "tni", "au", "final", "2", "rp1", "500")
    ]


def test_runs_of_a_text_shorter_than_one() -> None:
    assert runs(["a", "b"]) == [("a", "b")]
    assert runs([]) == [()]
    assert likeness("Dua kata", "dua kata.") == Likeness(1.0, 0.0, 0)
    assert likeness("Dua kata", BASE).shared == 0.0


def test_the_same_text_is_wholly_shared_and_another_not_at_all() -> None:
    assert likeness(BASE, BASE) == Likeness(1.0, 0.0, 0)
    assert likeness(prose(2, 200), BASE) == Likeness(0.0, 1.0, 0)


def test_what_is_measured_is_how_much_of_the_later_text_is_old() -> None:
    part = " ".join(BASE.split()[:60])
    assert likeness(part, BASE).shared == 1.0
    assert likeness(BASE, part).shared == pytest.approx(57 / 197)
    assert (likeness(part, BASE).copies, likeness(BASE, part).copies) == (True, False)


@pytest.mark.parametrize(("share", "copies"), [(0.05, True), (0.1, True), (0.4, False)])
def test_words_changed_here_and_there(share: float, copies: bool) -> None:
    assert likeness(changed(BASE, share), BASE).copies is copies


def test_words_added_here_and_there_are_no_new_passage() -> None:
    added = " ".join(
        f"{word} baru" if at % 10 == 0 else word for at, word in enumerate(BASE.split())
    )
    assert likeness(added, BASE).new == 0.0


@pytest.mark.parametrize(
    ("size", "new"), [(PASSAGE - 1, 0.0), (PASSAGE, PASSAGE / (200 + PASSAGE))]
)
def test_a_passage_is_new_from_some_length_on(size: int, new: float) -> None:
    assert likeness(f"{BASE} {prose(3, size)}", BASE).new == pytest.approx(new)


def test_a_story_told_on_is_no_copy_although_most_of_it_is_old() -> None:
    told_on = likeness(f"{prose(4, 70)} {BASE}", BASE)
    assert told_on.shared > 0.7
    assert not told_on.copies


@pytest.mark.parametrize(("figures", "copies"), [(FIGURES, True), (FIGURES + 1, False)])
def test_a_form_filled_in_anew_is_no_copy(figures: int, copies: bool) -> None:
    form = " ".join(
        f"{word} {at}00" if at % 12 == 0 else word for at, word in enumerate(BASE.split())
    )
    filled = form
    for at in list(range(0, 200, 12))[:figures]:
        filled = filled.replace(f" {at}00", f" {at}77", 1)
    assert likeness(filled, form).figures == figures
    assert likeness(filled, form).copies is copies
