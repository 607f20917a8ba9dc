"""An extractor's lines as they stand on the page, and the paragraphs that it lost between them.

trafilatura loses white space between tags, words in tags that it does not expect ("<time>"), and
now and then a paragraph or a crosshead; it marks the items of lists, and puts the cells of a table
or what stands between line breaks on one line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kronik.steps.clean.visible import Line

_MARKER = "- "
_CELLS = re.compile(r"\s*\|\s*")
_BEGINNING = 24
"""Letters by which a line that lost some of its words is known again."""
_OPENING = 8
_MOST_LOST = 1.4
"""How much longer the whole line may be; of what is shorter, another piece may follow."""
_LONG = 80
"""Characters from which on a line is a paragraph."""
_STOP = re.compile(r"[.!?…][\"'”’)\]]*$")
_MOST_SCRAPS = 100


def restored(extracted: Sequence[str], everything: Sequence[Line]) -> list[str]:
    """The lines of ``extracted``, each as it is among ``everything``, with the paragraphs between
    them that stand in the same boxes."""
    page = _Page.of(everything)
    found = [line for raw in extracted for line in page.matched(raw)]
    places = [page.places.get(line, -1) if len(line) >= _LONG else -1 for line in found]
    boxes = {everything[at].box for at in places if at >= 0}
    scraps = [
        key for line in found if len(key := _key(line)) >= _BEGINNING and key not in page.whole
    ]
    lines: list[str] = []
    last = len(everything)
    for line, at in zip(found, places, strict=True):
        between = [one for one in everything[last + 1 : max(at, 0)] if one.box in boxes]
        lost = [one.text for one in between if _is_own(one) and one.text not in found]
        lines += [text for text in lost if not _is_in_pieces(text, scraps[:_MOST_SCRAPS])]
        lines.append(line)
        last = at if at >= 0 else last
    return lines


def _is_own(line: Line) -> bool:
    """Whether a line among an article's paragraphs is one, or a crosshead."""
    return not line.linked and (
        line.heading or (len(line.text) >= _LONG and bool(_STOP.search(line.text)))
    )


def _is_in_pieces(text: str, scraps: Collection[str]) -> bool:
    """Whether the extractor has the line in pieces: those are enough."""
    key = _key(text)
    return any(scrap in key for scrap in scraps)


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page by their letters, for white space is what extractors differ in."""

    places: Mapping[str, int]
    """The number of each line; of those that repeat, the first."""
    whole: Mapping[str, str]
    begun: Mapping[str, str]
    ended: Mapping[str, str]
    lines: Sequence[str]
    keys: Sequence[str]
    opening: Mapping[str, Sequence[int]]
    """The numbers of the lines that open with a few letters."""

    @classmethod
    def of(cls, everything: Sequence[Line]) -> _Page:
        lines = [line.text for line in everything]
        keys = [_key(line) for line in lines]
        opening: dict[str, list[int]] = {}
        for at, key in enumerate(keys):
            opening.setdefault(key[:_OPENING], []).append(at)
        whole = dict(zip(reversed(keys), reversed(lines), strict=True))
        return cls(
            places={line: at for at, line in reversed(list(enumerate(lines)))},
            whole=whole,
            begun={key[:_BEGINNING]: line for key, line in whole.items()},
            ended={key[-_BEGINNING:]: line for key, line in whole.items()},
            lines=lines,
            keys=keys,
            opening=opening,
        )

    def matched(self, raw: str) -> Sequence[str]:
        """A line as it stands on the page; the cells of a row are a line each."""
        line = " ".join(raw.split())
        item = line.removeprefix(_MARKER)
        for said in (line, item):
            key = _key(said)
            if found := self.whole.get(key) or self._fuller(key):
                return (found,)
        if several := self._several(_key(item)):
            return several
        cells = _CELLS.split(item) if "|" in item else (item,)
        return [cell for cell in cells if cell]

    def _several(self, key: str) -> Sequence[str]:
        """The lines, one below the other, that make up a line."""
        for begun in self.opening.get(key[:_OPENING], ()):
            rest, at = key, begun
            while rest and at < len(self.keys) and rest.startswith(self.keys[at]):
                rest, at = rest[len(self.keys[at]) :], at + 1
            if not rest and at > begun:
                return self.lines[begun:at]
        return ()

    def _fuller(self, key: str) -> str | None:
        """The line that begins or ends alike and has a few words more."""
        for line in (self.begun.get(key[:_BEGINNING]), self.ended.get(key[-_BEGINNING:])):
            whole = _key(line or "")
            if len(key) >= _BEGINNING and len(key) < len(whole) <= _MOST_LOST * len(key):
                letters = iter(whole)
                if all(letter in letters for letter in key):
                    return line
        return None


def _key(line: str) -> str:
    return "".join(line.split())
