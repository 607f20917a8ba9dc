"""The exception tree is as its docstring draws it, and travels between processes whole."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator

import pytest

from kronik import errors
from kronik.errors import KronikError, NotNow, StepError


def tree(kind: type[KronikError], depth: int = 0) -> Iterator[tuple[int, str]]:
    yield depth, kind.__name__
    for child in kind.__subclasses__():
        yield from tree(child, depth + 1)


def drawn() -> Iterator[tuple[int, str]]:
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    ((?:[|` -]{4})*)([A-Z]\w+) ", line):
            yield len(found[1]) // 4, found[2]


def test_the_tree_is_drawn_as_it_is() -> None:
    assert sorted(drawn()) == sorted(tree(KronikError))
    parents: list[str] = []
    for depth, name in drawn():
        parents = [*parents[:depth], name]
        assert [base.__name__ for base in getattr(errors, name).__mro__[: depth + 1]] == parents[
            ::-1
        ]


@pytest.mark.parametrize(
    "error",
    [
        *[
            kind("rusak", where="berkas", remedy="perbaiki")
            for kind in vars(errors).values()
            if isinstance(kind, type) and issubclass(kind, KronikError) and kind is not StepError
        ],
        StepError("tag", "rusak", where="berkas"),
        NotNow("rusak", where="berkas", after=3.5),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_travel_whole(error: KronikError) -> None:
    error.add_note("catatan")
    there = pickle.loads(pickle.dumps(error))
    assert type(there) is type(error)
    assert str(there) == str(error)
    assert vars(there) == vars(error)
