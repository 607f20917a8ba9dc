"""How long one input may take and how much memory, and what is raised beyond."""

from __future__ import annotations

import re
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

MOST_MIB = 256
"""What one input may add to the most memory that the process ever held."""
_STATUS = Path("/proc/self/status")
_HELD = re.compile(rb"VmHWM:\s*(\d+) kB")
_PER_KIB = 1 if sys.platform != "darwin" else 1024


class Overtime(BaseException):
    """An input took longer than it may. No ``Exception``: no library is to catch it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise ``Overtime`` after so many seconds of this process's own time, whatever else the
    machine does. What never comes back from C is stopped by whoever watches the process."""

    def over(number: int, frame: FrameType | None) -> None:
        raise Overtime(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def peak() -> float:
    """The most memory that this process ever held, in MiB; where Linux does not tell it, what the
    process that began it held may be the more."""
    try:
        held = _HELD.search(_STATUS.read_bytes())
    except OSError:
        held = None
    if held:
        return int(held[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_KIB / 1024


def hold_memory(gib: int) -> None:
    """From now on give this process no more address space than so much."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (gib << 30, hard))
