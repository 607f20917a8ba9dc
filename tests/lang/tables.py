"""Reads the tables of expected values that stand beside these tests."""

from pathlib import Path


def rows(name: str) -> list[dict[str, str]]:
    """The lines of a tab-separated file with a head."""
    head, *lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]
