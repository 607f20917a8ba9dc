"""The record that machines read: every field of the contract, every span as it stands."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from kronik.exchange import contract
from kronik.explain import explain
from kronik.types import Doc
from tests.asked import article, kit
from tests.example import ACTORS, TEXT, VERSIONS, doc, unresolved
from tests.strategies import docs

FIELDS = json.loads(Path(__file__).with_name("contract.json").read_text("utf-8"))


def through_json(record: dict[str, Any]) -> dict[str, Any]:
    (line,) = contract.jsonl([record])
    return json.loads(line)


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return through_json(contract.record(doc(), VERSIONS))


@pytest.fixture(scope="module")
def explained() -> dict[str, Any]:
    return through_json(contract.record(article(), VERSIONS, partial(explain, kit=kit())))


def shapes(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a record with the name of its kind."""
    yield from (("record", record), ("article", record["article"]))
    yield from (("versions", record["versions"]), *(("note", note) for note in record["notes"]))
    parties = []
    for mention in record["mentions"]:
        yield "mention", mention
        if mention["actor"]:
            yield "actor", mention["actor"]
    for quote in record["quotes"]:
        yield "quote", quote
        if quote["cue"]:
            yield "span", quote["cue"]
        parties += [quote["speaker"]] if quote["speaker"] else []
    for event in record["events"]:
        answers = event.get("explain")
        yield "event", {name: value for name, value in event.items() if name != "explain"}
        yield "span", event["trigger"]
        if answers:
            yield "explain", answers
            yield from (("answer", answer) for answer in answers.values())
            yield from (("reason", reason) for a in answers.values() for reason in a["reasons"])
        parties += event["actors"] + event["recipients"]
        if event["claimed_by"]:
            yield "claim", event["claimed_by"]
        if event["runner_up"]:
            yield "runner_up", event["runner_up"]
    for party in parties:
        yield from (("party", party), ("actor", party["actor"]))


def test_the_examples_show_every_kind(record: dict[str, Any], explained: dict[str, Any]) -> None:
    assert {kind for one in (record, explained) for kind, _ in shapes(one)} == set(FIELDS)


def test_explained_objects_have_exactly_the_fields_of_the_contract(
    explained: dict[str, Any],
) -> None:
    text = explained["article"]["text"]
    for kind, shape in shapes(explained):
        assert list(shape) == FIELDS[kind], kind
        if kind == "reason" and shape["start"] is not None:
            assert shape["text"] == text[shape["start"] : shape["end"]]


def test_events_are_explained_only_where_that_is_asked(
    record: dict[str, Any], explained: dict[str, Any]
) -> None:
    assert all("explain" not in event for event in record["events"])
    accused, shot = explained["events"]
    assert accused["explain"]["type"]["value"] == "ACCUSE"
    left = shot["explain"]["actors"]["reasons"][1]
    assert (left["says"], left["text"], left["told"]["score"]) == ("rival", "kapal nelayan", 0.5)
    assert shot["explain"]["claimed_by"]["value"] == "Sari Wulan"


def test_an_answer_is_the_event_with_its_article(explained: dict[str, Any]) -> None:
    event = article().events[1]
    answer = contract.answer(article(), event, partial(explain, kit=kit()))
    (line,) = contract.json_object(answer)
    told = {"article": explained["article"], "event": explained["events"][1]}
    assert json.loads(line) == told
    assert line.startswith("{\n")


@given(docs())
def test_every_object_has_exactly_the_fields_of_the_contract(made: Doc) -> None:
    for kind, shape in shapes(contract.record(made, VERSIONS)):
        assert list(shape) == FIELDS[kind], kind


@given(docs())
def test_every_span_reads_as_the_article_does(made: Doc) -> None:
    record = through_json(contract.record(made, VERSIONS))
    text = record["article"]["text"]
    for kind, shape in shapes(record):
        if "start" in shape:
            start, end = shape["start"], shape["end"]
            expected = None if start is None else text[start:end]
            assert shape["text"] == expected, kind


@given(docs())
def test_it_survives_the_way_through_json(made: Doc) -> None:
    record = contract.record(made, VERSIONS)
    (line,) = contract.jsonl([record])
    assert json.loads(line) == record
    assert line.count("\n") == 1
    assert line.endswith("\n")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_array_holds_all_of_them(count: int) -> None:
    records = [contract.record(doc(number), VERSIONS) for number in range(count)]
    assert json.loads("".join(contract.json_array(records))) == records


def test_a_clitic_speaks_with_its_antecedents_name(record: dict[str, Any]) -> None:
    speaker = record["quotes"][1]["speaker"]
    assert (speaker["start"], speaker["end"], speaker["text"]) == (None, None, None)
    assert speaker["actor"]["name"] == "Sari Wulan"


def test_a_party_that_no_table_knows_goes_by_its_own_words(record: dict[str, Any]) -> None:
    boat = record["events"][1]["recipients"][0]
    expected = {"id": None, "name": "kapal nelayan", "country": None, "sector": None}
    assert boat["actor"] == {**expected, "country_from": None, "office": None, "wikidata": None}
    assert record["mentions"][2]["actor"] is None
    assert record["mentions"][2]["why"] == "no table knows it"


def test_a_pronoun_that_stands_for_nobody_names_nobody() -> None:
    record = through_json(contract.record(unresolved(doc(), "kapal nelayan"), VERSIONS))
    boat = record["events"][1]["recipients"][0]
    assert boat["text"] == "kapal nelayan"
    assert boat["actor"] == dict.fromkeys(FIELDS["actor"])


def test_it_says_where_a_country_is_from(record: dict[str, Any]) -> None:
    assert record["mentions"][0]["actor"]["country_from"] == "words"


@pytest.mark.parametrize("write", [contract.jsonl, contract.json_array])
def test_what_steers_an_editor_is_escaped(write: Callable[..., Iterator[str]]) -> None:
    steering = "".join(
        map(chr, [*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    )
    written = "".join(write([{"text": f"a{steering}b東"}]))
    assert not set(steering) & set(written)
    assert "\\u202e" in written
    assert "東" in written
    read = json.loads(written)
    assert (read[0] if isinstance(read, list) else read) == {"text": f"a{steering}b東"}


def test_a_claim_names_who_made_it(record: dict[str, Any]) -> None:
    claims = [event["claimed_by"] for event in record["events"]]
    assert claims == [None, {"name": "Sari Wulan", "quote": record["quotes"][0]["id"]}, None]


def test_the_rest_is_as_the_steps_left_it(record: dict[str, Any]) -> None:
    event = record["events"][1]
    assert (event["type"], event["mode"], event["quad"]) == ("ASSAULT", "firearms", 4)
    assert event["contexts"] == ["military"]
    assert event["runner_up"] == {"type": "COERCE", "score": 0.2}
    assert event["actors"][0]["actor"]["id"] == ACTORS["Republik Utara"].id
    assert record["article"]["sha256"] == doc().sha256
    assert [TEXT[start:end] for start, end in record["sentences"]] == TEXT.split("\n")
