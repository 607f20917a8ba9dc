"""Paragraphs out of lines, where a text was broken into lines of fixed width."""

from __future__ import annotations

from collections.abc import Callable

from kronik.steps.clean.eyes import ends_sentence

_WIDTHS = range(50, 111)
_FEWEST = 3
_NEARLY_FULL = 0.6
_OPEN_ENDED = 0.4
"""Share of full lines that must not end a sentence: paragraphs of one line mostly do."""


def paragraphs(text: str, alone: Callable[[str], bool]) -> list[str]:
    """The paragraphs of ``text``, stripped. Lines broken at a fixed width are joined; a line for
    which ``alone`` holds never is. In other texts each line is a paragraph."""
    lines = [line.strip() for line in text.split("\n")]
    width = _width(lines)
    if width is None:
        return [line for line in lines if line]
    joined: list[str] = []
    last = ""
    for line in lines:
        if line and last and _runs_on(last, line, width) and not (alone(last) or alone(line)):
            joined[-1] += line if last[-1] == "-" and last[-2:-1].isalpha() else f" {line}"
        elif line:
            joined.append(line)
        last = line
    return joined


def _width(lines: list[str]) -> int | None:
    """The width that lines were broken at, or ``None`` where they were not."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    if width not in _WIDTHS:
        return None
    full = [line for line in lines if len(line) > 0.75 * width]
    running = [line for line in full if not ends_sentence(line)]
    return width if len(full) >= _FEWEST and len(running) >= _OPEN_ENDED * len(full) else None


def _runs_on(line: str, following: str, width: int) -> bool:
    """Whether the next word had no room in the line, or the line stops within a sentence."""
    word = following.split(maxsplit=1)[0]
    if len(line) + 1 + len(word) > width:
        return True
    return not ends_sentence(line) and (word[0].islower() or len(line) > _NEARLY_FULL * width)
