"""What pages declare of their articles: JSON-LD first, broken or whole, then meta tags."""

from __future__ import annotations

import json
import re
import time

import lxml.html
import pytest

from kronik.steps.clean import article
from kronik.steps.clean.metadata import Declared, read, tags
from kronik.types import Doc
from tests.steps.readable import SENTENCES, kit, web

KIT = kit()
TITLE = "Bendungan Sungai Lirih Retak Akibat Gempa"
STORY = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2015-11-27T14:05:00+07:00",
    "dateModified": "2019-01-01",
    "articleSection": "Daerah",
    "author": {"@type": "Person", "name": "Ratih Contoh"},
    "publisher": {"@type": "Organization", "name": "Kabar Contoh"},
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://kabar.example/bendungan"},
}
WHOLE = (TITLE, "2015-11-27T14:05:00+07:00", "Daerah", ("Ratih Contoh",))


def script(said: object) -> str:
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def declared(head: str, fetched: str | None = None) -> Declared:
    page = f"<html><head>{head}</head><body><p>{SENTENCES[0]}</p></body></html>"
    return read(lxml.html.document_fromstring(page), fetched)


def said(found: Declared) -> tuple[object, ...]:
    return found.title, found.published, found.section, found.authors


def dumped(**changes: object) -> str:
    return json.dumps({**STORY, **changes}, ensure_ascii=False, indent=1)


FORMS = {
    "alone": STORY,
    "in a list": [{"@type": "WebSite", "name": "Kabar"}, STORY],
    "in a graph": {"@graph": [{"@type": "WebSite", "name": "Kabar"}, STORY]},
    "in a web page": {"@type": "WebPage", "mainEntity": STORY},
    "of two kinds": {**STORY, "@type": ["Article", "ReportageNewsArticle"]},
    "a posting": {**STORY, "@type": "BlogPosting"},
    "in a comment": f"<!-- {dumped()} -->",
    "as character data": f"//<![CDATA[\n{dumped()}\n//]]>",
    "with a semicolon": f"{dumped()};",
    "with a bracket too many": f"{dumped()}}}",
    "with a comma too many": re.sub(r"\n}$", ",\n}", dumped()),
    "with a comma too few": dumped().replace('"Daerah",', '"Daerah"'),
    "with a line break in a text": dumped(headline=TITLE.replace(" Retak", "\nRetak")).replace(
        "\\n", "\n"
    ),
    "with entities for marks": dumped().replace('"', "&quot;"),
    "cut off": dumped(image=["a"] * 9)[:-60],
    "twice, the second broken": f"{dumped()}</script>{script('{ broken')[:-9]}",
}


@pytest.mark.parametrize("form", FORMS)
def test_json_in_any_form(form: str) -> None:
    assert said(declared(script(FORMS[form]))) == WHOLE


def test_quotation_marks_that_end_a_headline_too_early_cost_no_other_field() -> None:
    broken = dumped().replace(TITLE, 'Bupati: "Bendungan Itu Retak"')
    found = declared(script(broken))
    assert found.title == 'Bupati: "Bendungan Itu Retak"'
    assert said(found)[1:] == WHOLE[1:]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ratih Contoh", ("Ratih Contoh",)),
        (["Ratih Contoh", "Sari Contoh"], ("Ratih Contoh", "Sari Contoh")),
        ([{"name": "Ratih Contoh"}, {"name": "Sari Contoh"}], ("Ratih Contoh", "Sari Contoh")),
        ({"name": ["Ratih Contoh"]}, ("Ratih Contoh",)),
        ("Ratih Contoh, Sari Contoh", ("Ratih Contoh", "Sari Contoh")),
        ("Ratih Contoh dan Sari Contoh", ("Ratih Contoh", "Sari Contoh")),
        ({"@type": "Organization", "name": "Kabar Contoh"}, ()),
        ({"@type": "NewsMediaOrganization", "name": "Kabar Lain"}, ()),
        ("https://kabar.example/penulis/ratih", ()),
        ("ratih@kabar.example", ()),
        ({"name": None}, ()),
        ([], ()),
        (7, ()),
    ],
)
def test_authors(author: object, names: tuple[str, ...]) -> None:
    assert declared(script({**STORY, "author": author})).authors == names


def test_an_author_may_be_told_elsewhere() -> None:
    story = {**STORY, "author": {"@id": "https://kabar.example/#/person/1"}}
    person = {"@type": "Person", "@id": "https://kabar.example/#/person/1", "name": "Ratih Contoh"}
    assert declared(script({"@graph": [story, person]})).authors == ("Ratih Contoh",)


def test_of_several_articles_the_pages_own_is_meant() -> None:
    other = {**STORY, "headline": "Harga Cabai Naik Lagi di Pasar", "datePublished": "2001-01-01"}
    titled = f'<meta property="og:title" content="{TITLE} - Kabar Contoh">'
    assert said(declared(titled + script([other, STORY]))) == WHOLE


def test_a_web_page_may_be_the_one_that_is_dated() -> None:
    page = {"@type": "WebPage", "datePublished": "2015-11-27"}
    story = {name: value for name, value in STORY.items() if name != "datePublished"}
    assert declared(script({"@graph": [page, story]})).published == "2015-11-27"


