"""Progress on a terminal: what became of the pages, and how long the rest takes."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from kronik.work import progress
from kronik.work.report import Refusal, Report
from tests.example import page

TOLD = Report(2, 1, (Refusal("a", "clean", "only links", None),), 1.0, copied=1)


def shown(monkeypatch: pytest.MonkeyPatch, total: int | None) -> str:
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(progress, "Console", lambda **_: screen)
    assert list(progress.watched([page(1), page(0)], lambda: TOLD, total)) == [page(1), page(0)]
    return screen.file.getvalue()


def test_progress_is_shown_on_a_terminal_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(progress.watched([page(0)], lambda: TOLD, None)) == [page(0)]
    assert capsys.readouterr() == ("", "")
    assert "2 read (1 copies), 1 known, 1 refused" in shown(monkeypatch, 1000)


@pytest.mark.parametrize("name", ["kata " * 180, "a\0b"])
def test_what_is_no_name_of_a_file_has_no_size(name: str) -> None:
    assert progress.size([name]) is None


def test_the_size_of_the_inputs_is_known_where_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("123")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b.txt").write_text("4567")
    assert progress.size([str(tmp_path), str(tmp_path / "a.txt")]) == 10
    assert progress.size([str(tmp_path), "-"]) is None
    (tmp_path / "c.jsonl.gz").write_bytes(b"")
    assert progress.size([str(tmp_path)]) is None
