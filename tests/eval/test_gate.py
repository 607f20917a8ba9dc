"""The gate, with scores made up for it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import gate
from eval.corpora import Corpus, corpora
from eval.gate import Floors, Values, Watched

FLOORS = {"events.type_f1": 0.6, "quotes.f1": 0.8}
GOOD: Values = {"events.type_f1": 0.7, "quotes.f1": 0.9}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    path = tmp_path / "set.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    one = replace(corpora()["dev-id"], path=str(path))
    gone = replace(one, name="train-id", path=str(tmp_path / "gone.jsonl"))
    monkeypatch.setattr(gate, "corpora", lambda: {"dev-id": one, "train-id": gone})
    return one


@pytest.fixture
def path(tmp_path: Path, corpus: Corpus) -> Path:
    file = tmp_path / "floors.json"
    watched = Watched(corpus.sha256(), dict(FLOORS))
    gate.save(Floors({"dev-id": watched, "train-id": Watched("0", dict(FLOORS))}), file)
    return file


def run(path: Path, values: Values, *argv: str) -> int:
    def measure(_: Corpus) -> Values:
        return values

    return gate.main(argv, path, measure)


def test_scores_at_their_floors_pass_and_absent_sets_are_named(
    path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(path, FLOORS) == 0
    out = capsys.readouterr().out
    assert "skipped: train-id is not here" in out
    assert "measured: dev-id, 2 figures" in out


@pytest.mark.parametrize(("below", "code"), [(0.0, 0), (0.0049, 0), (0.0051, 1), (0.3, 1)])
def test_a_figure_may_fall_by_the_tolerance_and_no_more(path: Path, below: float, code: int):
    assert run(path, {**FLOORS, "quotes.f1": 0.8 - below}) == code


def test_every_figure_below_its_floor_is_named(path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(path, {"events.type_f1": 0.5, "quotes.f1": 0.7}) == 1
    assert capsys.readouterr().err.splitlines() == [
        "dev-id/events.type_f1 is 0.500, below its floor 0.600",
        "dev-id/quotes.f1 is 0.700, below its floor 0.800",
    ]


@pytest.mark.parametrize("values", [{"quotes.f1": 0.9}, {**GOOD, "events.type_f1": None}])
def test_a_figure_without_a_value_fails(
    path: Path, values: Values, capsys: pytest.CaptureFixture[str]
):
    assert run(path, values) == 1
    assert "dev-id/events.type_f1 has no value" in capsys.readouterr().err


def test_a_changed_set_is_an_error_that_says_so(
    path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
):
    corpus.where.write_text("{}\n{}\n", encoding="utf-8")
    assert run(path, GOOD) == 1
    assert "dev-id has changed" in capsys.readouterr().err


def test_without_an_order_nothing_is_written(path: Path):
    before = path.read_bytes()
    run(path, GOOD)
    assert path.read_bytes() == before


def test_raising_leaves_the_margin_and_lowers_nothing(path: Path):
    assert run(path, {"events.type_f1": 0.7, "quotes.f1": 0.8}, "--raise") == 0
    assert gate.load(path).sets["dev-id"].floors == {"events.type_f1": 0.69, "quotes.f1": 0.8}
    assert gate.load(path).sets["train-id"].floors == FLOORS


def test_raising_is_refused_while_something_is_below(path: Path):
    before = path.read_bytes()
    assert run(path, {"events.type_f1": 0.7, "quotes.f1": 0.1}, "--raise") == 1
    assert path.read_bytes() == before


def test_lowering_takes_a_reason_and_is_recorded_with_its_date(path: Path):
    order = ["--lower", "dev-id/quotes.f1", "0.75", "--reason", "the labels were mended"]
    assert run(path, GOOD, *order) == 0
    floors = gate.load(path)
    assert floors.sets["dev-id"].floors["quotes.f1"] == 0.75
    (change,) = floors.changes
    assert (change.name, change.before, change.after) == ("dev-id/quotes.f1", "0.8", "0.75")
    assert change.reason == "the labels were mended"
    assert len(change.date) == len("2026-11-22")


@pytest.mark.parametrize(
    "order",
    [
        ["--lower", "dev-id/quotes.f1", "0.75"],
        ["--lower", "dev-id/quotes.f1", "0.75", "--reason", " "],
        ["--lower", "dev-id/quotes.f1", "0.85", "--reason", "up"],
        ["--lower", "dev-id/quotes.f1", "low", "--reason", "no number"],
        ["--lower", "dev-id/none", "0.1", "--reason", "no such figure"],
        ["--lower", "none/quotes.f1", "0.1", "--reason", "no such set"],
        ["--accept", "train-id", "--reason", "not here"],
        ["--accept", "dev-id"],
    ],
)
def test_orders_that_make_no_sense_change_nothing(path: Path, order: list[str]):
    before = path.read_bytes()
    assert run(path, GOOD, *order) == 2
    assert path.read_bytes() == before


def test_a_replaced_set_is_accepted_with_a_reason(path: Path, corpus: Corpus):
    corpus.where.write_text("{}\n{}\n", encoding="utf-8")
    assert run(path, GOOD, "--accept", "dev-id", "--reason", "two articles more") == 0
    assert run(path, GOOD) == 0
    (change,) = gate.load(path).changes
    assert (change.name, change.after) == ("dev-id", corpus.sha256())


def test_the_file_as_committed_watches_figures_of_known_sets():
    floors = gate.load(gate.FLOORS)
    assert floors.sets
    for name, watched in floors.sets.items():
        assert name in corpora()
        assert watched.floors
        assert all(0.0 <= floor <= 1.0 for floor in watched.floors.values())
    assert json.loads(gate.FLOORS.read_text(encoding="utf-8"))["changes"] == [
        {name: getattr(change, name) for name in ("date", "name", "before", "after", "reason")}
        for change in floors.changes
    ]
