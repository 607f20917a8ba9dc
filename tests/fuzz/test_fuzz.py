"""Every stored case ends well, and so do some thousands of new inputs, the same at every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import cases
from tests.fuzz.finding import attempt
from tests.fuzz.hunt import Hunt
from tests.fuzz.readers import READERS

STORED = list(cases.stored())
_STORY = READERS["text"].begin[0]
LONG = {
    "kinds: a brace and line breaks": b"{" + b"\n" * 65_000,
    "kinds: line breaks": b"\n" * 65_000,
    "jsonld: line breaks": b'"' + b"\n" * 100_000,
    "jsonld: spaces behind a name": b'"author":' + b" " * 100_000 + b"x",
    "text: marks of rights": _STORY + "©".encode() * 40_000,
    "text: capitals": b"A" * 60_000 + b"\n" + _STORY,
    "text: headlines": b"\n".join(b"Kabar %d dari desa kami" % n for n in range(3_000)) + _STORY,
    "html: headlines": b"".join(b"<p>Kabar %d dari desa kami" % n for n in range(3_000)) + _STORY,
}
"""What once took a time that grew with its square."""


@pytest.mark.parametrize(
    ("reader", "body"),
    [(reader, body) for reader, _, body in STORED],
    ids=[f"{reader}-{name}" for reader, name, _ in STORED],
)
def test_a_stored_case_ends_well(reader: str, body: bytes, tmp_path: Path) -> None:
    _, finding = attempt(READERS[reader].read, body, tmp_path)
    assert finding is None, (finding.what, finding.at)


@pytest.mark.parametrize("long", LONG)
def test_what_goes_on_and_on_ends_in_time(long: str, tmp_path: Path) -> None:
    _, finding = attempt(READERS[long.partition(":")[0]].read, LONG[long], tmp_path)
    assert finding is None, (finding.what, finding.at)


@pytest.mark.parametrize("name", READERS)
def test_seeds_are_read(name: str, tmp_path: Path) -> None:
    reader = READERS[name]
    whole = [*reader.begin, *(reader.seal(inner) for inner in reader.inner if reader.seal)]
    ends = [attempt(reader.read, body, tmp_path) for body in whole]
    assert not [finding for _, finding in ends if finding]
    assert any(": " not in one for ended, _ in ends for one in ended), "all were refused"


@pytest.mark.parametrize("name", READERS)
def test_new_inputs_end_well(name: str, tmp_path: Path) -> None:
    reader = READERS[name]
    tally = Hunt(reader, 4, tmp_path).run(range(reader.short))
    assert tally.inputs == reader.short
    assert tally.findings == []
