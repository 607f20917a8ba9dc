"""The clean step: any bytes give a ``Doc`` or an ``InputError`` that says what is amiss."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronik.errors import (
    BadRecord,
    EmptyInput,
    InputError,
    NoArticle,
    TooLarge,
    UnknownLanguage,
)
from kronik.steps.clean import Overrides, article
from kronik.types import Doc, Page, stable_id
from tests.steps.readable import SENTENCES, STORY, kit, page, record, web

KIT = kit()
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in SENTENCES)
MEDIA_TYPES = ("text/html", "text/plain", "application/x-kronik-record+json")


def test_a_record_keeps_its_text_to_the_letter() -> None:
    text = " Presiden\u200b berkata:\r\n\t“Kami   siap\u00ad.”\x07 (dinda/aby)\n\n"
    doc = article(record(id="k-1", text=text, lang="id", published="2015-11-27"), KIT)
    assert doc.text == text


def test_a_record_gives_what_it_says_of_itself() -> None:
    said = {"title": "Judul", "url": "https://www.kabar.example/a", "outlet": "Kabar", "lang": "id"}
    doc = article(record(text=STORY, published="2015-11-27T14:05:00+07:00", **said), KIT)
    assert (doc.title, doc.url, doc.outlet, doc.lang) == tuple(said.values())
    assert (doc.published, doc.published_precision) == ("2015-11-27", "day")
    assert doc.notes == ()


def test_ids_follow_from_the_page() -> None:
    source = record(text=STORY)
    doc = article(source, KIT)
    ids = (stable_id("a", source.id), source.id, source.origin)
    assert (doc.id, doc.page_id, doc.source_id) == ids


@pytest.mark.parametrize(
    "said",
    ["kemarin", "2015-13-40", "31/02/2015", "2015-11-27/2015-11-28", 1448600000, "x" * 100_000],
)
def test_a_date_that_is_none_is_null_with_a_note(said: str | int) -> None:
    doc = article(record(text=STORY, published=said), KIT)
    assert (doc.published, doc.published_precision) == (None, None)
    (note,) = doc.notes
    assert note.step == "clean"
    assert str(said)[:40] in note.what


@pytest.mark.parametrize("blank", ["", " \t\n"])
def test_a_blank_field_of_a_record_is_null(blank: str) -> None:
    said = dict.fromkeys(("title", "published", "url", "outlet", "lang"), blank)
    doc = article(record(text=STORY, **said), KIT)
    assert (doc.title, doc.published, doc.url, doc.outlet, doc.lang) == (None,) * 4 + ("id",)
    assert [note.what for note in doc.notes] == ["no date of publication found on the page"]


def test_a_language_of_a_record_without_a_pack_costs_no_article() -> None:
    doc = article(record(text=STORY, published="2015", lang="x-klingon"), KIT)
    assert doc.lang == "id"
    (note,) = doc.notes
    assert "'x-klingon'" in note.what


def test_a_language_tag_of_a_record_is_understood() -> None:
    doc = article(record(text=STORY, published="2015", lang="EN-us"), KIT)
    assert (doc.lang, doc.notes) == ("en", ())


def test_a_page_without_a_date_gets_none() -> None:
    doc = article(page(STORY), KIT)
    assert doc.published is None
    assert [note.what for note in doc.notes] == ["no date of publication found on the page"]


@pytest.mark.parametrize(
    ("given_date", "published", "precision"),
    [
        ("2015-11-27", "2015-11-27", "day"),
        ("2015-11", "2015-11", "month"),
        ("2015", "2015", "year"),
    ],
)
def test_the_caller_may_know_the_date(given_date: str, published: str, precision: str) -> None:
    doc = article(page(f"Judul yang lain\n1 Mei 2001\n\n{STORY}"), KIT, Overrides(given_date))
    assert (doc.published, doc.published_precision) == (published, precision)


def test_a_date_of_the_callers_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="2015-11-27, 2015-11 or 2015"):
        article(page(STORY), KIT, Overrides(published="pekan lalu"))


def test_the_caller_may_know_the_language() -> None:
    assert article(page("Zorg plin dag."), KIT, Overrides(lang="ID")).lang == "id"


def test_a_language_of_the_callers_without_a_pack_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        article(page(STORY), KIT, Overrides(lang="xx"))


REFUSED = {
    "language of the caller": (record(text=STORY), Overrides(lang="xx")),
    "date of the caller": (record(text=STORY), Overrides(published="pekan lalu")),
    "language": (record(text="Xqzt blorf grinka wumpel."), None),
    "length": (record(text="yang " * 1_000_000), None),
    "record": (page(b"{}", MEDIA_TYPES[2]), None),
    "article": (page("hello"), Overrides(lang="en")),
    "web page": (web("<html><body></body></html>"), None),
    "nothing": (page(b""), None),
    "kind": (page(b"", "image/png"), None),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_told_by_its_place(case: str) -> None:
    source, overrides = REFUSED[case]
    with pytest.raises(InputError) as raised:
        article(replace(source, where="kabar.jsonl:7"), KIT, overrides)
    assert raised.value.where == "kabar.jsonl:7"
    assert raised.value.remedy


@pytest.mark.parametrize(
    "text",
    ["hello", "Hello world.", "Berita hari ini", "hello\nworld\nagain", "Jumat, 27 November 2015"],
)
def test_a_few_words_are_no_article(text: str) -> None:
    with pytest.raises(NoArticle) as raised:
        article(page(text), KIT, Overrides(lang="en"))
    assert "JSONL" in (raised.value.remedy or "")
    assert article(record(text=text, lang="en"), KIT).text == text


@pytest.mark.parametrize("text", ["Gempa guncang Lembata.", "Gempa guncang Lembata dan Flores"])
def test_a_short_sentence_is_an_article(text: str) -> None:
    assert article(page(text), KIT, Overrides(lang="id")).text == text


def test_what_cannot_be_seen_goes_and_lines_break_one_way() -> None:
    doc = article(page(STORY.replace("\n", "\r\n").replace("Ia", "I\u200ba\x01\ufeff")), KIT)
    assert doc.text == STORY


def test_characters_stay_as_they_are() -> None:
    line = "Kafe\u0301 “Senja” – ﬁlm pendek itu ditutup oleh polisi karena tidak punya izin."
    assert article(page(line), KIT).text == line


@pytest.mark.parametrize(
    "page_of",
    [page, lambda text: web(f"<html><body><p>{text}</p></body></html>"), lambda t: record(text=t)],
    ids=["plain", "html", "record"],
)
def test_a_text_too_long_is_refused_at_once(page_of: Callable[[str], Page]) -> None:
    start = time.process_time()
    with pytest.raises(TooLarge) as raised:
        article(page_of("yang " * 1_000_000), KIT)
    assert raised.value.remedy
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "body", [b"", b"  \n\t ", b"\xef\xbb\xbf\n", b"\xff\xfe", "\u200b".encode()]
)
def test_nothing_is_empty_input(body: bytes) -> None:
    for media_type in ("text/plain", "text/html"):
        with pytest.raises(EmptyInput):
            article(page(body, media_type), KIT)


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><body><nav><a href='/'>Beranda</a> <a href='/x'>Daerah</a></nav></body></html>",
        "<!-- hanya komentar tentang berita -->",
        "<script>var berita = 'yang ada di dalam skrip';</script>",
    ],
)
def test_a_page_without_an_article_is_told_so(markup: str) -> None:
    with pytest.raises((NoArticle, UnknownLanguage)) as raised:
        article(web(markup), KIT)
    assert raised.value.remedy
    assert raised.value.where == "tests/page"


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"text": 5}',
        b'{"text": "  "}',
        b'{"text": "a", "title": []}',
        b'{"text": "a"',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b'{"text": "a", "x": ' + b"[" * 100_000,
        b"[]",
    ],
)
def test_a_broken_record_is_told_so(body: bytes) -> None:
    with pytest.raises(BadRecord) as raised:
        article(page(body, MEDIA_TYPES[2]), KIT)
    assert raised.value.remedy


def test_a_kind_without_a_reader_is_refused() -> None:
    with pytest.raises(InputError, match="image/png"):
        article(page(b"", "image/png"), KIT)


BOMBS = {
    "nested": "<div>" * 50_000 + PARAGRAPHS,
    "attribute": f'<p title="{"a" * 5_000_000}">{STORY}</p>',
    "open attribute": f'<p title="{"a" * 5_000_000}',
    "attributes": f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{STORY}</p>",
    "tags": "<p>a" * 1_000_000,
    "angles": "<" * 2_000_000,
    "comments": "<!--" * 30_000 + STORY,
    "json": '<script type="application/ld+json">' + "[" * 500_000 + f"</script>{PARAGRAPHS}",
    "publisher": '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": '
    + f'{"[" * 700}"Kabar"{"]" * 700}}}</script>{PARAGRAPHS}',
    "controls": f"<p>&#0;&#xD800;&#xFFFF;\x01{STORY}</p>",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_in_time(bomb: str) -> None:
    start = time.process_time()
    try:
        doc = article(web(f"<html><body>{BOMBS[bomb]}"), KIT)
    except (NoArticle, TooLarge):
        pass
    else:
        assert SENTENCES[1] in doc.text
    assert time.process_time() - start < 20


def test_a_long_attribute_costs_no_article() -> None:
    assert article(web(f"<html><body>{BOMBS['attribute']}"), KIT).text == " ".join(SENTENCES)


@pytest.mark.parametrize(
    ("declared", "written"),
    [("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("windows-1252", "cp1252"), ("", "utf-16")],
)
def test_a_wrong_charset_does_no_harm(declared: str, written: str) -> None:
    line = "“Café itu ditutup – katanya karena tidak berizin,” ujar Élodie kepada wartawan."
    markup = f"<html><head><meta charset='{declared}'></head><body>{PARAGRAPHS}<p>{line}</p>"
    assert article(web(markup.encode(written)), KIT).text.endswith(line)


def result(body: bytes, media_type: str) -> Doc | InputError:
    try:
        return article(page(body, media_type), KIT)
    except InputError as error:
        return error


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))
)
def test_any_bytes_give_an_article_or_a_reason(media_type: str, body: bytes) -> None:
    found = result(body, media_type)
    if isinstance(found, InputError):
        assert found.what
        assert found.where == "tests/page"
    else:
        assert found.text.strip()
        assert found.text.encode()


tags = st.sampled_from(
    ["p", "div", "table", "h1", "meta", "script", "pre", "/p", "/div", "br", "a href="]
)
markup = st.lists(
    tags.map(lambda tag: f"<{tag}>") | st.sampled_from(SENTENCES) | st.text(max_size=20)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=markup)
def test_any_markup_gives_an_article_or_a_reason(parts: list[str]) -> None:
    found = result("".join(parts).encode(errors="replace"), "text/html")
    assert isinstance(found, InputError) or "\r" not in found.text


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100))
def test_any_text_of_a_record_is_kept(text: str) -> None:
    body = json.dumps({"text": text, "lang": "en"}).encode()
    found = result(body, MEDIA_TYPES[2])
    assert isinstance(found, InputError) == (not text.strip())
    assert isinstance(found, InputError) or found.text == text
