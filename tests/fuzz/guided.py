"""Inputs that coverage leads to, by atheris where that is installed: fewer, and further in.

atheris is nothing that Kronik or its tests need. It never comes back from its work, and so every
reader has a process of its own; what is found there is stored as a case.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random

from tests.fuzz.cases import report
from tests.fuzz.finding import attempt
from tests.fuzz.mutate import Stock, mutated

_LONGEST = 20_000
_OURS = 0.7
"""Share of the inputs that our own ways change; the others are libFuzzer's."""


def guided(readers: Sequence[str], seconds: int) -> int:
    """Let atheris look for so many seconds at each of the readers; the exit code."""
    if not find_spec("atheris"):
        print("--guided needs atheris: pip install atheris", file=sys.stderr)
        return 2
    context = multiprocessing.get_context("spawn")
    codes = []
    for name in readers:
        process = context.Process(target=_guide, args=(name, seconds))
        process.start()
        process.join()
        codes.append(process.exitcode)
    return int(any(codes))


def _guide(name: str, seconds: int) -> None:
    import atheris  # noqa: PLC0415  an extra

    with atheris.instrument_imports(include=["kronik"]):
        from tests.fuzz.readers import READERS  # noqa: PLC0415  what it imports is instrumented

    reader = READERS[name]
    folder = Path(tempfile.mkdtemp())
    keys: set[tuple[str, str]] = set()

    def one(body: bytes) -> None:
        _, finding = attempt(reader.read, body, folder)
        if finding and finding.key not in keys:
            keys.add(finding.key)
            report(name, finding)

    def changed(body: bytes, longest: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() > _OURS:
            return bytes(atheris.Mutate(body, longest))
        if reader.seal and random.random() < 0.5:
            return reader.seal(mutated(random, reader.inner_stock))[:longest]
        return mutated(random, Stock((body, *reader.begin), reader.tokens))[:longest]

    begun = folder / "begun"
    begun.mkdir()
    for number, body in enumerate(reader.begin):
        (begun / str(number)).write_bytes(body)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST}",
        "-rss_limit_mb=4096",
        "-close_fd_mask=1",
    ]
    atheris.Setup([name, *options, str(begun)], one, custom_mutator=changed)
    atheris.Fuzz()
