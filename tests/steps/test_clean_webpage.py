"""Web pages of every make: the article comes whole, and nothing of what stands around it."""

from __future__ import annotations

import time
from dataclasses import replace

import lxml.html
import pytest

from kronik.steps.clean import article, clutter, visible
from kronik.steps.clean.restore import restored
from kronik.steps.clean.visible import Line
from kronik.types import Doc, Page
from tests.steps.readable import SENTENCES, STORY, kit, web

KIT = kit()
TITLE = "Bendungan Sungai Lirih Retak Akibat Gempa"
MENU = "".join(f'<li><a href="/kanal/{n}">Kanal Nomor {n}</a></li>' for n in range(30))
PARAGRAPHS = [f"<p>{line}</p>" for line in SENTENCES]


def markup(*body: str, head: str = "") -> str:
    top = f"<head><title>{TITLE} - Kabar</title>{head}</head>"
    return f"<html>{top}<body><ul>{MENU}</ul><article>{''.join(body)}</article></body></html>"


def read(*body: str, head: str = "") -> Doc:
    return article(web(markup(f"<h1>{TITLE}</h1>", *body, head=head)), KIT)


BETWEEN = {
    "a teaser": '<p><a href="/lain">Harga Cabai Naik Lagi di Pasar Induk</a></p>',
    "a teaser that asks": '<p><a href="/lain">Mengapa Harga Cabai Naik Lagi di Pasar?</a></p>',
    "a teaser under a label": '<p>Terkini: <a href="/lain">Harga Cabai Naik di Pasar Induk</a></p>',
    "a bold teaser": '<p><strong><a href="/lain">Harga Cabai Naik Lagi di Pasar</a></strong></p>',
    "a list of teasers": '<ul><li><a href="/a">Harga Cabai Naik Lagi di Pasar</a></li>'
    '<li><a href="/b">Nelayan Menutup Pelabuhan di Utara</a></li></ul>',
    "a box": '<div><h4>Baca Juga</h4><a href="/a">Harga Cabai Naik di Pasar Induk</a></div>',
    "a link line": '<p><strong>Baca juga: <a href="/a">Harga Cabai Naik</a></strong></p>',
    "an advertisement": "<div>ADVERTISEMENT</div><div>SCROLL TO CONTINUE WITH CONTENT</div>",
    "a picture": "<figure><img src='a'><figcaption>Warga (Foto: Kabar)</figcaption></figure>",
    "a video": "<p>[Gambas:Video Kabar]</p>",
    "a script": "<script>var iklan = 'Warga di hilir telah mengungsi.';</script>",
    "a form": "<form><label>Surel Anda yang aktif:</label><input><button>Daftar</button></form>",
}


@pytest.mark.parametrize("thing", BETWEEN)
def test_what_stands_between_paragraphs_goes(thing: str) -> None:
    doc = read(*PARAGRAPHS[:3], BETWEEN[thing], *PARAGRAPHS[3:])
    assert (doc.title, doc.text) == (TITLE, STORY)


@pytest.mark.parametrize("thing", BETWEEN)
def test_what_stands_below_the_text_goes(thing: str) -> None:
    assert read(*PARAGRAPHS, BETWEEN[thing]).text == STORY


