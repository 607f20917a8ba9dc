"""Stretches and points of time for people."""

import pytest

from kronik.exchange.times import minute, stretch


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3661, "1 h 1 min"),
        (3600 + 59, "1 h"),
        (86_400 * 3 + 4 * 3600, "3 d 4 h"),
        (86_400 * 400 + 60, "400 d"),
    ],
)
def test_a_stretch_of_time(seconds: int, told: str) -> None:
    assert stretch(seconds) == told


def test_a_minute() -> None:
    assert minute("2026-11-22T06:05:04+00:00") == "2026-11-22 06:05"
    assert minute(None) is None
