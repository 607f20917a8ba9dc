"""MinHash signatures, and the index that finds those that may be alike.

A signature is cut into bands, and a band of two texts is the same the more likely, the more they
share; texts with one band in common are compared whole. rensa makes the signatures; its own index
takes 5 KB an article, this one 1.1 KB.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from kronik.link.likeness import RUN, Run

HASHES = 128
WIDTH = 2
"""Hashes of a band. Two texts that share 0.3 of their runs meet with probability 0.998, at 0.2 with
0.93, at 0.01 with 0.006."""
BANDS = HASHES // WIDTH
LEAST = 0.12
"""Signatures that agree in less than this are not worth comparing the texts."""
METHOD = f"rensa-{RMinHash.ALGORITHM_VERSION}/{HASHES}x{RUN}"
"""How signatures are made; it changes whenever a text's signature does."""

_SEED = 1
_TYPE = np.dtype("<u4")
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)
_NOBODY = -1

Signature = NDArray[np.uint32]


def sign(runs: Iterable[Run]) -> bytes:
    """The signature of a text's runs: ``HASHES`` numbers of 32 bits, low byte first."""
    minhash = RMinHash(num_perm=HASHES, seed=_SEED)
    minhash.update([" ".join(run) for run in runs])
    return np.array(minhash.digest(), dtype=_TYPE).tobytes()


class Bands:
    """Signatures by their bands, numbered from 0 in the order they were added.

    Each band is a hash table of chains: ``_heads`` says who came last into a bucket, ``_before``
    who came before. Arrays double when they are full.
    """

    def __init__(self, room: int = 1024) -> None:
        self._size = 0
        self._signatures = np.empty((room, HASHES), dtype=np.uint32)
        self._before = np.empty((room, BANDS), dtype=np.int32)
        self._heads = self._emptied(room)

    def __len__(self) -> int:
        return self._size

    def add(self, signature: bytes) -> None:
        """Give a signature the next number."""
        if self._size == len(self._signatures):
            self._grow()
        self._signatures[self._size] = _read(signature)
        self._link(self._size)
        self._size += 1

    def near(self, signature: bytes) -> list[int]:
        """The numbers of those that agree in ``LEAST`` or more, the likest first."""
        asked = _read(signature)
        found = self._meeting(asked)
        likeness = (self._signatures[found] == asked).mean(axis=1)
        close = np.flatnonzero(likeness >= LEAST)
        order = np.lexsort((found[close], -likeness[close]))
        return [int(number) for number in found[close][order]]

    def _meeting(self, asked: Signature) -> NDArray[np.int64]:
        """Everybody in the buckets of a signature's bands, once and in order."""
        met = [np.empty(0, dtype=np.int64)]
        bands = np.arange(BANDS)
        last = self._heads[bands, self._buckets(asked)].astype(np.int64)
        while (there := last != _NOBODY).any():
            bands, last = bands[there], last[there]
            met.append(last)
            last = self._before[last, bands].astype(np.int64)
        return np.unique(np.concatenate(met))

    def _link(self, number: int) -> None:
        buckets = self._buckets(self._signatures[number])
        bands = np.arange(BANDS)
        self._before[number] = self._heads[bands, buckets]
        self._heads[bands, buckets] = number

    def _buckets(self, signature: Signature) -> NDArray[np.uint64]:
        """Where each band of a signature belongs."""
        mixed: NDArray[np.uint64] = signature.astype(np.uint64).reshape(BANDS, WIDTH) @ _MIX
        return np.right_shift(mixed, np.uint64(32)) % np.uint64(self._heads.shape[1])

    def _grow(self) -> None:
        room = 2 * len(self._signatures)
        self._signatures = _widened(self._signatures, room)
        self._before = np.empty((room, BANDS), dtype=np.int32)
        self._heads = self._emptied(room)
        for number in range(self._size):
            self._link(number)

    def _emptied(self, room: int) -> NDArray[np.int32]:
        return np.full((BANDS, room), _NOBODY, dtype=np.int32)


def _read(signature: bytes) -> Signature:
    return np.frombuffer(signature, dtype=_TYPE).astype(np.uint32, copy=False)


def _widened(array: NDArray[np.uint32], rows: int) -> NDArray[np.uint32]:
    wider = np.empty((rows, array.shape[1]), dtype=array.dtype)
    wider[: len(array)] = array
    return wider
