"""Killed at any moment, the database is intact, and going on gives what an unbroken run gives."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from kronik.store import Store
from tests.store.dump import dump

PAGES = 3000
WRITER = """
import sys
from kronik.store import Store
from tests.example import VERSIONS, doc, page
with Store.open(sys.argv[1]) as store:
    for number in range(int(sys.argv[2])):
        if not store.has(page(number).id):
            store.add(page(number), doc(number), VERSIONS)
            print(number, flush=True)
"""


def writer(path: Path, pages: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(pages)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_five_kills_cost_nothing(tmp_path: Path) -> None:
    broken, whole = tmp_path / "broken.db", tmp_path / "whole.db"
    for kill in range(5):
        with writer(broken, PAGES) as process:
            assert process.stdout.readline(), "it was killed before it wrote"
            time.sleep(0.01 * kill)
            process.kill()
        with closing(sqlite3.connect(broken)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with Store.open(broken) as store:
        reached = len(list(store.articles()))
    assert 5 <= reached < PAGES
    for path in (broken, whole):
        with writer(path, reached + 10) as process:
            process.communicate()
            assert process.returncode == 0
    assert dump(broken) == dump(whole)
