"""Sets that mark acts without codes, on tiny files of our own making, faults included."""

import tarfile
from collections import Counter
from pathlib import Path

import pytest

from eval.nouns import Item
from eval.readers import READERS, english
from kronik.types import Span

SETS = Path(__file__).with_name("sets")


def read(reader: str, path: Path) -> tuple[list[Item], Counter[str]]:
    lost: Counter[str] = Counter()
    items = list(READERS[reader](path, lost))
    return items, +lost


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "topics.tar.gz"
    with tarfile.open(path, "w:gz") as packed:
        packed.add(SETS / "ecbplus", arcname=".")
    return path


def marked(item: Item) -> list[tuple[str, list[str]]]:
    return [(act.label, [part.of(item.text) for part in act.parts]) for act in item.acts]


def test_ecbplus_documents(archive: Path):
    (later, first), lost = read("ecbplus", archive)
    assert (first.id, later.id) == ("7_1ecb", "7_10ecb")
    assert first.text.split("\n") == [
        "Northland shelled the port (and set it on fire).",
        "The mayor slept.",
        "\"We didn't agree,\" she said; the pilots' strike took ten days of place.",
    ]
    assert marked(first) == [
        ("occurrence", ["shelled"]),
        ("occurrence", ["set", "on fire"]),
        ("occurrence", ["agree"]),
        ("reporting", ["said"]),
    ]
    assert marked(later) == [("occurrence", ["protested"])]
    assert lost == {"document is no XML": 1, "mention outside the text": 2}


def test_sentences_of_ecbplus_without_a_mention_are_not_the_golds(archive: Path):
    (_, item), _ = read("ecbplus", archive)
    assert [span.of(item.text)[:9] for span in item.gold.sentences] == ["Northland", "\"We didn'"]


def test_causal_sentences():
    (first, second), lost = read("cnc", SETS / "cnc")
    assert (first.id, second.id) == ("d1_4", "d2_4")
    assert (
        first.text
        == "Dockers marched (twice) after the port had closed at 3 p.m., and pilots struck."
    )
    assert marked(first) == [
        ("effect", ["Dockers marched (twice)"]),
        ("cause", ["the port had closed at 3 p.m."]),
        ("effect", ["pilots struck"]),
    ]
    assert marked(second) == [("cause", ["The strike"]), ("effect", ["left shops empty"])]
    assert second.gold.sentences == (Span(0, len(second.text)),)
    assert lost == {"no cause and no effect": 1, "marks do not fit the sentence": 2}


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("It 's ten o'clock , he said .", "It's ten o'clock, he said."),
        ("They do n't ( yet ) pay $ 5 or 5 % .", "They don't (yet) pay $5 or 5%."),
        ('" Yes , " she said , " go ! "', '"Yes," she said, "go!"'),
        ("`` Yes , '' she said : “ go ”", '"Yes," she said: "go"'),
        ('He said : " No .', 'He said: " No.'),
        ('"Yes , " she said .', '"Yes," she said.'),
        ('A "yes" is a 5 " pipe .', 'A "yes" is a 5 " pipe.'),
    ],
)
def test_english_text_from_tokens(tokens: str, text: str):
    found, where = english.printed(tokens.split())
    assert found == text
    for token, span in zip(tokens.split(), where, strict=True):
        assert span.of(found) in (token, '"')


def test_neighbouring_tokens_make_one_stretch():
    _, where = english.printed(["a", "bb", "c", "dd"])
    assert english.cover(where, [0, 1, 3]) == (Span(0, 4), Span(7, 9))
