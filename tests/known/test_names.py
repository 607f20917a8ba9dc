"""Names become comparable without losing what tells them apart."""

from __future__ import annotations

import pytest

from kronik.known.names import Folding, Titles, words

FOLDING = Folding.of(["AS", "KPK", "Amerika Serikat"])
TITLES = Titles.load()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("Ma’ruf Amin", "Maruf Amin"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Retno L.P. Marsudi", "Retno LP Marsudi"),
        ("Kodam XVII/Cenderawasih", "Kodam XVII Cenderawasih"),
        ("A.S.", "AS"),
        ("China's", "China"),
        ("  Amerika \n Serikat ", "Amerika Serikat"),
        ("Lech Wałęsa", "Lech Walesa"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert FOLDING.key(left) == FOLDING.key(right)


@pytest.mark.parametrize(("left", "right"), [("AS", "as"), ("KPK", "kpk"), ("AS", "ASN")])
def test_names_that_differ(left: str, right: str) -> None:
    assert FOLDING.key(left) != FOLDING.key(right)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Bapak H. Joko Susilo", "Joko Susilo"),
        ("Irjen Pol Budi Santosa", "Budi Santosa"),
        ("Prof. Dr. Sari Dewi, S.H., M.Hum.", "Sari Dewi"),
        ("Mr Smith", "Smith"),
        ("Jenderal", "Jenderal"),
        ("Mahfud MD", "Mahfud MD"),
    ],
)
def test_titles_and_degrees_are_stripped(name: str, bare: str) -> None:
    assert TITLES.bare(name) == bare


def test_words() -> None:
    assert words("Amman, Yordania (AS-Rusia)") == ["Amman", "Yordania", "AS", "Rusia"]
