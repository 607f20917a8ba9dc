"""Readers that fail in each of the ways that a hunt is to find."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.limits import MOST_MIB
from tests.fuzz.readers import Reader

_SEEDS = (b"satu dua tiga", b"empat lima enam")


def _raises(body: bytes, folder: Path) -> Iterator[str]:
    yield "read"
    if b"!" in body:
        raise KeyError(len(body))


def _hangs(body: bytes, folder: Path) -> Iterator[str]:
    while b"!" in body:
        pass
    yield "read"


def _swells(body: bytes, folder: Path) -> Iterator[str]:
    held = b"x" * (MOST_MIB + 64 << 20 if b"!" in body else 1)
    yield f"read {len(held) > 1}"


def _dies(body: bytes, folder: Path) -> Iterator[str]:
    if b"!" in body:
        os.kill(os.getpid(), signal.SIGKILL)
    yield "read"


def _of(name: str, read: object) -> Reader:
    return Reader(name, read, _SEEDS, (b"!", b"?", b" "), 1)  # type: ignore[arg-type]


RAISES, HANGS, SWELLS, DIES = (
    _of("raises", _raises), _of("hangs", _hangs), _of("swells", _swells), _of("dies", _dies)
)  # fmt: skip
