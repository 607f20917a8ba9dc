"""The English trigger lexicon: every line is sound, and the words of the trade are in it."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from kronik.codebook import Codebook
from train.lexicon.compile import COLUMNS, REPOSITORY, compiled
from train.lexicon.inflect import English, inflected

HERE = Path(__file__).parent
LEXICON = files("kronik.lang") / "en" / "data" / "triggers.tsv"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def entries() -> list[dict[str, str]]:
    return table(LEXICON.read_text(encoding="utf-8"))


def test_every_line_is_sound() -> None:
    types = Codebook.load().types
    for row in entries():
        assert tuple(row) == COLUMNS
        assert row["type"] in types, row
        assert not row["mode"] or row["mode"] in types[row["type"]].modes, row
        assert 0 < float(row["weight"]) <= 1, row
        assert row["phrase"] == row["phrase"].strip().lower(), row
        assert row["phrase"] in row["example"].lower(), row
        assert all(unicodedata.is_normalized("NFC", cell) for cell in row.values()), row


def test_lines_are_sorted_and_none_stands_twice() -> None:
    keys = [(row["phrase"], row["type"]) for row in entries()]
    assert keys == sorted(set(keys))


def test_every_type_and_mode_is_rich() -> None:
    per_type = Counter(row["type"] for row in entries())
    per_mode = Counter((row["type"], row["mode"]) for row in entries())
    for code, kind in Codebook.load().types.items():
        assert per_type[code] >= 100, code
        for mode in kind.modes:
            assert per_mode[code, mode] >= 20, (code, mode)


def test_the_batches_make_this_lexicon() -> None:
    made = compiled(REPOSITORY / "train" / "lexicon" / "en")
    lines = LEXICON.read_text(encoding="utf-8").splitlines()[1:]
    assert [entry.line() for entry in made] == lines


@pytest.mark.parametrize(
    "known",
    table((HERE / "triggers_en.tsv").read_text(encoding="utf-8")),
    ids=lambda k: k["phrase"],
)
def test_the_commoner_sense_weighs_most(known: dict[str, str]) -> None:
    senses = [row for row in entries() if row["phrase"] == known["phrase"]]
    assert senses
    assert max(senses, key=lambda row: float(row["weight"]))["type"] == known["type"]


@pytest.mark.parametrize(
    "verb",
    table((HERE / "inflection_en.tsv").read_text(encoding="utf-8")),
    ids=lambda v: v["lemma"],
)
def test_verbs_inflect(verb: dict[str, str]) -> None:
    english, lemma = English(), verb["lemma"]
    assert english.past(lemma) == verb["past"]
    assert english.participle(lemma) == verb["participle"]
    assert english.gerund(lemma) == verb["gerund"]
    assert english.plural(lemma) == verb["third"]


@pytest.mark.parametrize(
    ("lemma", "frame", "phrases"),
    [
        ("act~ of war", "The {n} shook us.", ["act of war", "acts of war"]),
        ("strongly urge~", "He was {p} to go.", ["strongly urged"]),
        ("setuju", "Mereka {}.", ["setuju"]),
    ],
)
def test_the_marked_word_bends(lemma: str, frame: str, phrases: list[str]) -> None:
    made = list(inflected(lemma, frame))
    assert [phrase for phrase, _ in made] == phrases
    assert all(phrase in sentence for phrase, sentence in made)
