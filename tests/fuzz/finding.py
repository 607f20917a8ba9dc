"""What a reader did with one input that it may not do."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.limits import MOST_MIB, Overtime, peak, within

SECONDS = 2.0
"""What one input may take of the process's own time."""
_FRAMES = 8

Read = Callable[[bytes, Path], Iterable[str]]
"""Reads an input, with a folder to write in, and tells how it ended: a word or so for each thing
that came out of it. Raises for what may not come out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is amiss, with the input that shows it."""

    what: str
    at: str
    """Where in our own sources it happened."""
    body: bytes

    @property
    def key(self) -> tuple[str, str]:
        """The same for inputs that show the same."""
        return self.what.partition(":")[0], self.at


def attempt(read: Read, body: bytes, folder: Path) -> tuple[tuple[str, ...], Finding | None]:
    """How one input ended, or what is amiss with it."""
    before = peak()
    try:
        with within(SECONDS):
            ended = tuple(read(body, folder))
    except (Exception, Overtime) as error:  # noqa: BLE001  whatever comes out is the finding
        told = f"{type(error).__name__}: {error}"[:300]
        return (), Finding(told, _place(error), body)
    if (more := peak() - before) > MOST_MIB:
        return ended, Finding(f"Memory: {more:.0f} MiB", "", body)
    return ended, None


def _place(error: BaseException) -> str:
    """The innermost line of ours; a promise that does not hold is found in this folder."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if "kronik" in one.filename or "fuzz" in one.filename]
    package = [one for one in ours if "/kronik/" in one.filename.replace("\\", "/")]
    chosen = (package if not isinstance(error, AssertionError) else ours) or ours
    last = chosen[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def smallest(body: bytes, shows: Callable[[bytes], bool], tries: int) -> bytes:
    """A shorter input that shows the same, found by leaving out stretches, long ones first."""
    size = len(body) // 2
    while size:
        at = 0
        while at < len(body) and tries:
            tries -= 1
            shorter = body[:at] + body[at + size :]
            if shows(shorter):
                body = shorter
            else:
                at += size
        size //= 2
    return body
