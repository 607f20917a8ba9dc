"""People see what is a copy, and can leave copies out."""

import json
from pathlib import Path

import pytest

from kronik.cli import verbs
from kronik.link import Copies
from kronik.store import Store
from tests.example import VERSIONS, doc, page


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Two articles with the same words; the second is a copy."""
    path = tmp_path / "k.db"
    with Store.open(path) as store:
        copies = Copies.of(store)
        for number in range(2):
            store.add(page(number), doc(number), VERSIONS, copies=copies)
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as end:
        verbs.main(arguments)
    assert not end.value.code
    return capsys.readouterr().out


@pytest.mark.parametrize("verb", ["events", "quotes", "articles"])
def test_copies_are_marked_and_can_be_left_out(
    verb: str, db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = json.loads(run(capsys, verb, "--db", db, "--format", "json"))
    once = json.loads(run(capsys, verb, "--db", db, "--format", "json", "--no-copies"))
    assert {row["copy_of"] for row in rows} == {None, doc(0).id}
    assert once == [row for row in rows if row["copy_of"] is None]
    assert 0 < len(once) < len(rows)


@pytest.mark.parametrize("verb", ["events", "quotes", "articles"])
def test_a_table_says_what_is_a_copy(
    verb: str, db: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    copy = f"copy of {doc(0).id[:8]}"
    assert copy in run(capsys, verb, "--db", db)
    assert copy not in run(capsys, verb, "--db", db, "--no-copies")
