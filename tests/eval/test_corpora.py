"""The table of sets, and the sets that are here."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.corpora import Corpus, corpora
from eval.evaluate import evaluate
from tests.eval.hand import record_of

TABLE = corpora()
SETS = Path(__file__).with_name("sets")

COUNTS = {
    "dev-id": (33, {}),
    "train-id": (799, {}),
    "train-en": (24, {}),
    "train-en-parallel": (100, {}),
    "plv": (1050, {}),
    "petrarch": (78, {"CAMEO 01 and 02 are no events in PLOVER": 8}),
    "polnear": (
        84,
        {"further annotator of the same text": 10, "attribution without content": 1},
    ),
    "pfsa": (320, {}),
    "idner": (367, {}),
    "idner-train": (1464, {}),
    "nerp": (840, {}),
    "nergrit": (209, {}),
    "nergrit-train": (1672, {}),
    "nerui": (170, {}),
    "nerui-train": (1530, {}),
    "ecbplus": (772, {}),
    "cnc": (1809, {}),
}
"""Items and losses of the public files as published; a test is skipped where one is absent."""


def here(name: str) -> Corpus:
    corpus = TABLE[name]
    if not corpus.present:
        pytest.skip(f"{name} is not here ({corpus.path})")
    return corpus


@pytest.mark.parametrize("name", COUNTS)
def test_public_sets_are_read_whole(name: str):
    items, lost = here(name).items()
    assert (len(items), dict(lost)) == COUNTS[name]
    assert len({item.id for item in items}) == len(items)


@pytest.mark.parametrize("name", ["authored-id", "authored-en", "dev-id"])
def test_gold_against_itself_is_perfect(name: str):
    corpus = here(name)
    items, lost = corpus.items()
    assert not lost
    outcome = evaluate(corpus, items, [record_of(item) for item in items])
    values = outcome.values()
    assert {values.pop("events.ece"), values.pop("quotes.ece")} == {0.0}
    assert {figure: value for figure, value in values.items() if value != 1.0} == {}


@pytest.mark.parametrize("corpus", TABLE.values(), ids=TABLE)
def test_every_set_says_what_it_may_be_used_for(corpus: Corpus):
    assert corpus.use in {"train", "develop", "measure"}
    assert corpus.licence
    assert corpus.split


def test_a_set_without_a_reader_is_an_error():
    with pytest.raises(ValueError, match="no reader 'csv'"):
        replace(TABLE["plv"], reader="csv")


def test_an_absent_set_is_known_as_such(tmp_path: Path):
    assert not replace(TABLE["plv"], path=str(tmp_path / "none.tsv")).present


def test_the_limit_cuts_items():
    corpus = replace(TABLE["plv"], path=str(SETS / "plv.tsv"))
    assert [len(corpus.items(n)[0]) for n in (None, 2, 0)] == [4, 2, 0]


def test_the_hash_of_a_folder_tells_names_and_bytes(tmp_path: Path):
    corpus = replace(TABLE["polnear"], path=str(tmp_path))
    seen = [corpus.sha256()]
    (tmp_path / "a").write_text("1")
    seen.append(corpus.sha256())
    (tmp_path / "a").write_text("2")
    seen.append(corpus.sha256())
    (tmp_path / "a").rename(tmp_path / "b")
    seen.append(corpus.sha256())
    assert len(set(seen)) == 4
    assert corpus.sha256() == seen[-1]
