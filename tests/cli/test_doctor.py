"""The doctor names every part, and a damaged one with its remedy."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import get_type_hints

import pytest

from kronik.cli import doctor, verbs
from kronik.cli.doctor import Finding
from kronik.errors import InstallError
from kronik.kit import Kit
from kronik.net import Labels
from kronik.settings import Settings

PARTS = ["kronik", "python", "platform", "cores", "memory", "onnxruntime", "sqlite", "codebook"]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder as ``Reader`` expects it, with a file that is what the card says."""
    (tmp_path / "reader.onnx").write_bytes(b"weights")
    card = {
        "weights": {"reader.onnx": sha256(b"weights").hexdigest()},
        "labels": {name: [] for name in get_type_hints(Labels)},
        "window": 192,
        "thresholds": {},
        "judges": {},
        "languages": ["id", "en"],
        "about": {},
    }
    (tmp_path / "card.json").write_text(json.dumps(card))
    return tmp_path


@pytest.fixture
def no_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(settings: Settings | None = None) -> Kit:
        raise InstallError("no usable model card", where="card.json", remedy="install it again")

    monkeypatch.setattr(Kit, "load", load)


def by_part(weights: Path) -> dict[str, Finding]:
    return {finding.part: finding for finding in doctor.findings(weights)}


def test_every_part_is_named(no_kit: None, tmp_path: Path) -> None:
    found = by_part(tmp_path)
    assert list(found) == [*PARTS, "weights", "self-test"]
    assert sqlite3.sqlite_version in found["sqlite"].found
    assert "FTS5 yes" in found["sqlite"].found
    assert "16 event types" in found["codebook"].found


def test_missing_weights_do_not_hide_the_rest(no_kit: None, tmp_path: Path) -> None:
    found = by_part(tmp_path)
    assert str(tmp_path / "card.json") in found["weights"].found
    assert found["weights"].remedy
    assert (found["self-test"].found, found["self-test"].remedy) == (
        "card.json: no usable model card",
        "install it again",
    )
    assert not found["sqlite"].remedy


def test_weights_are_held_against_their_card(no_kit: None, weights: Path) -> None:
    found = by_part(weights)
    assert found["languages"].found == "id, en"
    assert sha256(b"weights").hexdigest()[:12] in found["weights"].found
    assert not found["weights"].remedy
    (weights / "reader.onnx").write_bytes(b"weighed")
    damaged = by_part(weights)["weights"]
    assert "damaged weights" in damaged.found
    assert damaged.remedy


def test_an_unfit_installation_ends_with_1(
    no_kit: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        verbs.main(["doctor"])
    assert end.value.code == 1
    out = capsys.readouterr().out
    assert "not fit to read: " in out
    assert "self-test" in out.splitlines()[-1]
    assert "install it again" in out
