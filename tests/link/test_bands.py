"""The index finds those that may be alike, in the same order at every run."""

from random import Random

import numpy as np
import pytest

from kronik.link.bands import HASHES, LEAST, METHOD, Bands, sign
from kronik.link.likeness import runs, words
from tests.link.made import changed, prose


def signed(text: str) -> bytes:
    return sign(runs(words(text)))


def likeness(one: bytes, other: bytes) -> float:
    return float((np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")).mean())


@pytest.fixture(scope="module")
def made() -> tuple[Bands, list[bytes]]:
    """Sixty texts, each with a copy that has every twelfth word changed; more than one growth."""
    bands = Bands(room=16)
    signatures = []
    for number in range(60):
        for text in (prose(number), changed(prose(number), 1 / 12)):
            signatures.append(signed(text))
            bands.add(signatures[-1])
    return bands, signatures


def test_a_signature_is_the_same_on_every_machine_as_long_as_its_method_is() -> None:
    assert METHOD == "rensa-2/128x4"
    made = signed("Kapal penumpang kandas di Teluk Sandung pada Minggu malam.")
    assert len(made) == 4 * HASHES
    assert made[:8].hex() == "455a09cb5d583cd4"


def test_a_signature_does_not_depend_on_order_or_repetition() -> None:
    own = runs(words(prose(1)))
    assert sign(own) == sign([*reversed(own), *own])


def test_everybody_is_found_with_the_one_that_is_like_them(made: tuple[Bands, list[bytes]]) -> None:
    bands, signatures = made
    assert len(bands) == len(signatures) == 120
    for number, signature in enumerate(signatures):
        assert bands.near(signature) == [number, number ^ 1]


def test_the_likest_come_first_and_equals_in_the_order_they_came() -> None:
    bands = Bands(room=2)
    text = prose(1)
    shares = [0.2, 0.0, 0.05, 0.0]
    for share in shares:
        bands.add(signed(changed(text, share)))
    assert bands.near(signed(text)) == [1, 3, 2, 0]


def test_those_that_agree_too_little_are_left_out() -> None:
    bands = Bands()
    asked = signed(prose(1))
    random = Random(1)
    kept = []
    for number in range(0, HASHES, 2):
        other = bytearray(
            np.array([random.getrandbits(32) for _ in range(HASHES)], "<u4").tobytes()
        )
        other[: 4 * number] = asked[: 4 * number]
        bands.add(bytes(other))
        kept += [number // 2] if likeness(asked, bytes(other)) >= LEAST else []
    assert kept[0] == 8
    assert bands.near(asked) == kept[::-1]


def test_an_empty_index_knows_nobody() -> None:
    assert Bands().near(signed("kosong")) == []
