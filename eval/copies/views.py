"""Stories of our own writing with other views of them: print, AMP, wire texts, follow-ups."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("views.toml")


@dataclass(frozen=True, slots=True)
class View:
    """Another text about a story, and whether it is a copy of it."""

    story: str
    name: str
    original: str
    text: str
    copy: bool


def views() -> Iterator[View]:
    """Every view of the table, in order."""
    for story in tomllib.loads(TABLE.read_text("utf-8"))["story"]:
        for view in story["view"]:
            original = "\n".join(story["text"])
            text = _text(story["text"], view)
            yield View(story["name"], view["name"], original, text, view["copy"])


def _text(story: Sequence[str], view: Mapping[str, Any]) -> str:
    kept = "\n".join(story[at] for at in view.get("keep", range(len(story))))
    for old, new in view.get("words", {}).items():
        if old not in kept:
            raise ValueError(f"{view['name']}: {old!r} does not stand there")
        kept = kept.replace(old, new)
    return "\n".join([*view.get("before", []), *([kept] if kept else []), *view.get("after", [])])
