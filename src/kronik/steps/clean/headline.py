"""Which of the lines above an article's first paragraph is its headline."""

from __future__ import annotations

from collections.abc import Sequence

from kronik.steps.clean.eyes import Eyes, address, is_host, letters

_LONGEST = 220
_FEWEST_WORDS = 2
_FULL_WORDS = 4
"""Words from which on a line is more likely a headline than a section or a site's name."""
_MOST_LINES = 300
"""Lines above the text that are looked at: a headline stands no further away."""


def locate(header: Sequence[str], eyes: Eyes) -> int | None:
    """The index of the headline in ``header``, or ``None`` if no line can be it.

    A line that others repeat ("Print view: <headline>") is it; else the one nearest above the
    date line; else the first one below it, or the first of all where there is no date.
    """
    skipped = max(0, len(header) - _MOST_LINES)
    found = _located(header[skipped:], eyes)
    return None if found is None else skipped + found


def _located(header: Sequence[str], eyes: Eyes) -> int | None:
    able = [at for at, line in enumerate(header) if _can_be(line, eyes)]
    able = [at for at in able if at == able[0] or not eyes.byline(header[at])]
    if echoed := _echoed(able, header):
        repeated = occurrences(max((header[at] for at in echoed), key=len), header)
        return max(at for at in echoed if at in repeated)
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
    bare = letters(title)
    least = len(bare)
    return [at for at, line in enumerate(lines) if len(line) >= least and letters(line) == bare]


def _can_be(line: str, eyes: Eyes) -> bool:
    if len(line.split()) < _FEWEST_WORDS or len(line) > _LONGEST or address(line):
        return False
    if line.endswith(".") and not line.endswith("...") and len(line.split()) > _FULL_WORDS:
        return False
    return not (is_host(line) or eyes.noise(line) or eyes.date(line))


def _echoed(able: Sequence[int], header: Sequence[str]) -> list[int]:
    """Those of the lines that another begins or ends with."""
    bare = [letters(line) for line in header]
    full = [at for at in able if len(header[at].split()) >= _FULL_WORDS]
    return [
        at for at in full if any(_holds(other, bare[at]) for other in (*bare[:at], *bare[at + 1 :]))
    ]


def _holds(line: str, part: str) -> bool:
    return line.startswith(part) or line.endswith(part)
