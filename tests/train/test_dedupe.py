"""What is measured on is never trained on, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kronik.types import Span
from train.reader.dedupe import LEAST, Measured, mark, marks
from train.reader.gold import Text, entities

SAID = "Menteri itu menolak usul gubernur tentang jalan desa."


def text(*sentences: str) -> Text:
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return Text("t", " ".join(sentences), tuple(spans), "id")


def test_case_space_and_marks_make_no_other_sentence() -> None:
    assert mark(SAID) == mark(f'"{SAID.upper()}  "') is not None
    assert mark(SAID) != mark(SAID.replace("desa", "kota"))
    assert mark("x" * (LEAST - 1)) is None


def test_a_text_that_shares_a_sentence_is_dropped_and_counted() -> None:
    measured, dropped = Measured(frozenset(marks([SAID, "Ia pergi."]))), Counter[str]()
    free = text("Ia pergi.", "Gubernur itu memuji usul menteri tentang jalan kota.")
    assert list(measured.texts([text("Ia pergi.", SAID), free], dropped)) == [free]
    assert list(dropped.values()) == [1]


def test_of_an_entity_corpus_only_the_sentence_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    rows = [" ".join(f"{word}\tO\n" for word in SAID.split()), "Ratna\tB-PER\ntiba\tO\n"]
    path.write_text("\n".join(row.replace(" ", "") for row in rows), "utf8")
    measured, dropped = Measured(frozenset(marks([SAID]))), Counter[str]()
    (kept,) = entities(path, 6, measured.sentence(dropped), dropped)
    assert kept.text == "Ratna tiba\n"
    assert dropped == {"sentence that a measured set has": 1}
