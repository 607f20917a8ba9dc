"""A hunt in a process of its own, which is watched: it may die, hang for good, or eat memory."""

from __future__ import annotations

import faulthandler
import mmap
import multiprocessing
import struct
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzz.finding import Finding
from tests.fuzz.hunt import Hunt, Tally
from tests.fuzz.limits import hold_memory
from tests.fuzz.mutate import LONGEST
from tests.fuzz.readers import Reader

_HEAD = struct.Struct("<qq")
_GIB = 6
"""Address space that the process may have; some of it is libraries."""
_STILL_SECONDS = 120.0
"""A process that is at one input for longer hangs, where nothing in it can end it."""
_LOOK_SECONDS = 2.0


class Desk:
    """What is being read, in a file that outlives whoever reads it."""

    def __init__(self, path: Path) -> None:
        path.touch()
        with path.open("r+b") as file:
            file.truncate(_HEAD.size + LONGEST)
            self._held = mmap.mmap(file.fileno(), _HEAD.size + LONGEST)

    def put(self, number: int, body: bytes) -> None:
        """Lay down an input."""
        self._held[_HEAD.size : _HEAD.size + len(body)] = body
        self._held[: _HEAD.size] = _HEAD.pack(number, len(body))

    def look(self) -> tuple[int, bytes]:
        """Which input lies there."""
        number, length = _HEAD.unpack(self._held[: _HEAD.size])
        return number, self._held[_HEAD.size : _HEAD.size + length]


Keep = Callable[[Finding], None]
"""Is told each finding as it comes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many inputs a reader gets, and what they follow from."""

    reader: Reader
    inputs: int
    seed: int


def hunted(plan: Plan, keep: Keep) -> Tally:
    """Read the inputs of a plan; whatever becomes of the process, another reads the rest."""
    whole = Tally(plan.reader.name)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        while whole.inputs < plan.inputs:
            began = whole.inputs
            for said in _watched(plan, began, folder):
                if isinstance(said, Tally):
                    whole.add(said)
                else:
                    whole.findings.append(said)
                    keep(said)
            if whole.inputs == began:  # it died
                whole.inputs = max(began, Desk(folder / "desk").look()[0]) + 1
    return whole


def _watched(plan: Plan, start: int, folder: Path) -> Iterator[Tally | Finding]:
    """What a process sends that reads from input ``start`` on; if it died, of which input."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_hunt, args=(plan, start, folder, theirs))
    process.start()
    theirs.close()
    desk, last, since = Desk(folder / "desk"), -1, time.monotonic()
    with suppress(EOFError):
        while True:
            if ours.poll(_LOOK_SECONDS):
                yield ours.recv()
                continue
            number, _ = desk.look()
            if number != last:
                last, since = number, time.monotonic()
            elif time.monotonic() - since > _STILL_SECONDS:
                process.kill()
    process.join()
    if process.exitcode:
        why = f"exit code {process.exitcode} after {time.monotonic() - since:.0f} s"
        yield Finding(f"Died: {why}", "", desk.look()[1])


def _hunt(plan: Plan, start: int, folder: Path, sent: Connection) -> None:
    """In the other process: send each finding, and at the end the tally."""
    faulthandler.enable()
    warnings.simplefilter("error")
    hold_memory(_GIB)
    desk, scratch = Desk(folder / "desk"), folder / "scratch"
    scratch.mkdir(exist_ok=True)
    hunt = Hunt(plan.reader, plan.seed, scratch)
    for number in range(start, plan.inputs):
        hunt.run(range(number, number + 1), desk.put)
        while hunt.tally.findings:
            sent.send(hunt.tally.findings.pop())
    sent.send(hunt.tally)
    sent.close()
