"""A training run that is killed goes on and ends where an unbroken one would."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="training needs kronik[train]")

import torch

from kronik.net.hints import Hints
from kronik.net.reader import WEIGHTS
from kronik.net.words import Pieces
from tests.train.test_targets import ROW, labels
from train.reader import adapt, fit
from train.reader.batches import Cutter
from train.reader.encoder import Encoder
from train.reader.gold import articles
from train.reader.model import Reader


class KilledError(Exception):
    pass


def dies_at(call: int, function: Any) -> Any:
    """The function, which dies when it is called that often."""
    calls = Counter[str]()

    def run(*given: Any) -> Any:
        calls["n"] += 1
        if calls["n"] == call:
            raise KilledError
        return function(*given)

    return run


def state_of(path: Path) -> dict[str, Any]:
    return dict(torch.load(path, weights_only=True))


def same(one: Path, other: Path) -> bool:
    left, right = state_of(one), state_of(other)
    return left.keys() == right.keys() and all(torch.equal(left[k], right[k]) for k in left)


def pieces() -> Pieces:
    return Pieces.load(WEIGHTS / "tokenizer.json")


def encoder() -> Encoder:
    torch.manual_seed(0)
    return Encoder(30_000, 1, dropout=0.0)  # the shipped recipe adapts without dropout too


def folders(root: Path) -> tuple[Path, Path]:
    (root / "whole").mkdir()
    (root / "broken").mkdir()
    return root / "whole", root / "broken"


def test_masked_words_resume(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, broken = folders(tmp_path)
    ids = adapt.stream(["Menteri itu bertemu gubernur di kantor bupati. " * 40], pieces())
    plan = adapt.Adaptation(tokens=6 * 2 * 16, length=16, batch=2, checkpoint_every=2)
    mask = pieces().id_of("<mask>")
    adapt.adapt(encoder(), ids, mask, plan, whole)
    with monkeypatch.context() as patch:
        patch.setattr(adapt, "_hide", dies_at(4, adapt._hide))
        with pytest.raises(KilledError):
            adapt.adapt(encoder(), ids, mask, plan, broken)
    assert not (broken / "adapted.pt").exists()
    adapt.adapt(encoder(), ids, mask, plan, broken)
    assert (broken / "adapt.tsv").read_text() == (whole / "adapt.tsv").read_text()
    assert same(whole / "adapted.pt", broken / "adapted.pt")


def test_fitting_resumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, broken = folders(tmp_path)
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(ROW | {"id": f"t{n}"}) + "\n" for n in range(4)), "utf8")
    corpora = {"own": list(articles(gold, Counter()))}
    hints = {"id": Hints({}, labels().trigger[2:])}
    cutter = Cutter(pieces(), labels(), hints, (64, 64), 80)
    plan = fit.Plan(2, 1e-4, 1e-3, 0.9, 1, {})
    fit.fit(Reader(encoder(), labels()), corpora, cutter, plan, whole)
    with monkeypatch.context() as patch:
        patch.setattr(fit, "loss_of", dies_at(4, fit.loss_of))
        with pytest.raises(KilledError):
            fit.fit(Reader(encoder(), labels()), corpora, cutter, plan, broken)
    assert not (broken / "reader.pt").exists()
    fit.fit(Reader(encoder(), labels()), corpora, cutter, plan, broken)
    assert (broken / "fit.tsv").read_text() == (whole / "fit.tsv").read_text()
    assert same(whole / "reader.pt", broken / "reader.pt")
