"""What people type into a search box, as a query of SQLite's FTS5."""

from __future__ import annotations

import re

_PART = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+?)(\*?)(?=[\s"]|$)')


def match(words: str) -> str:
    """A query that asks for all words, "several words" in their order, and begin* as a beginning.

    Nothing that is typed is taken for an operator, so no query is a syntax error. No word at
    all matches nothing.
    """
    parts = [
        f'"{phrase or word}"{"*" if star or tail else ""}'
        for phrase, star, word, tail in _PART.findall(words.replace("\0", " "))
        if phrase or word
    ]
    return " ".join(parts) or '""'
