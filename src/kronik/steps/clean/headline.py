"""Which of the lines above an article's first paragraph is its headline."""

from __future__ import annotations

from collections.abc import Sequence

from kronik.steps.clean.eyes import Eyes, address, is_host

_LONGEST = 220
_FEWEST_WORDS = 2
_FULL_WORDS = 4
"""Words from which on a line is more likely a headline than a section or a site's name."""


def locate(header: Sequence[str], eyes: Eyes) -> int | None:
    """The index of the headline in ``header``, or ``None`` if no line can be it.

    A line that others repeat ("Print view: <headline>") is it; else the one nearest above the
    date line; else the first one below it, or the first of all where there is no date.
    """
    able = [at for at, line in enumerate(header) if _can_be(line, eyes)]
    able = [at for at in able if at == able[0] or not eyes.byline(header[at])]
    if echoed := [at for at in able if _is_echoed(at, header)]:
        longest = max((header[at] for at in echoed), key=len)
        return max(at for at in echoed if at in occurrences(longest, header))
    dated = next((at for at, line in enumerate(header) if eyes.date(line)), len(header))
    dated = dated if dated < len(header) else -1
    above = [at for at in reversed(able) if at < dated]
    ranked = [*above, *(at for at in able if at > dated)]
    full = [at for at in ranked if len(header[at].split()) >= _FULL_WORDS]
    return next(iter(full or ranked), None)


def behind_label(line: str) -> str | None:
    """The headline in the line that opens a print view ("View Full Version : <headline>")."""
    name = line.partition(":")[2].strip()
    return name if len(name.split()) >= _FULL_WORDS and not address(name) else None


def occurrences(title: str, lines: Sequence[str]) -> list[int]:
    """Where ``lines`` repeat the headline, but for case, spaces and marks."""
    bare = _bare(title)
    least = len(bare)
    return [at for at, line in enumerate(lines) if len(line) >= least and _bare(line) == bare]


def _can_be(line: str, eyes: Eyes) -> bool:
    if len(line.split()) < _FEWEST_WORDS or len(line) > _LONGEST or address(line):
        return False
    if line.endswith(".") and not line.endswith("...") and len(line.split()) > _FULL_WORDS:
        return False
    return not (is_host(line) or eyes.noise(line) or eyes.date(line))


def _is_echoed(at: int, header: Sequence[str]) -> bool:
    line = _bare(header[at])
    others = [_bare(other) for place, other in enumerate(header) if place != at]
    return len(header[at].split()) >= _FULL_WORDS and any(
        other.startswith(line) or other.endswith(line) for other in others
    )


def _bare(line: str) -> str:
    return "".join(char for char in line.casefold() if char.isalnum())
