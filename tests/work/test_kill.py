"""A batch in processes is killed fifty times, at any moment: nothing is lost, and nothing twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from kronik.store import PageFiles
from tests.store.dump import dump
from tests.work.killed import PAGES, lay_out

KILLS = 50


def begin(folder: Path) -> subprocess.Popen[str]:
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.work.killed", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_fifty_kills_cost_nothing(tmp_path: Path) -> None:
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    for folder in (broken, whole):
        lay_out(folder / "pages")
    draw = random.Random(7)
    for kill in range(KILLS):
        with begin(broken) as process:
            assert process.stdout is not None
            if kill % 2:  # half of them once something is being written, half at any time
                process.stdout.readline()
            time.sleep(draw.uniform(0, 0.05 if kill % 2 else 0.8))
            process.kill()
        with closing(sqlite3.connect(broken / "kronik.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    ends = []
    for folder in (broken, whole):
        with begin(folder) as process:
            ends.append(process.communicate()[0].split())
            assert process.returncode == 0
    read, known, refused = map(int, ends[0][-3:])
    assert read + known + refused == PAGES
    assert known > 0, "every kill came before anything was stored"
    same(broken, whole)


def same(broken: Path, whole: Path) -> None:
    """The databases, table by table, and the pages' bytes beside them."""
    tables = [dump(folder / "kronik.db") for folder in (broken, whole)]
    for table in tables:  # where the two folders lie is all that may differ
        for row in (*table["pages"], *table["articles"], *table["quarantine"]):
            for name in ("origin", "source_id", "page", "remedy"):
                if isinstance(row.get(name), str):
                    row[name] = row[name].replace(str(broken), "").replace(str(whole), "")
    assert tables[0] == tables[1]
    for folder in (broken, whole):
        files = PageFiles.beside(folder / "kronik.db")
        bodies = [files.read(path.stem) for path in files.folder.rglob("*.zst")]
        assert len(bodies) == len(set(bodies)) == PAGES


def test_workers_do_not_outlive_a_killed_batch(tmp_path: Path) -> None:
    lay_out(tmp_path / "pages")
    with begin(tmp_path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)],
            capture_output=True, text=True, check=True,
        ).stdout.split()  # fmt: skip
        process.kill()
    assert children
    for _ in range(100):
        if not any(Path("/proc", child).exists() for child in children):
            break
        time.sleep(0.1)
    assert not any(Path("/proc", child).exists() for child in children)