@pytest.mark.parametrize(
    "line",
    [
        'Presiden <a href="/t/i">Iran</a> akan datang ke kota itu pada Senin pagi depan.',
        'Presiden <a href="/t/i">Iran </a>akan datang ke kota itu pada Senin pagi depan.',
        'Presiden <a href="/t/i"><b>Iran</b></a>\nakan datang ke kota itu pada Senin pagi depan.',
        "Presiden <em>Iran</em> <em>akan</em> datang ke kota itu pada Senin pagi depan.",
        "Presiden <time>Iran</time> akan <label>datang</label> ke kota itu pada Senin pagi depan.",
        'Presiden <a href="/a">Iran akan datang ke kota itu</a> pada <a href="/b">Senin</a> pagi '
        "depan.",
        "Presiden&nbsp;Iran&nbsp;akan datang ke kota itu<wbr> pada <font>Senin</font> pagi depan.",
        "Pre\u00adsiden Iran akan da\u200btang ke kota itu pada <span>Senin</span> pagi depan.",
    ],
)
def test_the_words_of_a_line_are_neither_lost_nor_glued(line: str) -> None:
    doc = read(*PARAGRAPHS[:3], f"<p>{line}</p>", *PARAGRAPHS[3:])
    assert doc.text.split("\n")[3] == (
        "Presiden Iran akan datang ke kota itu pada Senin pagi depan."
    )


BODIES = {
    "breaks": "<div>" + "<br><br>".join(SENTENCES) + "</div>",
    "boxes": "".join(f"<div>{line}</div>" for line in SENTENCES),
    "a table for a frame": f"<table><tr><td>{MENU}</td>"
    f"<td>{'<br><br>'.join(SENTENCES)}</td></tr></table>",
    "spans": "".join(f"<p><span><span>{line}</span></span></p>" for line in SENTENCES),
    "a form around it": f"<form id='aspnet'>{''.join(PARAGRAPHS)}</form>",
}


@pytest.mark.parametrize("make", BODIES)
def test_bodies_of_every_make(make: str) -> None:
    assert read(BODIES[make]).text == STORY


def test_an_article_in_a_link_never_closed_is_kept() -> None:
    assert read('<a href="/awal">', *PARAGRAPHS).text == STORY


def test_a_dateline_with_the_sites_own_name_is_known() -> None:
    site = '<meta property="og:site_name" content="Warta Kecil">'
    doc = read(f"<p>Teluk Awan, Warta Kecil - {SENTENCES[0]}</p>", *PARAGRAPHS[1:], head=site)
    assert (doc.dateline, doc.text) == ("Teluk Awan, Warta Kecil", STORY)


def test_a_dateline_that_the_extractor_left_out_is_known() -> None:
    doc = read("<strong>Surabaya</strong> - ", *PARAGRAPHS)
    assert (doc.dateline, doc.text) == ("Surabaya", STORY)


def test_initials_on_a_line_of_their_own_are_bylines() -> None:
    doc = read(*PARAGRAPHS, "<div><b>(rtc/sri)</b></div>")
    assert (doc.bylines, doc.text) == (("rtc", "sri"), STORY)


# Addresses and pages --------------------------------------------------------------------

OWN = "https://kabar.example/daerah/bendungan"
PAGER = "".join(f'<a href="?page={n}">{n}</a> ' for n in (1, 2, 3))
CANONICAL = f'<link rel="canonical" href="{OWN}">'


def fetched(url: str, head: str = CANONICAL) -> Doc:
    page: Page = web(markup(*PARAGRAPHS, f"<div>{PAGER}</div>", head=head))
    return article(replace(page, url=url), KIT)


@pytest.mark.parametrize(
    ("url", "canonical", "note"),
    [
        (f"{OWN}?utm_source=x", OWN, f"page 1 of 3 of the article; the next is {OWN}?page=2"),
        (f"{OWN}?page=2", f"{OWN}?page=2", "page 2 of 3 of the article; the next is"),
        (f"{OWN}?page=3", f"{OWN}?page=3", "page 3 of 3 of the article"),
    ],
)
def test_a_page_of_an_article_is_told_to_be_a_part(url: str, canonical: str, note: str) -> None:
    doc = fetched(url)
    assert (doc.url, doc.canonical, doc.text) == (url, canonical, STORY)
    assert any(note in told.what for told in doc.notes)


def test_the_whole_article_is_no_part() -> None:
    doc = fetched(f"{OWN}?page=all")
    assert doc.canonical == OWN
    assert not any("page" in told.what and "of 3" in told.what for told in doc.notes)


