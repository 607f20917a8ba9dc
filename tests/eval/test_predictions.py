"""Stored records: into the shape of gold, and what does not belong is refused."""

import json
from pathlib import Path

import pytest

from eval import records
from eval.nouns import Entity, Reading
from eval.records import PredictionError
from kronik.types import Span
from tests.eval.hand import ATTACK, GOLD, ITEM, at, reading, record_of


def test_a_record_says_what_gold_says():
    assert records.reading(record_of(ITEM), ITEM) == GOLD


def test_the_sentence_is_where_the_trigger_stands_in_gold():
    record = record_of(ITEM)
    for event in record["events"]:
        event["sentence"] = 7
    assert [event.sentence for event in records.reading(record, ITEM).events] == [0, 1, 2]


def test_a_trigger_between_sentences_has_none():
    gap = GOLD.sentences[0].end
    record = record_of(ITEM, reading((ATTACK,)))
    record["events"][0]["trigger"] = {"start": gap, "end": gap + 1, "text": "\n"}
    assert records.reading(record, ITEM).events[0].sentence == -1


def test_kinds_of_mentions_become_labels_of_entity_sets():
    marked = Reading(
        entities=tuple(
            Entity(at("Utara"), kind) for kind in ("PER", "ORG", "GPE", "LOC", "NORP", "MISC")
        )
    )
    found = records.reading(record_of(ITEM, marked), ITEM).entities
    assert [entity.label for entity in found] == ["PER", "ORG", "LOC", "LOC"]


@pytest.mark.parametrize("record", [None, {"uid": "hand-1", "refused": "too short"}])
def test_no_record_is_an_empty_reading(record: records.Record | None):
    assert records.reading(record, ITEM) == Reading()


def test_a_layer_that_another_system_lacks_is_empty():
    record = {"article": {"source_id": "hand-1", "text": ITEM.text}}
    assert records.reading(record, ITEM) == Reading()


def test_a_quote_keeps_its_score_and_is_certain_without_one():
    record = record_of(ITEM)
    record["quotes"][0]["score"] = 0.25
    del record["quotes"][1]["score"]
    assert [quote.score for quote in records.reading(record, ITEM).quotes] == [0.25, 1.0]


def test_offsets_of_another_text_are_refused():
    record = record_of(ITEM)
    record["article"]["text"] += " "
    with pytest.raises(PredictionError, match="another text"):
        records.reading(record, ITEM)


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return path


def test_records_and_refusals_are_found_by_item(tmp_path: Path):
    path = write(tmp_path / "p.jsonl", record_of(ITEM), {"uid": "other", "refused": "empty"})
    assert set(records.load(path)) == {"hand-1", "other"}


def test_two_records_of_one_item_are_an_error(tmp_path: Path):
    path = write(tmp_path / "p.jsonl", record_of(ITEM), record_of(ITEM))
    with pytest.raises(PredictionError, match=r"p\.jsonl:2 predicts hand-1 a second time"):
        records.load(path)


@pytest.mark.parametrize("row", [{"events": []}, [1], "text", {"article": None}])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, row: object):
    with pytest.raises(PredictionError, match=r"p\.jsonl:1 is not a record"):
        records.load(write(tmp_path / "p.jsonl", row))


def test_sentence_ends_are_exclusive():
    spans = (Span(0, 4), Span(4, 8))
    assert [records.sentence_at(i, spans) for i in (0, 3, 4, 7, 8)] == [0, 0, 1, 1, -1]
