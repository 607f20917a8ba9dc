"""What reaches standard output."""

import json

import pytest

from kronik.exchange import show
from kronik.store import RefusalRow
from tests.example import VERSIONS, doc

ROWS = [RefusalRow(f"{number}.txt", "clean", "only links", None, "now", None) for number in "123"]


@pytest.mark.parametrize(("most", "told"), [(2, "only 2 are shown: --limit shows more\n"), (3, "")])
def test_a_table_says_where_there_is_more(
    capsys: pytest.CaptureFixture[str], most: int, told: str
) -> None:
    show.rows(RefusalRow, iter(ROWS), "table", most)
    out, err = capsys.readouterr()
    assert (out.count("only links"), err) == (most, told)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_programs_get_every_row(capsys: pytest.CaptureFixture[str], form: str) -> None:
    show.rows(RefusalRow, iter(ROWS), form, 1)
    out, err = capsys.readouterr()
    assert (out.count("only links"), err) == (3, "")


def test_an_article_is_printed_before_the_next_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    def docs():
        yield doc(0)
        assert json.loads(capsys.readouterr().out)["article"]["id"] == doc(0).id
        yield doc(1)

    show.articles(docs(), "jsonl", VERSIONS, "en")
    assert json.loads(capsys.readouterr().out)["article"]["id"] == doc(1).id


def test_no_colour_means_brackets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    show.articles([doc()], "text", VERSIONS, "en")
    assert "«" not in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    show.articles([doc()], "text", VERSIONS, "en")
    out = capsys.readouterr().out
    assert "«menembak»" in out
    assert "\x1b[33" not in out
