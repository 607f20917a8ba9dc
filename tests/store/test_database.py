"""Opening a database: what is refused, and with which remedy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kronik.errors import StoreError
from kronik.store import Store, schema
from tests.example import VERSIONS, doc, page
from tests.store.dump import dump

LATER = "CREATE TABLE later (id TEXT PRIMARY KEY) STRICT;"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kronik.db"


@pytest.fixture
def made(path: Path) -> Path:
    with Store.open(path) as store:
        store.add(page(), doc(), VERSIONS)
    return path


@pytest.fixture
def other(made: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(made, isolation_level=None)) as db:
        yield db


def test_opening_again_finds_what_was_written(made: Path) -> None:
    before = dump(made, times=True)
    with Store.open(made, create=False) as store:
        assert store.has(page().id)
        assert not store.has(page(1).id)
    assert dump(made, times=True) == before


def test_it_is_in_wal_mode_and_holds_foreign_keys(made: Path) -> None:
    with Store.open(made) as store:
        assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store._db.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_every_table_is_strict(made: Path, other: sqlite3.Connection) -> None:
    loose = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
    names = [name for (name,) in other.execute(loose) if not name.startswith("sqlite_")]
    assert names == []


def test_a_missing_database_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such database .*kronik add"):
        Store.open(path, create=False)
    assert not path.exists()


def test_a_file_that_is_no_database_is_refused_and_left(path: Path) -> None:
    path.write_text("not a database, but long enough to look at " * 20)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a database"):
        Store.open(path)
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (id)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path)


def test_a_newer_schema_is_refused(made: Path, other: sqlite3.Connection) -> None:
    other.execute("INSERT INTO migrations VALUES ('9999_future', '2030-01-01')")
    with pytest.raises(StoreError, match=r"newer Kronik .it has 9999_future.*upgrade"):
        Store.open(made)


def test_a_locked_database_says_so(made: Path, other: sqlite3.Connection) -> None:
    with Store.open(made, patience=0.05) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program is writing"):
            store.add(page(1), doc(1), VERSIONS)
        assert len(list(store.articles())) == 1, "others can still read"


def test_a_read_only_database_says_so(made: Path) -> None:
    with Store.open(made) as store:
        store._db.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="cannot be written to"):
            store.add(page(1), doc(1), VERSIONS)


def test_a_full_disk_says_so_and_loses_nothing(made: Path) -> None:
    before = dump(made)
    with Store.open(made) as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="disk is full"):
            fill(store)
    assert before["pages"][0] in dump(made)["pages"]
    with closing(sqlite3.connect(made)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def fill(store: Store) -> None:
    for number in range(1, 200):
        store.add(page(number), doc(number), VERSIONS)


def test_an_older_database_is_copied_before_it_is_migrated(made: Path) -> None:
    before = dump(made, times=True)
    known = schema.migrations() | {"0900_later": LATER}
    with closing(sqlite3.connect(made, isolation_level=None)) as db:
        copy = schema.migrate(db, made, known)
        assert schema.migrate(db, made, known) is None
    assert copy == made.with_name("kronik.db.before-0900_later")
    assert dump(copy, times=True) == before
    assert dump(made)["later"] == []


def test_a_migration_that_breaks_leaves_the_database_as_it_was(made: Path) -> None:
    before = dump(made, times=True)
    broken = schema.migrations() | {"0900_later": LATER + "\nCREATE TABLE later (id);"}
    with (
        closing(sqlite3.connect(made, isolation_level=None)) as db,
        pytest.raises(sqlite3.OperationalError, match="already exists"),
    ):
        schema.migrate(db, made, broken)
    assert dump(made, times=True) == before


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(name.partition("_")[0]) for name in schema.migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
