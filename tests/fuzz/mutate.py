"""Inputs out of other inputs: bytes, lines, numbers and tokens changed, moved and repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

LONGEST = 120_000
"""Bytes of one input at most."""
_ROUNDS = (1, 1, 1, 2, 2, 3, 4, 6, 10, 20)
_REPEATS = (2, 3, 10, 60, 400, 3000)
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"4294967295", b"9223372036854775808", b"9" * 5000)
_WORDS = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\1\0\0\0")
_NOISE = (
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"PAR1",
)
_SIGNS = tuple(sign.encode() for sign in "0aA.,:;-/<>()[]{}'©|#&=")
_DIGITS = re.compile(rb"\d+")


@dataclass(frozen=True, slots=True)
class Stock:
    """What inputs are made of: whole ones to begin with, and pieces to put into them."""

    inputs: Sequence[bytes]
    tokens: Sequence[bytes]


def mutated(random: Random, stock: Stock) -> bytes:
    """A new input: one of the stock's, changed from one to twenty times."""
    body = bytearray(random.choice(stock.inputs))
    for _ in range(random.choice(_ROUNDS)):
        random.choice(_WAYS)(random, body, stock)
    return bytes(body[:LONGEST])


def _flip(random: Random, body: bytearray, stock: Stock) -> None:
    if body:
        body[random.randrange(len(body))] ^= 1 << random.randrange(8)


def _overwrite(random: Random, body: bytearray, stock: Stock) -> None:
    if body:
        body[random.randrange(len(body))] = random.choice((0, 10, 13, 32, 34, 44, 60, 62, 128, 255))


def _word(random: Random, body: bytearray, stock: Stock) -> None:
    at = _place(random, body)
    body[at : at + 4] = random.choice(_WORDS)


def _drop(random: Random, body: bytearray, stock: Stock) -> None:
    at = _place(random, body)
    del body[at : at + random.choice((1, 1, 2, 4, 16, 100))]


def _cut(random: Random, body: bytearray, stock: Stock) -> None:
    del body[_place(random, body) :]


def _behead(random: Random, body: bytearray, stock: Stock) -> None:
    del body[: _place(random, body) // 4]


def _insert(random: Random, body: bytearray, stock: Stock) -> None:
    at = _place(random, body)
    body[at:at] = random.choice(stock.tokens)


def _replace(random: Random, body: bytearray, stock: Stock) -> None:
    """A token in the place of as many bytes: what is counted elsewhere stays right."""
    at, token = _place(random, body), random.choice(stock.tokens)
    body[at : at + len(token)] = token


def _noise(random: Random, body: bytearray, stock: Stock) -> None:
    at = _place(random, body)
    body[at:at] = random.choice((*_NOISE, random.randbytes(random.randrange(1, 20))))


def _nest(random: Random, body: bytearray, stock: Stock) -> None:
    at = _place(random, body)
    body[at:at] = (random.choice(stock.tokens) * random.choice(_REPEATS))[: LONGEST // 2]


def _run(random: Random, body: bytearray, stock: Stock) -> None:
    """One sign over and over: what takes a time that grows with its square shows."""
    at = _place(random, body)
    sign = random.choice((b" ", b"\n", b"\t", bytes(body[at : at + 1]), *_SIGNS))
    body[at:at] = sign * random.choice((40, 1_000, 20_000, 60_000))


def _again(random: Random, body: bytearray, stock: Stock) -> None:
    """A stretch of the input once more, or many times."""
    at = _place(random, body)
    piece = body[at : at + random.choice((1, 8, 40, 200, 2000))]
    body[at:at] = (piece * random.choice((1, 1, 2, 8, 60)))[: LONGEST // 4]


def _splice(random: Random, body: bytearray, stock: Stock) -> None:
    other = random.choice(stock.inputs)
    begins, at = _place(random, other), _place(random, body)
    length = random.choice((8, 64, 512, len(other)))
    body[at : at + random.choice((0, length))] = other[begins : begins + length]


def _number(random: Random, body: bytearray, stock: Stock) -> None:
    found = list(_DIGITS.finditer(body[: LONGEST // 4]))
    if found:
        at = random.choice(found)
        body[at.start() : at.end()] = random.choice(_NUMBERS)


def _line(random: Random, body: bytearray, stock: Stock) -> None:
    """A line left out, or put in another's place."""
    lines = bytes(body).split(b"\n")
    taken = lines.pop(random.randrange(len(lines)))
    if random.random() < 0.7:
        lines.insert(random.randrange(len(lines) + 1), taken)
        lines.insert(random.randrange(len(lines) + 1), taken)
    body[:] = b"\n".join(lines)


def _rows(random: Random, body: bytearray, stock: Stock) -> None:
    """A line over and over, but for the number behind it."""
    lines = bytes(body).split(b"\n")
    at = random.randrange(len(lines))
    rows = (b"%s %d" % (lines[at][:200], nth) for nth in range(random.choice((5, 60, 700, 4_000))))
    body[:] = b"\n".join((*lines[:at], *rows, *lines[at:]))


def _place(random: Random, body: bytearray | bytes) -> int:
    return random.randrange(len(body) + 1)


_WAYS: tuple[Callable[[Random, bytearray, Stock], None], ...] = (
    _flip, _overwrite, _word, _drop, _drop, _cut, _behead, _insert, _insert, _insert, _replace,
    _noise, _nest, _run, _again, _splice, _splice, _number, _line, _rows,
)  # fmt: skip
