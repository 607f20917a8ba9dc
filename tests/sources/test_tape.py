"""A tape goes on from a mark, wherever it was cut into pieces."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.sources.tape import Tape

MARK = re.compile(b"MARK!")


@given(
    before=st.binary(max_size=300).filter(lambda data: b"MARK" not in data),
    behind=st.binary(max_size=50),
    piece=st.integers(1, 7),
    read=st.integers(0, 400),
    after=st.integers(0, 320),
)
def test_the_next_mark_is_found(
    before: bytes, behind: bytes, piece: int, read: int, after: int
) -> None:
    data = before + b"MARK!" + behind
    source = io.BytesIO(data)
    tape = Tape(lambda size: source.read(min(size, piece)))
    while tape.tell() < read and tape.read(9):
        pass
    match = MARK.search(data, after)
    assert tape.find(MARK, after) == (match.start() if match else None)
    rest = b""
    while more := tape.read(9):
        rest += more
    assert rest == (data[match.start() :] if match else b"")
    assert tape.tell() == len(data)


def test_what_lies_too_far_back_is_left_out() -> None:
    source = io.BytesIO(b"MARK!" + bytes(9_000_000) + b"MARK!")
    tape = Tape(source.read)
    while tape.tell() < 8_000_000:
        tape.read(1 << 16)
    assert tape.find(MARK, 0) == 9_000_005


def test_it_only_runs_on() -> None:
    tape = Tape(io.BytesIO(b"abc").read)
    assert tape.read(2) == b"ab"
    assert tape.seek(0, 1) == tape.seek(2) == tape.tell() == 2
    with pytest.raises(OSError, match="does not go back"):
        tape.seek(0)
