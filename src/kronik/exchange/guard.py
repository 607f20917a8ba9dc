"""Scraped text is hostile: what a terminal, a spreadsheet or an editor must not be given."""

from __future__ import annotations

import re
import unicodedata

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The signs that open a formula, also full-width, and white space that may stand before one."""
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Controls, invisible formatting (bidirectional overrides), surrogates, private, unassigned."""
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Unicode's ``Bidi_Control``: they show text in another order than it has."""
_UNFIT_FOR_CELLS = re.compile(f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f{_BIDI}]")
_UNSEEN_IN_JSON = re.compile(f"[\\x7f-\\x9f{_BIDI}]")


def printable(text: str) -> str:
    """The text without escape sequences and characters that steer a terminal.

    Line breaks and tabs become spaces, so that what is printed stays where it was put.
    """
    spaced = (" " if char in "\n\t\r\u2028\u2029" else char for char in text)
    return "".join(char for char in spaced if unicodedata.category(char) not in _UNPRINTABLE)


def cell(text: str) -> str:
    """Text that a spreadsheet takes for text: a leading apostrophe disarms what opens a formula.

    Controls are left out, but for line breaks and tabs, and so is what steers the direction.
    """
    kept = _UNFIT_FOR_CELLS.sub("", text)
    return f"'{kept}" if kept.startswith(_FORMULA) else kept


def escaped(json: str) -> str:
    """The same JSON, with the controls that it may hold bare written as ``\\uXXXX``."""
    return _UNSEEN_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json)
