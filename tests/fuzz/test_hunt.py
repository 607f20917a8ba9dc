"""A hunt finds what is amiss, makes it small, stores it, and outlives the process that reads."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fuzz import cases, failing, finding
from tests.fuzz.finding import Finding, attempt, smallest
from tests.fuzz.hunt import Hunt, Tally
from tests.fuzz.mutate import LONGEST, mutated
from tests.fuzz.readers import READERS, Reader
from tests.fuzz.watched import Plan, hunted


def run(reader: Reader, folder: Path, inputs: int = 60) -> Tally:
    return Hunt(reader, 1, folder).run(range(inputs))


def test_what_is_raised_is_found_once_and_made_small(tmp_path: Path) -> None:
    tally = run(failing.RAISES, tmp_path)
    (found,) = tally.findings
    assert found.key == ("KeyError", found.at)
    assert found.at.startswith("failing.py:")
    assert found.body == b"!"
    assert tally.inputs == 60


def test_a_hang_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SECONDS", 0.02)
    (found,) = run(failing.HANGS, tmp_path).findings
    assert found.key[0] == "Overtime"
    assert b"!" in found.body


def test_memory_is_told(tmp_path: Path) -> None:
    found = hunted(Plan(failing.SWELLS, 30, 1), [].append).findings
    assert [one.key[0] for one in found] == ["Memory"]


def test_a_process_that_dies_is_outlived(tmp_path: Path) -> None:
    kept: list[Finding] = []
    tally = hunted(Plan(failing.DIES, 12, 1), kept.append)
    assert tally.inputs == 12
    assert kept == tally.findings
    assert kept
    assert all(one.what.startswith("Died: exit code -9 ") for one in kept)
    assert all(b"!" in one.body for one in kept)


def test_another_process_reads_the_same(tmp_path: Path) -> None:
    robots = READERS["robots"]
    apart = hunted(Plan(robots, 40, 1), [].append)
    assert (apart.inputs, apart.ends) == (40, run(robots, tmp_path, 40).ends)


def test_what_is_found_is_stored_as_a_case(tmp_path: Path) -> None:
    path = cases.keep("dates", Finding("KeyError: 1", "dates.py:7", b"2015"), tmp_path)
    assert path is not None
    assert list(cases.stored(tmp_path)) == [("dates", path.name, b"2015")]
    assert cases.keep("dates", Finding("Memory: 1", "", b"2" * 100_000), tmp_path) is None


def test_an_input_shrinks_to_what_shows_it() -> None:
    body = b"abc" * 50 + b"<" + b"def" * 50 + b">"
    assert smallest(body, lambda one: b"<" in one and b">" in one, 1_000) == b"<>"
    assert smallest(body, lambda one: b"<" in one, 0) == body


@pytest.mark.parametrize("name", READERS)
def test_inputs_follow_from_their_seed(name: str) -> None:
    stock = READERS[name].stock
    made = [[mutated(Random(f"{seed}/{n}"), stock) for n in range(50)] for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    assert len({*made[0], *made[2]}) > 60
    assert max(map(len, made[0])) <= LONGEST


def test_an_end_without_fault_is_no_finding(tmp_path: Path) -> None:
    assert attempt(failing.RAISES.read, b"", tmp_path) == (("read",), None)
