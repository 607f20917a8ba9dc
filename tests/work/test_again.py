"""Pages read again: confirmed where nothing changed, superseded where something did; and refused
pages tried again, from their own bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kronik.settings import Settings
from kronik.store import PageFiles, Store
from kronik.work import DEMO, Job, add, again

JOB = Job(Settings(threads=1))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo's articles, and a file without one."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "empty.txt").write_text("Menu\n")
    with Store.open(folder / "kronik.db") as store:
        report = add([str(DEMO), str(folder / "empty.txt")], store, JOB)
        assert (report.read, len(report.refused)) == (2, 1)
        yield store


def counts(store: Store) -> tuple[int, int]:
    """Articles and events that are listed."""
    return len(list(store.articles())), len(list(store.events()))


def older(store: Store, version: str) -> None:
    """As if another version had read all that is there."""
    store._db.execute("UPDATE readings SET kronik = ? WHERE id = 1", [version])


def test_a_reading_that_says_the_same_only_confirms(shelf: Store) -> None:
    before = counts(shelf)
    assert again.reread(shelf, JOB).read == 0, "this version has read all of it"
    older(shelf, "0.0.1")
    report = again.reread(shelf, JOB)
    assert (report.read, report.known, report.refused) == (0, 2, ())
    assert counts(shelf) == before
    assert again.reread(shelf, JOB).known == 0, "it was confirmed, and is not read a third time"


def test_a_reading_that_says_more_supersedes(shelf: Store) -> None:
    before = counts(shelf)
    shelf._db.execute("DELETE FROM confirmations")
    shelf._db.execute("UPDATE articles SET digest = 'other' WHERE lang = 'id'")
    ids = {row.id for row in shelf.articles()}
    report = again.reread(shelf, JOB)
    assert (report.read, report.known) == (1, 1)
    assert counts(shelf) == before, "the earlier reading is kept, and listed no more"
    now = {row.id for row in shelf.articles()}
    assert len(ids & now) == 1
    (gone,) = ids - now
    sql = "SELECT superseded_by FROM articles WHERE id = ?"
    assert shelf._db.execute(sql, [gone]).fetchone()[0] in now
    assert shelf._db.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    assert shelf._db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_page_whose_bytes_are_gone_is_told(shelf: Store) -> None:
    shelf._db.execute("DELETE FROM confirmations")
    older(shelf, "0.0.2")
    shelf._db.execute("UPDATE readings SET kronik = '0.0.3' WHERE id > 1")
    files = PageFiles.beside(shelf.path)
    lost = sorted(files.folder.rglob("*.zst"))
    held = {path: path.read_bytes() for path in lost}
    for path in lost:
        path.unlink()
    report = again.reread(shelf, JOB)
    assert [refusal.reason for refusal in report.refused] == ["this page was not kept"] * 2
    for path, body in held.items():
        path.write_bytes(body)
    assert again.reread(shelf, JOB).refused == ()


def test_what_can_be_read_now_leaves_the_quarantine(tmp_path: Path) -> None:
    page, records = tmp_path / "page.txt", tmp_path / "records.jsonl"
    page.write_text("Menu\n")
    records.write_text('{"id": "1", "text": ')
    text = "Menteri Ratna Wijaya menolak usul Partai Biru, Senin. Ia menyebut usul itu keliru."
    with Store.open(tmp_path / "kronik.db") as store:
        report = add([str(page), str(records)], store, JOB)
        assert len(report.refused) == len(list(store.quarantine())) == 2
        first = again.retry(store, JOB)
        assert (first.read, len(first.refused)) == (0, 2), "nothing was mended yet"
        row, kept = store.refusal("page.txt")
        assert kept is not None
        assert PageFiles.beside(store.path).read(kept.id) == b"Menu\n"
        assert row.step == "clean"
        records.write_text(json.dumps({"id": "1", "text": text}))
        second = again.retry(store, JOB)
        assert (second.read, len(second.refused)) == (1, 1)
        assert [row.origin for row in store.quarantine()] == [str(page)]
        assert len(list(store.articles())) == 1
