"""Scraped text is hostile: what a terminal or a spreadsheet must not be given."""

from __future__ import annotations

import unicodedata

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Controls, invisible formatting (bidirectional overrides), surrogates, private, unassigned."""


def printable(text: str) -> str:
    """The text without escape sequences and characters that steer a terminal.

    Line breaks and tabs become spaces, so that what is printed stays where it was put.
    """
    spaced = (" " if char in "\n\t\r\u2028\u2029" else char for char in text)
    return "".join(char for char in spaced if unicodedata.category(char) not in _UNPRINTABLE)


def cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula: such text gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
