"""Where a site keeps what on its pages: CSS selectors, or XPath for what CSS cannot say.

Of CSS, ``tag``, ``#id``, ``.class``, ``[name]`` and ``[name=value]`` with ``= ~= ^= *=`` are known,
inside (`` ``) and right inside (``>``) another, one or another (``,``), and ``::attr(name)`` at the
end for an attribute's value in place of the text. They become XPath here: lxml's own way needs one
package more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

_TAG = re.compile(r"\*|[a-z][\w-]*")
_TEST = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<label>[\w-]+)"
    r"|\[(?P<name>[\w-]+)(?:(?P<how>[~^*]?=)(?P<mark>[\"']?)(?P<value>[^\"'\]]*)(?P=mark))?\]"
)
_OR = re.compile(r"\s*,\s*(?![^\[]*\])")
_JOINT = re.compile(r"\s*>\s*|\s+")
_VALUE = re.compile(r"::attr\((?P<name>[\w-]+)\)$")
_WAYS = {
    "": "@{name}",
    "=": "@{name}='{value}'",
    "~=": "contains(concat(' ',normalize-space(@{name}),' '),' {value} ')",
    "^=": "starts-with(@{name},'{value}')",
    "*=": "contains(@{name},'{value}')",
}
_RUNNING = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "strong", "sub", "sup", "u"})
"""Tags within a word or right before a comma; all others part words."""
_SEEN = etree.XPath("descendant-or-self::text()[not(parent::script or parent::style)]")


@dataclass(frozen=True, slots=True, eq=False)
class Selector:
    """One selector, as it is written and ready to run."""

    written: str
    path: etree.XPath

    def elements(self, tree: HtmlElement) -> list[HtmlElement]:
        """What it finds in ``tree``, in order; nothing if it asks for attributes."""
        return [found for found in _run(self.path, tree) if isinstance(found, HtmlElement)]

    def texts(self, tree: HtmlElement) -> Iterator[str]:
        """What it finds in ``tree`` as text on one line each; what is empty is left out."""
        for found in _run(self.path, tree):
            line = text(found) if isinstance(found, HtmlElement) else " ".join(str(found).split())
            if line:
                yield line


def parse(written: str) -> Selector:
    """Make a selector ready. Raises ``ValueError``, which says what cannot be read."""
    written = written.strip()
    is_xpath = written.startswith(("/", "./", "("))
    xpath = written if is_xpath else "|".join(map(_translated, _OR.split(written)))
    try:
        path = etree.XPath(xpath)
        found = path(etree.Element("html"))
    except etree.XPathError as error:
        raise ValueError(f"{written!r} is no XPath: {error}") from None
    if not isinstance(found, list):
        raise ValueError(f"{written!r} finds no elements but a {type(found).__name__}")
    return Selector(written, path)


def text(element: HtmlElement) -> str:
    """What a reader sees of an element, on one line."""
    pieces: list[str] = []
    for piece in _run(_SEEN, element):
        pieces += ("" if piece.getparent().tag in _RUNNING else " ", piece)
    return " ".join("".join(pieces).split())


def _run(path: etree.XPath, tree: HtmlElement) -> list[Any]:
    """What an XPath finds: elements or strings; the stubs of lxml allow for numbers too.

    Some faults, a function that there is not, show only where there is something to look at: such
    a selector finds nothing.
    """
    try:
        found = path(tree)
    except etree.XPathError:
        return []
    return found if isinstance(found, list) else []


def _translated(css: str) -> str:
    """The XPath that means the same; attributes that are asked for are in place of elements."""
    asked = _VALUE.search(css)
    rest = css[: asked.start()] if asked else css
    steps = ["descendant-or-self::"]
    at = 0
    while at < len(rest):
        step, at = _compound(rest, at, css)
        steps.append(step)
        joint = _JOINT.match(rest, at)
        if joint and joint.end() < len(rest):
            steps.append("/child::" if ">" in joint[0] else "/descendant::")
            at = joint.end()
        elif at < len(rest):
            raise _unread(css, rest[at:])
    if len(steps) == 1:
        raise _unread(css, css)
    return "".join(steps) + (f"/@{asked['name']}" if asked else "")


def _compound(css: str, at: int, whole: str) -> tuple[str, int]:
    """The tag with its tests that begins at ``at``, and where it ends."""
    tag = _TAG.match(css, at)
    step, end = (tag[0], tag.end()) if tag else ("*", at)
    while test := _TEST.match(css, end):
        step, end = f"{step}[{_condition(test)}]", test.end()
    if end == at:
        raise _unread(whole, css[at:])
    return step, end


def _condition(test: re.Match[str]) -> str:
    if test["id"]:
        return _WAYS["="].format(name="id", value=test["id"])
    if test["label"]:
        return _WAYS["~="].format(name="class", value=test["label"])
    return _WAYS[test["how"] or ""].format(name=test["name"], value=test["value"])


def _unread(css: str, rest: str) -> ValueError:
    known = "tag #id .class [name=value] with ~= ^= *=, a > b, a b, a, b, ::attr(name)"
    return ValueError(f"{css!r}: cannot read {rest!r}; known are {known}, or XPath")
