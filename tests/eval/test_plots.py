"""Pictures of an outcome: the same to the byte, with what they should show in them."""

import json
import sys
from dataclasses import replace
from itertools import combinations
from math import isnan
from pathlib import Path
from types import ModuleType

import pytest

from eval import calibration, plots
from eval.__main__ import main
from eval.corpora import corpora
from eval.evaluate import Outcome, evaluate
from eval.records import Record
from tests.eval.hand import ATTACK, CRITICISM, DIRECT, ITEM, reading, record_of

SETS = Path(__file__).with_name("sets")
NAMES = ["confusion-dev-id.svg", "reliability-dev-id.svg", "trade-dev-id.svg"]


def drawable() -> ModuleType:
    found: ModuleType = pytest.importorskip("matplotlib", reason="pictures need matplotlib")
    return found


def outcome() -> Outcome:
    unsure = replace(ATTACK, type="COERCE", score=0.35), replace(CRITICISM, score=0.8)
    predicted = reading(unsure, (replace(DIRECT, score=0.97),))
    return evaluate(corpora()["dev-id"], [ITEM], [record_of(ITEM, predicted)])


def draw(folder: Path) -> list[Path]:
    plots.prepare(folder)
    return plots.draw(outcome(), folder)


def test_a_picture_is_the_same_at_every_drawing(tmp_path: Path):
    drawable()
    first, second = draw(tmp_path / "a" / "b"), draw(tmp_path / "c")
    assert [path.name for path in first] == [path.name for path in second] == NAMES
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
        assert "<dc:date>" not in one.read_text(encoding="utf-8")


def test_pictures_look_the_same_whatever_the_readers_own_settings(tmp_path: Path):
    mpl = drawable()
    (plain, *_) = draw(tmp_path / "a")
    with mpl.rc_context({"font.size": 30, "axes.edgecolor": "red"}):
        (other, *_) = draw(tmp_path / "b")
    assert plain.read_bytes() == other.read_bytes()


def test_confusions_stand_in_the_row_of_gold_and_the_column_of_the_prediction():
    drawable()
    (axes,) = plots.confusion(outcome()).axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == [label.get_text() for label in axes.get_xticklabels()]
    assert (len(names), names[-1]) == (17, "none")
    cells = {
        (
            names[round(text.get_position()[1])],
            names[round(text.get_position()[0])],
        ): text.get_text()
        for text in axes.texts
    }
    assert cells == {
        ("ASSAULT", "COERCE"): "1",
        ("ACCUSE", "ACCUSE"): "1",
        ("SANCTION", "none"): "1",
    }


def test_lines_go_through_the_figures():
    drawable()
    found = calibration.pooled(outcome().verdicts)
    events, quotes = plots.reliability("dev-id", found).axes
    assert events.lines[1].get_xydata().tolist() == [[0.35, 0.0], [0.8, 1.0]]
    assert quotes.get_title() == "quotes: calibration error 0.030"
    events, quotes = plots.trade("dev-id", found).axes
    precision, recall = events.lines
    told = [None if isnan(value) else value for value in precision.get_ydata()]
    assert told == [0.5] * 4 + [1.0] * 5 + [None]
    assert list(recall.get_ydata()) == [pytest.approx(1 / 3)] * 9 + [0.0]


VARIANTS = [
    plots.Variant("8 layers", 9.0, 0.63, 0.56, joined=True),
    plots.Variant("4 layers", 18.0, 0.59, 0.57, joined=True),
    plots.Variant("6 layers", 14.0, 0.62, 0.58, joined=True),
    plots.Variant("one", 14.0, 0.6151, 0.55),
    plots.Variant("other", 14.1, 0.6150, 0.54),
    plots.Variant("third", 14.1, 0.6149, 0.54),
]


def test_variants_stand_at_their_speed_and_a_line_joins_those_of_one_kind():
    drawable()
    (axes,) = plots.speed(VARIANTS).axes
    line, points, dev_line, dev = (drawn.get_xydata().tolist() for drawn in axes.lines)
    assert line == [[9.0, 0.63], [14.0, 0.62], [18.0, 0.59]]
    assert dev_line == [[9.0, 0.56], [14.0, 0.58], [18.0, 0.57]]
    assert points == [[v.speed, v.held] for v in VARIANTS]
    assert dev == [[v.speed, v.dev] for v in VARIANTS]


def test_every_variant_has_its_label_and_none_covers_another():
    drawable()
    figure = plots.speed(VARIANTS)
    figure.draw_without_rendering()
    labels = {text.get_text(): text for text in figure.axes[0].texts if text.get_text()}
    assert labels.keys() == {v.label for v in VARIANTS}
    for variant in VARIANTS:
        assert labels[variant.label].xy == (variant.speed, variant.held)
    boxes = [text.get_window_extent() for text in labels.values()]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def run(name: str, data: Path, record: Record, folder: Path) -> int:
    """The command over one stored record, in a folder of its own."""
    told = folder / "told.jsonl"
    told.write_text(json.dumps(record) + "\n", encoding="utf-8")
    command = [name, "--data", str(data), "--from", str(told), "--plots", str(folder / "plots")]
    return main([*command, "--predictions", str(folder / "out.jsonl")])


def test_only_sets_scored_as_articles_have_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    drawable()
    assert run("plv", SETS / "plv.tsv", {"uid": "7", "refused": "too short"}, tmp_path) == 0
    assert list((tmp_path / "plots").iterdir()) == []
    assert "no pictures: only sets scored as articles" in capsys.readouterr().err


def test_the_command_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    drawable()
    (article,), _ = replace(corpora()["dev-id"], path=str(SETS / "gold.jsonl")).items()
    assert run("dev-id", SETS / "gold.jsonl", record_of(article), tmp_path) == 0
    assert sorted(path.name for path in (tmp_path / "plots").iterdir()) == NAMES
    assert "trade-dev-id.svg" in capsys.readouterr().err


def test_without_matplotlib_the_remedy_is_told_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    missing = str(tmp_path / "none.jsonl")
    command = ["plv", "--data", str(SETS / "plv.tsv"), "--from", missing]
    assert main([*command, "--plots", str(tmp_path / "plots")]) == 1
    told = capsys.readouterr().err
    assert "pictures need matplotlib" in told
    assert "pip install 'kronik[train]'" in told
    assert not (tmp_path / "plots").exists()
