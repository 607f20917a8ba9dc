"""The one place where measuring calls Kronik: text goes through to the letter."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from eval import records, run
from kronik.errors import InstallError, NoArticle
from kronik.kit import Kit
from kronik.settings import Settings
from kronik.types import Doc, Page
from tests.eval.hand import ITEM


@pytest.fixture(scope="module")
def kit() -> Kit:
    try:
        return run.load(threads=1)
    except InstallError as error:
        pytest.skip(f"no weights here: {error}")


def test_every_item_gets_a_record_of_its_own_text(kit: Kit):
    (record,) = run.predict([ITEM], kit)
    assert records.key_of(record) == ITEM.id
    assert record["article"]["text"] == ITEM.text
    records.reading(record, ITEM)


def test_title_date_and_language_are_handed_over_and_a_refusal_keeps_its_reason(
    monkeypatch: pytest.MonkeyPatch,
):
    seen: list[dict[str, str]] = []

    def refuse(page: Page, kit: Kit) -> Doc:
        seen.append(json.loads(page.body))
        raise NoArticle("nothing to read", where=page.origin)

    monkeypatch.setattr("eval.run.pipeline.code", refuse)
    versions = SimpleNamespace(
        net=SimpleNamespace(sha256="0"),
        codebook=SimpleNamespace(version="2.0"),
        settings=Settings(threads=1),
    )
    (told,) = run.predict([ITEM], cast(Kit, versions))
    assert told == {"uid": "hand-1", "refused": "hand-1: clean: nothing to read"}
    assert seen == [
        {
            "id": "hand-1",
            "text": ITEM.text,
            "lang": "id",
            "title": "Insiden di laut",
            "published": "2020-02-03",
        }
    ]


def test_an_item_without_text_is_refused_with_a_reason(kit: Kit):
    (record,) = run.predict([replace(ITEM, text=" ")], kit)
    assert record["uid"] == ITEM.id
    assert "empty" in record["refused"]


def test_the_demo_page_is_there():
    assert run.demo_page().read_text(encoding="utf-8").strip()
