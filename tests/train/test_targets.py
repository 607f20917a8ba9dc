"""What the network is taught of a window is what the labels say. (No torch is needed for this.)"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kronik.codebook import Codebook
from kronik.net import RELATIONS, Labels
from kronik.net.reader import WEIGHTS
from kronik.net.words import Pieces, windows
from kronik.types import Span
from train.reader.gold import Named, articles, entities
from train.reader.targets import UNKNOWN, Targets, targets

TEXT = 'Menteri Ratna menolak usul Partai Biru. "Kami keberatan," katanya.'
ROW = {
    "id": "t1",
    "lang": "id",
    "text": TEXT,
    "sentences": [[0, 39], [40, len(TEXT)]],
    "events": [
        {
            "trigger_span": [14, 21],
            "type": "REJECT",
            "mode": "assist",
            "status": "actual",
            "actor": [{"span": [0, 13], "sector": "GOV"}],
            "recipient": [{"span": [27, 38], "sector": "PTY"}, {"span": None, "sector": "PTY"}],
            "place": None,
            "date": None,
        },
        {"trigger_span": None},
    ],
    "quotes": [
        {"span": [41, 55], "manner": "direct", "cue_span": [58, 65], "speaker": {"span": None}}
    ],
}


def labels() -> Labels:
    modes = [f"{kind}/{m}" for kind, t in Codebook.load().types.items() for m in t.modes]
    return Labels.of(
        {
            "content": ["O", "B-direct", "I-direct", "B-indirect", "I-indirect"],
            "cue": ["O", "B-cue", "I-cue"],
            "entity": ["O", "B-PER", "I-PER"],
            "trigger": ["O", "I", *Codebook.load().types],
            "mode": ["-", *modes],
            "status": ["actual", "future"],
            "sector": ["GOV", "PTY"],
        }
    )


@pytest.fixture
def window_targets(tmp_path: Path) -> tuple[list[str], Targets, Counter[str]]:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW) + "\n", "utf8")
    dropped: Counter[str] = Counter()
    (text,) = articles(path, dropped)
    (window,) = windows(text.text, text.sentences, Pieces.load(WEIGHTS / "tokenizer.json"), 256)
    return [w.of(TEXT) for w in window.words], targets(text, window, labels()), dropped


def test_layers(window_targets: tuple[list[str], Targets, Counter[str]]) -> None:
    words, wanted, dropped = window_targets
    at = {word: i for i, word in enumerate(words)}
    names = labels()
    assert names.trigger[wanted.layers["trigger"][at["menolak"]]] == "REJECT"
    assert (wanted.layers["trigger"] > 0).sum() == 1
    assert names.mode[wanted.layers["mode"][at["menolak"]]] == "REJECT/assist"
    assert names.sector[wanted.layers["sector"][at["Partai"]]] == "PTY"
    assert names.content[wanted.layers["content"][at["Kami"]]] == "B-direct"
    assert names.content[wanted.layers["content"][at["keberatan"]]] == "I-direct"
    assert wanted.layers["content"][at["katanya"]] == 0
    assert names.cue[wanted.layers["cue"][at["katanya"]]] == "B-cue"
    assert (wanted.layers["entity"] == UNKNOWN).all(), "entities are not labelled in this corpus"
    assert dropped == {"event without a trigger span": 1}


def test_arcs(window_targets: tuple[list[str], Targets, Counter[str]]) -> None:
    words, wanted, _ = window_targets
    filled = {
        (words[row.word], RELATIONS[relation], words[word])
        for row in wanted.rows
        for relation, word in row.filled
    }
    assert filled == {
        ("menolak", "actor", "Menteri"),
        ("menolak", "actor", "Ratna"),
        ("menolak", "recipient", "Partai"),
        ("menolak", "recipient", "Biru"),
        ("katanya", "content", "Kami"),
        ("katanya", "content", "keberatan"),
    }
    asked = {words[row.word]: {RELATIONS[r] for r in row.asked} for row in wanted.rows}
    assert asked["menolak"] == {"actor", "recipient", "place", "date"}
    assert asked["katanya"] == {"speaker", "content"}, "an absent speaker is asked for too"


def test_a_mode_of_another_type_is_not_taught(tmp_path: Path) -> None:
    slip = json.loads(json.dumps(ROW))
    slip["events"][0]["mode"] = "firearms"
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(slip) + "\n", "utf8")
    (text,) = articles(path, Counter())
    (window,) = windows(text.text, text.sentences, Pieces.load(WEIGHTS / "tokenizer.json"), 256)
    assert (targets(text, window, labels()).layers["mode"] == UNKNOWN).all()


def test_a_party_that_the_sentence_does_not_name_is_the_nearest_before(tmp_path: Path) -> None:
    carried = json.loads(json.dumps(ROW))
    (acting, menteri) = carried["events"][0], {"span": None, "who": "Ratna", "sector": "GOV"}
    carried["events"] = [acting | {"trigger_span": [47, 56], "actor": [menteri]}]
    carried["events"][0]["recipient"] = [{"span": None, "who": "Partai Ungu", "sector": "PTY"}]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(carried) + "\n", "utf8")
    (text,) = articles(path, Counter())
    assert text.events is not None
    (role,) = text.events[0].roles
    assert (role.relation, role.span.of(TEXT)) == ("actor", "Ratna")


def test_the_nearest_naming_by_the_annotator_counts() -> None:
    event = {"actor": [{"span": [0, 13], "who": "R"}, {"span": [14, 21], "who": "R"}]}
    named = Named.of({"events": [event], "quotes": []}, TEXT)
    assert named.before("R", 30) == Span(14, 21)
    assert named.before("R", 13) == Span(0, 13)
    assert named.before("Kami", 30) is None, "what comes after is not clear before"


def test_entities_of_a_conll_file(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("Ratna\tB-PER\nWijaya\tI-PER\ntiba\tO\n.\tO\n\nia\tO\npergi\tB-XYZ\n", "utf8")
    dropped: Counter[str] = Counter()
    (text,) = entities(path, 6, lambda _: True, dropped)
    found = [(span.of(text.text), kind) for span, kind in text.entities or ()]
    assert found == [("Ratna Wijaya", "PER")]
    assert {span.of(text.text) for span in text.sentences} == {"Ratna Wijaya tiba.", "ia pergi"}
    assert dropped == {"entity label B-XYZ": 1}
