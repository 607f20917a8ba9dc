"""What a reader sees of a page or of a part of it, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.html import HtmlElement

from kronik.steps.clean.encoding import legible

# fmt: off
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
        "td", "th", "title", "tr", "ul"
    }
)
_SKIPPED = frozenset(
    {
        "aside", "button", "figcaption", "figure", "iframe", "nav", "noscript", "picture", "script",
        "select", "style", "svg", "template", "title"
    }
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BOXES = _BLOCKS - {
    *("blockquote", "br", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "pre")
}
# fmt: on
_FIELDS = frozenset({"span", "time"})
_AS_TYPED = frozenset({"pre", "textarea"})
_NOWHERE = re.compile(r"#.|mailto:|tel:", re.I)
_LONGEST_LABEL = 30
"""Characters before a link that may be its label ("Baca juga:")."""
_LEAST_LINKED = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is seen, its white space single."""

    text: str
    linked: bool
    """Whether it is a link to another page and nothing else, but for a label before it."""
    box: int = 0
    """The number of the box on the page that it stands in: paragraphs side by side share one."""
    heading: bool = False


def lines(tree: HtmlElement) -> list[Line]:
    """The lines of a tree, none blank, without what cannot be seen and without captions."""
    pen = _Pen()
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start" and node.tag in _SKIPPED:
            walk.skip_subtree()
            pen.skip(node)
        elif event == "start":
            pen.enter(node)
            pen.write(node.text)
        else:
            if event == "end" and node.tag not in _SKIPPED:
                pen.leave(node)
            pen.write(node.tail)
    pen.end_line()
    return pen.read()


@dataclass(slots=True)
class _Pen:
    """Writes down what is seen, element by element."""

    written: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    """Of the line that is being written."""
    linked: int = 0
    """How many letters of it are a link's."""
    boxes: list[int] = field(default_factory=lambda: [0])
    """The boxes that are open, the innermost last."""
    count: int = 0
    links: int = 0
    typed: int = 0
    headings: int = 0
    apart: bool = False
    """Whether a span or time of a class has just ended: one right after it is another field."""

    def skip(self, node: HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self.end_line()

    def enter(self, node: HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self.end_line()
        if node.tag in _BOXES:
            self.count += 1
            self.boxes.append(self.count)
        if self.apart and _is_field(node):
            self.pieces.append(" ")
        self.links += _leads_away(node)
        self.typed += node.tag in _AS_TYPED
        self.headings += node.tag in _HEADINGS

    def leave(self, node: HtmlElement) -> None:
        if node.tag in _BLOCKS:
            self.end_line()
        if node.tag in _BOXES:
            self.boxes.pop()
        self.apart = _is_field(node)
        self.links -= _leads_away(node)
        self.typed -= node.tag in _AS_TYPED
        self.headings -= node.tag in _HEADINGS

    def write(self, text: str | None) -> None:
        first, *more = (text or "").split("\n") if self.typed else [text or ""]
        self._add(first)
        for line in more:
            self.end_line()
            self._add(line)

    def _add(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self.apart = False
            if self.links:
                self.linked += len("".join(text.split()))

    def end_line(self) -> None:
        if self.pieces and (text := " ".join("".join(self.pieces).split())):
            letters = len(text) - text.count(" ")
            label = letters - self.linked
            is_link = label <= _LONGEST_LABEL and self.linked >= _LEAST_LINKED * letters
            self.written.append(Line(text, is_link, self.boxes[-1], self.headings > 0))
        self.pieces.clear()
        self.linked = 0

    def read(self) -> list[Line]:
        """The lines, without the characters that cannot be seen."""
        texts = legible("\n".join(line.text for line in self.written)).split("\n")
        pairs = zip(texts, self.written, strict=False)
        seen = ((" ".join(text.split()), line) for text, line in pairs)
        return [replace(line, text=text) for text, line in seen if text]


def _is_field(node: HtmlElement) -> bool:
    return node.tag in _FIELDS and bool(node.get("class"))


def _leads_away(node: HtmlElement) -> bool:
    if node.tag != "a":
        return False
    target = (node.get("href") or "").strip()
    return bool(target) and not _NOWHERE.match(target)
