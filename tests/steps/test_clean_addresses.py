"""The article's own address, and which page of the article another address shows."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronik.steps.clean.addresses import apart, canonical, page_below
from kronik.steps.clean.paging import part

OWN = "https://kabar.example/daerah/read/2015/11/27/bendungan-retak"
STRANGE = [
    None, "", "bendungan", "/daerah/bendungan", "ftp://kabar.example/a", "mailto:a@kabar.example",
    "javascript:void(0)", "http://", "http://[", "http://kabar.example:99999/a", "file:///etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        f"{OWN}#komentar",
        f"{OWN}?utm_source=x&utm_medium=y&UTM_Campaign=z",
        f"{OWN}?fbclid=abc123&gclid=1",
        f"{OWN}?amp=1",
        f"{OWN}?amp",
        f"{OWN}?outputType=amp",
        f"{OWN}?print=1",
        f"{OWN}?page=all",
        f"{OWN}?page=1",
        f"{OWN}?showpage=all",
        f"{OWN}?single=1&source=rss",
        f"{OWN}/amp",
        f"{OWN}/amp/",
        f"{OWN}/print",
        "https://amp.kabar.example/daerah/read/2015/11/27/bendungan-retak",
        "https://kabar.example/amp/daerah/read/2015/11/27/bendungan-retak",
        "https://kabar.example/cetak/daerah/read/2015/11/27/bendungan-retak",
        "HTTPS://Kabar.Example:443/daerah/read/2015/11/27/bendungan-retak",
        "https://kabar.example./daerah/read/2015/11/27/bendungan-retak",
        f"  {OWN}\n",
    ],
)
def test_views_of_one_article_have_one_address(url: str) -> None:
    assert canonical(url) == OWN


@pytest.mark.parametrize(
    "url",
    [
        OWN,
        f"{OWN}?id=17",
        f"{OWN}?page=2",
        f"{OWN}?view=120",
        "http://kabar.example:8080/a.html?b=1&c=2",
        "https://kabar.example/modules.php?name=News&file=article&sid=12",
        "https://kabar.example/?p=123",
        "https://kabar.example/2015/11/27/",
        "https://kabar.example/amplop-merah",
        "https://kabar.example/printer-tua",
        "https://kabar.example/a%20b",
        "https://kabar.example/read/8841/2",
    ],
)
def test_what_may_be_the_articles_own_stays(url: str) -> None:
    assert canonical(url) == url


def test_the_second_page_is_another_text() -> None:
    assert canonical(f"{OWN}?utm_source=x&page=2") == f"{OWN}?page=2"
    assert canonical(f"{OWN}?id=17&page=3") == f"{OWN}?id=17&page=3"


@pytest.mark.parametrize("url", STRANGE)
def test_no_web_address_is_none(url: str | None) -> None:
    assert canonical(url) is None
    assert apart(url) is None


@given(st.text(max_size=60).map(lambda tail: f"https://kabar.example/{tail}"))
def test_an_address_is_its_own(url: str) -> None:
    once = canonical(url)
    assert once is None or canonical(once) == once


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (f"{OWN}?page=2", 2),
        (f"{OWN}?halaman=3&utm_source=x", 3),
        (f"{OWN}?page=all", 0),
        (f"{OWN}/2", 2),
        (f"{OWN}/page/2", 2),
        (f"{OWN}/halaman-2/", 2),
        (OWN, None),
        (f"{OWN}-lagi?page=2", None),
        (f"{OWN}/komentar", None),
        ("https://lain.example/a?page=2", None),
    ],
)
def test_which_page_of_the_article(url: str, page: int | None) -> None:
    assert page_below(url, OWN) == page


# Pages of an article, by their links ----------------------------------------------------


def tree(*links: str) -> lxml.html.HtmlElement:
    listed = "".join(links)
    return lxml.html.document_fromstring(f"<html><body><p>Teks.</p>{listed}</body></html>")


def link(href: str, text: str, rel: str = "") -> str:
    return f'<a href="{href}" rel="{rel}">{text}</a>'


PAGED = [link("?page=1", "1"), link("?page=2", "2"), link("?page=3", "3")]
ALL = link(f"{OWN}?page=all", "Lihat Semua")


def test_the_first_page_leads_to_the_others() -> None:
    found = part(tree(*PAGED, ALL), OWN, OWN)
    assert found is not None
    assert (found.number, found.of) == (1, 3)
    assert (found.following, found.whole) == (f"{OWN}?page=2", f"{OWN}?page=all")
    assert str(found) == (
        f"this is page 1 of 3 of the article; the next is {OWN}?page=2; "
        f"all of it is at {OWN}?page=all"
    )


def test_a_later_page_is_known_by_its_address() -> None:
    found = part(tree(*PAGED), f"{OWN}?page=2", OWN)
    assert found is not None
    assert (found.number, found.of, found.following) == (2, 3, f"{OWN}?page=3")
    last = part(tree(*PAGED), f"{OWN}?page=3", OWN)
    assert last is not None
    assert (last.number, last.of, last.following) == (3, 3, None)


def test_pages_by_path() -> None:
    links = [link(OWN, "1"), link(f"{OWN}/2", "2"), link(f"{OWN}/2", "Selanjutnya", "next")]
    found = part(tree(*links), OWN, OWN)
    assert found is not None
    assert (found.number, found.of, found.following) == (1, 2, f"{OWN}/2")
    for declared in (OWN, f"{OWN}/2"):
        second = part(tree(*links, link(f"{OWN}/1", "1")), f"{OWN}/2", declared)
        assert second is not None
        assert (second.number, second.of) == (2, 2)


def test_a_page_that_does_not_say_where_it_is() -> None:
    found = part(tree(f'<link rel="next" href="{OWN}?page=2">'), None, None)
    assert found is not None
    assert (found.number, found.following) == (1, f"{OWN}?page=2")


@pytest.mark.parametrize(
    ("links", "fetched"),
    [
        ([], OWN),
        ([ALL], OWN),
        ([*PAGED, ALL], f"{OWN}?page=all"),
        ([link("https://kabar.example/daerah/read/lain", "Selanjutnya", "next")], OWN),
        ([link("https://kabar.example/daerah?page=2", "2")], OWN),
        ([link(f"{OWN}/komentar", "2")], OWN),
        (
            [link("https://kabar.example/berita/13", "Harga Cabai")],
            "https://kabar.example/berita/12",
        ),
        ([link("http://[", "2")], OWN),
        ([link("https://kabar.example/lain", "x", "next")], None),
    ],
)
def test_an_article_that_is_whole(links: list[str], fetched: str | None) -> None:
    assert part(tree(*links), fetched, fetched) is None
