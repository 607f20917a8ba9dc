"""The codebook holds what the manual says, and refuses what it does not know."""

from __future__ import annotations

import copy
import csv
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kronik.codebook import Codebook

BOOK = Codebook.load()
SCORES = Path(__file__).parent / "scores.tsv"


def table() -> dict[str, Any]:
    return tomllib.loads(files("kronik.codebook").joinpath("plover.toml").read_text("utf-8"))


def cases() -> list[tuple[str, str | None, int, float]]:
    with SCORES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(r["type"], r["mode"] or None, int(r["quad"]), float(r["score"])) for r in rows]


@pytest.mark.parametrize(("code", "mode", "quad", "score"), cases())
def test_quads_and_scores(code: str, mode: str | None, quad: int, score: float) -> None:
    assert BOOK.quad(code) == quad
    assert BOOK.intensity(code, mode) == score


def test_counts_of_the_manual() -> None:
    assert len(BOOK.types) == 16
    assert sum(len(found.modes) for found in BOOK.types.values()) == 67
    assert len(BOOK.contexts) == 37
    assert set(BOOK.statuses) == {"actual", "future", "hypothetical", "negated", "historical"}
    assert set(BOOK.quads) == {1, 2, 3, 4}


def test_every_sector_of_the_annotated_articles_is_known() -> None:
    wanted = "GOV MIL COP JUD LEG PTY SPY REB OPP IGO NGO BUS MED EDU REL LAB CRM CVL UNK"
    assert set(wanted.split()) <= set(BOOK.sectors)


@pytest.mark.parametrize(
    ("code", "mode", "named"),
    [("ATTACK", None, "ATTACK"), ("ASSAULT", "visit", "visit"), ("AGREE", "phone", "phone")],
)
def test_a_bad_code_is_named(code: str, mode: str | None, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        BOOK.check(code, mode)


def test_good_codes_pass() -> None:
    for code, found in BOOK.types.items():
        for mode in (None, *found.modes):
            assert BOOK.quad(code) in (1, 2, 3, 4)
            BOOK.check(code, mode)


def test_plain_words_in_both_languages() -> None:
    assert BOOK.explain("ASSAULT", None, "en") == "physical violence"
    assert BOOK.explain("ASSAULT", "aerial", "id") == "kekerasan fisik: dari udara"


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("types", "AID", "quad"), 5, "AID has quad 5"),
        (("types", "AID", "score"), 11.0, "AID has score"),
        (("types", "AID", "id"), "", "AID has no words in id"),
        (("types", "CONSULT", "modes", "visit", "score"), -12.0, "CONSULT/visit has score"),
        (("sectors", "COP", "en"), "", "COP has no words in en"),
    ],
)
def test_a_damaged_table_is_refused(path: tuple[str, ...], value: Any, named: str) -> None:
    damaged = copy.deepcopy(table())
    place = damaged
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValueError, match=named):
        Codebook.parse(damaged)


def test_the_codebook_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        BOOK.sectors["COP"] = {}  # type: ignore[index]
