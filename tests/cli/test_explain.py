"""``kronik explain`` and ``kronik read --explain``: what people see, what programs get."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kronik import pipeline
from kronik.cli import verbs
from kronik.kit import Kit
from kronik.settings import Settings
from kronik.store import Store
from kronik.types import Doc
from tests.asked import article, kit
from tests.example import VERSIONS, page

SHOT = article().events[1].id
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a verb: its exit code, and what it wrote to standard output and error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            verbs.main(arguments)
        return int(end.value.code or 0), *capsys.readouterr()

    return run


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Settings]:
    """A database with the example, and a pipeline that reads nothing but it; the settings."""
    monkeypatch.chdir(tmp_path)
    seen: list[Settings] = []

    def load(settings: Settings | None = None) -> object:
        seen.append(settings or Settings())
        return kit()

    monkeypatch.setattr(Kit, "load", load)
    monkeypatch.setattr(pipeline, "annotate", lambda *_: article())
    monkeypatch.setattr(pipeline, "code", lambda *_, **__: article())
    Path("berita.txt").write_text("berita\n")
    with Store.open("kronik.db") as store:
        store.add(page(), article(), VERSIONS)
    return seen


def test_it_says_why_for_people(run: Run, asked: list[Settings]) -> None:
    code, out, err = run("explain", SHOT[:8])
    assert (code, err) == (0, "")
    assert f"  ASSAULT/firearms: physical violence: with firearms · {SHOT[:8]}\n" in out
    assert "[Republik Utara] «menembak» {kapal nelayan}" in out
    assert "left out: “kapal nelayan” 0.50" in out
    assert "menuduh» {Republik" not in out, "one event is explained, and no other"
    assert [settings.min_score for settings in asked] == [0.0]


def test_it_speaks_the_language_of_who_asks(run: Run) -> None:
    _, out, _ = run("explain", SHOT, "--ui", "id")
    assert "tidak dipakai: “kapal nelayan” 0.50" in out
    assert "left out" not in out


def test_programs_get_an_object(run: Run) -> None:
    code, out, err = run("explain", SHOT, "--db", "kronik.db", "--format", "json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told) == ["article", "event"]
    assert told["event"]["id"] == SHOT
    versions = told["event"]["explain"]["versions"]["reasons"]
    assert [reason["says"] for reason in versions] == ["today", "read_otherwise"]
    assert versions[1]["told"]["other"] == "codebook"


def test_an_unknown_id_ends_with_1_and_the_command_that_mends_it(run: Run) -> None:
    told = (
        "error: kronik.db: store: no event 'e000'\n"
        "       look its id up: kronik events --db kronik.db\n"
    )
    assert run("explain", "e000") == (1, "", told)


def test_an_ambiguous_id_ends_with_1_and_the_ids(run: Run) -> None:
    code, out, err = run("explain", "e")
    assert (code, out) == (1, "")
    assert all(event.id in err for event in article().events)
    assert "give more of it: kronik explain e" in err


def test_a_database_is_not_made_to_ask_it(run: Run) -> None:
    code, _, err = run("explain", "e1", "--db", "absent.db")
    assert (code, Path("absent.db").exists()) == (1, False)
    assert "no such database" in err


def test_what_is_not_found_again_ends_with_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def annotate(doc: Doc, kit: object) -> Doc:
        return replace(article(), events=article().events[:1])

    monkeypatch.setattr(pipeline, "annotate", annotate)
    code, out, err = run("explain", SHOT)
    assert (code, out) == (1, "")
    assert "the store holds ASSAULT/firearms at 'menembak'" in err
    assert "kronik add INPUT --db FILE" in err


def test_read_explains_every_event_where_it_is_asked_to(run: Run) -> None:
    code, out, _ = run("read", "berita.txt", "--explain")
    assert code == 0
    assert "Statements (2)" in out
    assert out.count("  Score (weighed): ") == 2
    assert "Score (weighed)" not in run("read", "berita.txt")[1]


def test_read_explains_for_programs(run: Run) -> None:
    _, out, _ = run("read", "berita.txt", "--explain", "--format", "jsonl")
    events = json.loads(out)["events"]
    assert [event["explain"]["type"]["value"] for event in events] == ["ACCUSE", "ASSAULT"]
    _, out, _ = run("read", "berita.txt", "--format", "jsonl")
    assert all("explain" not in event for event in json.loads(out)["events"])
