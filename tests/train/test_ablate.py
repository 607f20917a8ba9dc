"""Variants of the recipe: what each one changes, how it is measured, how the rows are drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="training needs kronik[train]")

from eval import run
from eval.corpora import corpora
from eval.nouns import Item
from eval.plots import Variant
from kronik.kit import Kit
from kronik.net.reader import WEIGHTS
from train.reader import ablate
from train.reader.config import Config

READER = Path(ablate.__file__).parent
TABLE: dict[str, Any] = tomllib.loads((READER / "ablations.toml").read_text("utf8"))
ROWS = """variant\theld.articles_per_second\theld.events.type_f1\tdev.events.type_f1
recipe\t14.0\t0.62\t0.58
layers-8\t9.5\t0.63\t0.56
no-lexicon\t14.1\t0.6\t0.55
"""


def build(folder: Path) -> Path:
    (folder / "ablations.tsv").write_text(ROWS, encoding="utf8")
    return folder


def test_changes_are_made_table_by_table():
    row = {"layers": 6, "fit": {"rate": 1, "weights": {"cue": 2, "arcs": 3}}}
    assert ablate.merged(row, {"layers": 3, "fit": {"weights": {"cue": 9}}}) == {
        "layers": 3,
        "fit": {"rate": 1, "weights": {"cue": 9, "arcs": 3}},
    }
    assert row["fit"] == {"rate": 1, "weights": {"cue": 2, "arcs": 3}}


def test_the_variants_on_the_line_differ_in_depth_alone(tmp_path: Path):
    config = Config.read(READER / "config.toml", tmp_path)
    joined = {name: ablate.variant(config, TABLE, name).row for name in TABLE["depths"]}
    assert {label.split()[0] for label in TABLE["depths"].values()} == {
        str(row["layers"]) for row in joined.values()
    }
    first, *others = ({**row, "layers": 0} for row in joined.values())
    assert all(other == first for other in others)


def test_no_variant_is_another_one_over_again(tmp_path: Path):
    config = Config.read(READER / "config.toml", tmp_path)
    rows = [ablate.variant(config, TABLE, name).row for name in TABLE["variant"]]
    assert all(row not in rows[:i] for i, row in enumerate(rows))


def test_a_row_is_measured_on_one_thread(monkeypatch: pytest.MonkeyPatch):
    corpus = corpora()["authored-id"]
    items = corpus.items()[0][:2]
    threads = []

    def predict(texts: Iterable[Item], kit: Kit) -> Iterator[dict[str, Any]]:
        threads.append(kit.settings.threads)
        return run.predict(texts, kit)

    monkeypatch.setattr(ablate, "predict", predict)
    row = ablate.Bench({"held": (corpus, items)}).row(WEIGHTS)
    assert set(threads) == {1}
    assert row["held.articles_per_second"] > 0
    assert row["held.events.type_f1"] > 0
    assert row["megabytes"] > 20


def test_rows_become_points_by_their_own_columns():
    rows = [
        {
            "variant": name,
            "held.articles_per_second": "14.0",
            "dev.articles_per_second": "99",
            "held.events.type_f1": "0.62",
            "dev.events.type_f1": "0.58",
        }
        for name in ("recipe", "no-lexicon")
    ]
    recipe, other = ablate.points(rows, {"recipe": "6 layers"})
    assert recipe == Variant("6 layers", 14.0, 0.62, 0.58, joined=True)
    assert other == replace(recipe, label="no-lexicon", joined=False)


def test_the_command_draws_the_same_picture_twice(tmp_path: Path):
    pytest.importorskip("matplotlib", reason="pictures need matplotlib")
    files = tmp_path / "new" / "one.svg", tmp_path / "other.svg"
    for file in files:
        ablate.main(["--build", str(build(tmp_path)), "--plot", str(file)])
    one, other = (file.read_bytes() for file in files)
    assert one == other
    assert b"<svg" in one


def test_without_rows_there_is_nothing_to_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        ablate.main(["--build", str(tmp_path), "--plot", str(tmp_path / "no.svg")])
    assert "ablations.tsv" in capsys.readouterr().err
    assert not (tmp_path / "no.svg").exists()