def test_an_amp_view_has_the_articles_address() -> None:
    assert fetched(f"{OWN}/amp", head="").canonical == OWN
    assert fetched("https://amp.kabar.example/x", head=CANONICAL).canonical == OWN


# The pieces -----------------------------------------------------------------------------


def seen(body: str) -> list[Line]:
    return visible.lines(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>a\n  b</p>c<br>d<div>e<span>f</span> g</div>", ["a b", "c", "d", "ef g"]),
        ("<pre>a\n b\n\nc</pre>", ["a", "b", "c"]),
        ("<nav>a</nav>b<script>c</script>d<aside>e</aside>f", ["bd", "f"]),
        ("a<!-- b -->c", ["ac"]),
        ("<p>a\u200bb</p><p>\u200b</p><p> </p>", ["ab"]),
    ],
)
def test_what_is_seen(body: str, lines: list[str]) -> None:
    assert [line.text for line in seen(body)] == lines


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        ('<a href="/a">Harga cabai naik</a>', True),
        ('Terkini: <a href="/a">Harga cabai naik lagi</a>', True),
        ('Menteri itu mengatakan bahwa <a href="/a">harga cabai</a> naik lagi.', False),
        ('<a href="#a">Harga cabai naik</a>', False),
        ('<a href="mailto:a@b.example">Harga cabai naik</a>', False),
        ("<a name='a'>Harga cabai naik</a>", False),
        ("Harga cabai naik", False),
    ],
)
def test_a_line_that_is_a_link(body: str, linked: bool) -> None:
    assert [line.linked for line in seen(body)] == [linked]


def test_lines_side_by_side_share_a_box() -> None:
    first, second, third, fourth = seen("<div><p>a</p><p>b</p><div>c</div></div><div>d</div>")
    assert first.box == second.box
    assert len({first.box, third.box, fourth.box}) == 3


LONG = [
    f"Paragraf nomor {n} itu cukup panjang untuk dikenali sebagai paragraf dari sebuah berita."
    for n in range(5)
]


def test_a_paragraph_lost_between_two_comes_back() -> None:
    page = [Line(text, linked=False, box=1) for text in LONG]
    assert restored([LONG[0], LONG[1], LONG[4]], page) == LONG


def test_what_was_left_out_of_another_box_stays_out() -> None:
    page = [Line(text, linked=at == 3, box=2 if at == 2 else 1) for at, text in enumerate(LONG)]
    kept = [LONG[0], LONG[1], LONG[4]]
    assert restored(kept, page) == kept


def test_a_paragraph_in_pieces_is_not_said_twice() -> None:
    page = [Line(text, linked=False, box=1) for text in LONG]
    pieces = [LONG[0], LONG[2][:40], LONG[2][40:], LONG[3]]
    assert LONG[2] not in restored(pieces, page)


def test_menus_go_and_the_page_stays_as_it_is() -> None:
    tree = lxml.html.document_fromstring(markup(*PARAGRAPHS))
    before = lxml.html.tostring(tree)
    slim = clutter.without(tree)
    assert "Kanal" not in slim.text_content()
    assert all(line in slim.text_content() for line in SENTENCES)
    assert lxml.html.tostring(tree) == before


BOMBS = {
    "boxes in boxes": "<div><a href='/a'>a</a>" * 12_000,
    "tables in tables": "<table><tr><td>" * 10_000,
    "links": "<a href='/a'>a</a> " * 20_000,
    "lists": "<ul><li>" * 12_000,
    "rows": "<table>" + "<tr><td>a</td></tr>" * 12_000,
    "lines": "<p>a</p>" * 20_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_of_tags_ends_in_time(bomb: str) -> None:
    start = time.process_time()
    doc = read(*PARAGRAPHS, "</article>", BOMBS[bomb])
    assert all(line in doc.text for line in SENTENCES)
    assert time.process_time() - start < 20
