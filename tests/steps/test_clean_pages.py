"""Every frozen page of ``tests/pages`` gives the article that stands beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kronik.settings import Settings
from kronik.sources import pages
from kronik.steps.clean import article
from kronik.types import Doc, Page
from tests.steps.readable import kit

PAGES = Path(__file__).resolve().parents[1] / "pages"
SAID = ("lang", "title", "published", "outlet", "url", "canonical", "section", "dateline")
WANTED = sorted(PAGES.glob("??/*.json"))


def read(wanted: Path) -> Doc:
    (path,) = (path for path in wanted.parent.glob(f"{wanted.stem}.*") if path != wanted)
    (found,) = pages([str(path)], Settings())
    assert isinstance(found, Page)
    return article(found, kit())


def test_every_language_has_pages() -> None:
    counts = {folder.name: len(list(folder.glob("*.json"))) for folder in PAGES.iterdir()}
    assert counts["id"] >= 10
    assert counts["en"] >= 4


@pytest.mark.parametrize("wanted", WANTED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_page(wanted: Path) -> None:
    want = json.loads(wanted.read_text(encoding="utf-8"))
    doc = read(wanted)
    got = {name: getattr(doc, name) for name in SAID}
    assert got == {name: want[name] for name in SAID}
    precision = want.get("published_precision", "day" if want["published"] else None)
    assert doc.published_precision == precision
    assert list(doc.bylines) == want["bylines"]
    assert doc.text.startswith(want["first"])
    assert doc.text.endswith(want["last"])
    assert [line for line in want["absent"] if line in doc.text] == []
    if "paragraphs" in want:
        assert len(doc.text.split("\n")) == want["paragraphs"]
    assert [note.step for note in doc.notes] == ([] if want["published"] else ["clean"])
