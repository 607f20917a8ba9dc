"""The Indonesian trigger lexicon: every line legal, every code covered."""

import unicodedata
from importlib.resources import files

import pytest

from kronik.codebook import Codebook
from train.lexicon.compile import REPOSITORY, compiled

COLUMNS = ["phrase", "type", "mode", "weight", "example"]
LEAST_OF_A_TYPE = 300
LEAST_OF_A_MODE = 10


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    table = files("kronik.lang.id") / "data" / "triggers.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == COLUMNS
    return [line.split("\t") for line in lines[1:]]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return Codebook.load()


def test_the_table_is_what_the_batches_make(rows: list[list[str]]) -> None:
    entries = compiled(REPOSITORY / "train" / "lexicon" / "id")
    assert ["\t".join(row) for row in rows] == [entry.line() for entry in entries]


def test_types_and_modes_are_those_of_the_codebook(
    rows: list[list[str]], codebook: Codebook
) -> None:
    legal = {(kind.code, mode) for kind in codebook.types.values() for mode in ("", *kind.modes)}
    assert [row for row in rows if (row[1], row[2]) not in legal] == []


def test_weights_are_shares(rows: list[list[str]]) -> None:
    assert [row for row in rows if not 0 < float(row[3]) <= 1] == []


def test_a_phrase_stands_in_its_example(rows: list[list[str]]) -> None:
    assert [row for row in rows if row[0] not in row[4].lower()] == []


def test_examples_are_short_sentences(rows: list[list[str]]) -> None:
    odd = [row[4] for row in rows if not 3 <= len(row[4].split()) <= 14 or row[4][-1] not in ".!?"]
    assert odd == []


def test_phrases_are_lower_case_and_composed(rows: list[list[str]]) -> None:
    plain = [unicodedata.normalize("NFC", row[0].lower().strip()) for row in rows]
    assert [row[0] for row in rows] == plain


def test_lines_are_sorted_and_no_phrase_stands_twice_with_a_type(rows: list[list[str]]) -> None:
    keys = [(row[0], row[1]) for row in rows]
    assert keys == sorted(set(keys))


def test_every_type_and_mode_is_covered(rows: list[list[str]], codebook: Codebook) -> None:
    for kind in codebook.types.values():
        assert sum(row[1] == kind.code for row in rows) >= LEAST_OF_A_TYPE, kind.code
        for mode in kind.modes:
            assert sum(row[1:3] == [kind.code, mode] for row in rows) >= LEAST_OF_A_MODE, mode


@pytest.mark.parametrize(
    ("phrase", "commonest"),
    [
        ("membunuh", "ASSAULT"),
        ("menandatangani nota kesepahaman", "AGREE"),
        ("menarik duta besar", "SANCTION"),
        ("meminta", "REQUEST"),
        ("mengundurkan diri", "RETREAT"),
        ("operasi tangkap tangan", "COERCE"),
    ],
)
def test_the_commonest_sense(rows: list[list[str]], phrase: str, commonest: str) -> None:
    senses = [row for row in rows if row[0] == phrase]
    assert max(senses, key=lambda row: float(row[3]))[1] == commonest