def trail(*names: str) -> str:
    steps = [{"@type": "ListItem", "item": {"@id": "/x", "name": name}} for name in names]
    return script({"@type": "BreadcrumbList", "itemListElement": steps})


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (script({**STORY, "articleSection": ["Daerah", "Bencana"]}), "Daerah"),
        ('<meta property="article:section" content="Daerah">', "Daerah"),
        (trail("Beranda", "Berita", "Daerah"), "Daerah"),
        (
            trail("Beranda", "Daerah", TITLE) + f'<meta property="og:title" content="{TITLE}">',
            "Daerah",
        ),
        (trail("Beranda"), None),
        ('<meta property="article:section" content="">', None),
        (f'<meta property="article:section" content="{"panjang " * 20}">', None),
    ],
)
def test_sections(head: str, section: str | None) -> None:
    assert declared(head).section == section


@pytest.mark.parametrize("field", ["date", "author", "section", "title"])
def test_every_tag_of_the_table_is_read(field: str) -> None:
    values = {"date": "2015-11-27", "author": "Ratih Contoh", "section": "Daerah", "title": TITLE}
    for name in tags()[field]:
        for key in ("name", "property", "itemprop"):
            found = declared(f'<meta {key}="{name.upper()}" content="{values[field]}">')
            got = {
                "date": found.published,
                "author": ", ".join(found.authors),
                "section": found.section,
                "title": found.title,
            }
            assert got[field] == values[field], (name, key)


def test_json_is_believed_before_tags() -> None:
    tagged = '<meta property="article:published_time" content="2001-01-01">'
    tagged += '<meta property="article:section" content="Lain"><meta name="author" content="Lain">'
    assert said(declared(tagged + script(STORY))) == WHOLE


@pytest.mark.parametrize(
    ("head", "fetched", "url"),
    [
        ('<link rel="canonical" href="https://kabar.example/a">', None, "https://kabar.example/a"),
        ('<link rel="canonical" href="/a">', "https://kabar.example/b", "https://kabar.example/a"),
        (
            '<link rel="canonical" href="//kabar.example/a">',
            "https://x.example/b",
            "https://kabar.example/a",
        ),
        ('<link rel="canonical" href="https://kabar.example/">', None, None),
        ('<link rel="canonical" href="/a">', None, None),
        (
            '<meta property="og:url" content="https://kabar.example/a">',
            None,
            "https://kabar.example/a",
        ),
        ('<link rel="canonical" href="http://[">', "https://kabar.example/b", None),
    ],
)
def test_addresses(head: str, fetched: str | None, url: str | None) -> None:
    assert declared(head, fetched).url == url


# In a whole page ------------------------------------------------------------------------


def page(head: str, *above: str) -> Doc:
    lines = "".join(f"<p>{line}</p>" for line in (*above, *SENTENCES))
    return article(web(f"<html><head>{head}</head><body><article>{lines}</article></body>"), KIT)


@pytest.mark.parametrize(
    "name",
    ["Redaksi", "Tim Redaksi", "Admin", "admin2", "Kabar Contoh", "KABAR CONTOH", "kabarcontoh",
     "Kabar Contoh Newsroom", "Staff", "Editor", "Tim Liputan Kabar", "CNN Indonesia", "detikNews"],
)  # fmt: skip
def test_an_office_is_nobody(name: str) -> None:
    story = {**STORY, "author": [name, "Ratih Contoh"]}
    assert page(script(story)).bylines == ("Ratih Contoh",)
    assert page(script({**STORY, "author": name})).bylines == ()


def test_what_is_declared_stands_before_what_is_shown() -> None:
    shown = (f"<h1>{TITLE}</h1>", "Oleh Sari Contoh", "Senin, 1 Januari 2001")
    doc = page(script(STORY), *shown)
    assert (doc.title, doc.published, doc.section) == (TITLE, "2015-11-27", "Daerah")
    assert doc.bylines == ("Ratih Contoh", "Sari Contoh")
    assert doc.canonical == "https://kabar.example/bendungan"


def test_a_name_in_other_letters_is_the_same() -> None:
    assert page(script(STORY), "Oleh RATIH CONTOH").bylines == ("Ratih Contoh",)


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("2 jam yang lalu", "counts from when the page was looked at"),
        ("Kemarin, 14:05 WIB", "counts from when the page was looked at"),
        ("Bendungan itu dibangun pada zaman dahulu.", "no date of publication found"),
    ],
)
def test_a_date_that_cannot_be_had_is_null_with_a_reason(shown: str, why: str) -> None:
    doc = page(f'<meta property="og:title" content="{TITLE}">', f"<h1>{TITLE}</h1>", shown)
    assert (doc.published, doc.published_precision) == (None, None)
    (note,) = doc.notes
    assert why in note.what


def test_a_declared_date_that_could_be_two_is_null_with_a_reason() -> None:
    doc = page('<meta name="pubdate" content="kapan-kapan">')
    assert "'kapan-kapan' is not one, or could be two" in doc.notes[0].what


@pytest.mark.parametrize(
    "bomb",
    ["{" * 100_000, '{"@graph":' * 50_000, '"' * 300_000, '{"headline": "' + "a," * 200_000,
     '{"@type":"NewsArticle","author":' + "[" * 900 + "]" * 900 + "}", "<!--" * 50_000],
)  # fmt: skip
def test_a_bomb_of_json_ends_in_time(bomb: str) -> None:
    start = time.process_time()
    declared(script(bomb) * 2)
    assert time.process_time() - start < 3
