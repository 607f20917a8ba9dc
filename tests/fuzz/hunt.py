"""Inputs by the thousand for one reader, and what was amiss."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz.finding import Finding, attempt, smallest
from tests.fuzz.limits import peak
from tests.fuzz.mutate import LONGEST, Stock, mutated
from tests.fuzz.readers import Reader

_MOST_KEPT = 300
_LONGEST_KEPT = 8_000
_SEALED = 0.5
"""Share of the inputs that are sealed, for readers that have a seal."""
_TRIES = {"Overtime": 40, "Memory": 0}
_MOST_TRIES = 1_000

Watch = Callable[[int, bytes], None]
"""Is told each input before it is read, with its number."""


@dataclass(slots=True)
class Tally:
    """What came of a hunt."""

    reader: str
    inputs: int = 0
    seconds: float = 0.0
    """Of the process's own time; so is the slowest."""
    slowest: float = 0.0
    peak: float = 0.0
    """The most memory that the process held, in MiB."""
    ends: set[str] = field(default_factory=set)
    """How inputs ended, each way once."""
    findings: list[Finding] = field(default_factory=list)

    def add(self, part: Tally) -> None:
        """Count in what came of another part of the hunt, and its findings."""
        self.inputs += part.inputs
        self.seconds += part.seconds
        self.slowest = max(self.slowest, part.slowest)
        self.peak = max(self.peak, part.peak)
        self.ends |= part.ends
        self.findings += part.findings


class Hunt:
    """Makes inputs and has them read. What ends in a way not seen before is begun from later: that
    stands in for coverage, and costs nothing."""

    def __init__(self, reader: Reader, seed: int, folder: Path) -> None:
        self._reader = reader
        self._seed = seed
        self._folder = folder
        self._kept: list[bytes] = []
        self._kept_inner: list[bytes] = []
        self._keys: set[tuple[str, str]] = set()
        self.tally = Tally(reader.name)

    def run(self, numbers: range, watch: Watch | None = None) -> Tally:
        """Read the inputs of these numbers; the seeds first, if the numbers begin at the first."""
        began = time.process_time()
        for number in numbers:
            body, inner = self._made(number)
            if watch:
                watch(number, body)
            self._try(body, inner)
        self.tally.seconds += time.process_time() - began
        self.tally.peak = peak()
        return self.tally

    def _made(self, number: int) -> tuple[bytes, bytes | None]:
        """The input of this number, and what is in it if it is sealed."""
        reader, random = self._reader, Random(f"{self._seed}/{self._reader.name}/{number}")
        if number < len(reader.begin):
            return reader.begin[number], None
        if reader.seal and random.random() < _SEALED:
            inner = mutated(random, self._stock(reader.inner_stock, self._kept_inner))
            return reader.seal(inner)[:LONGEST], inner
        return mutated(random, self._stock(reader.stock, self._kept)), None

    @staticmethod
    def _stock(stock: Stock, kept: Sequence[bytes]) -> Stock:
        return Stock((*stock.inputs, *kept), stock.tokens) if kept else stock

    def _try(self, body: bytes, inner: bytes | None) -> None:
        began = time.process_time()
        ended, finding = attempt(self._reader.read, body, self._folder)
        self.tally.slowest = max(self.tally.slowest, time.process_time() - began)
        self.tally.inputs += 1
        fresh = set(ended) - self.tally.ends
        kept, made = (self._kept, body) if inner is None else (self._kept_inner, inner)
        if fresh and len(kept) < _MOST_KEPT and len(made) <= _LONGEST_KEPT:
            kept.append(made)
        self.tally.ends |= fresh
        if finding and finding.key not in self._keys:
            self._keys.add(finding.key)
            self.tally.findings.append(self._smallest(finding, inner))

    def _smallest(self, finding: Finding, inner: bytes | None) -> Finding:
        """The finding by the shortest input that was found to show it."""
        tries = _TRIES.get(finding.key[0], _MOST_TRIES)

        def shows(body: bytes) -> bool:
            again = attempt(self._reader.read, body, self._folder)[1]
            return again is not None and again.key == finding.key

        seal, body = self._reader.seal, finding.body
        if seal and inner is not None:
            body = seal(smallest(inner, lambda shorter: shows(seal(shorter)), tries))
        return Finding(finding.what, finding.at, smallest(body, shows, tries))
