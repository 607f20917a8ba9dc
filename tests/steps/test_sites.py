"""Site files: every one with a page of its own, how pages find theirs, and how they do no harm."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement, document_fromstring

from kronik.errors import InstallError
from kronik.settings import Settings
from kronik.sources import pages
from kronik.steps.clean import article, selectors, sites
from kronik.steps.clean.sites import Shelf, Site
from kronik.types import Doc, Page
from tests.steps.readable import kit

PAGES = Path(__file__).resolve().parents[1] / "pages" / "sites"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))
SHIPPED = sites.load(files("kronik.steps.clean") / "sites")

every_page = pytest.mark.parametrize("name", NAMES)
every_site = pytest.mark.parametrize("site", SHIPPED.sites, ids=lambda site: site.name)


@dataclass(frozen=True)
class Frozen:
    """A page as it was frozen, and what it should give."""

    path: Path
    want: dict[str, Any]
    site: str

    def tree(self) -> HtmlElement:
        return document_fromstring(self.path.read_bytes())

    @property
    def url(self) -> str | None:
        return sites.first(self.tree(), (selectors.parse("link[rel=canonical]::attr(href)"),))


@cache
def frozen(name: str) -> Frozen:
    want = json.loads((PAGES / f"{name}.json").read_text("utf8"))
    return Frozen(PAGES / f"{name}.html", want, want.get("site", name))


@cache
def read(name: str) -> Doc:
    (page,) = pages([str(frozen(name).path)], Settings())
    assert isinstance(page, Page)
    return article(page, kit())


def shipped(name: str) -> Site:
    return next(site for site in SHIPPED.sites if site.name == name)


# The whole step on every page -----------------------------------------------------------


@every_page
def test_a_page_gives_its_text(name: str) -> None:
    assert read(name).text.split("\n") == frozen(name).want["body"]


@every_page
@pytest.mark.parametrize(
    "field", ["lang", "title", "published", "published_precision", "section", "dateline"]
)
def test_a_page_says_of_itself(name: str, field: str) -> None:
    assert getattr(read(name), field) == frozen(name).want[field]


@every_page
def test_a_page_says_who_wrote_it(name: str) -> None:
    assert list(read(name).bylines) == frozen(name).want["bylines"]


# What the site files say, by themselves -------------------------------------------------


@every_site
def test_every_site_has_a_page(site: Site) -> None:
    assert site.name in {frozen(name).site for name in NAMES}


@every_page
def test_a_page_is_known_by_its_address(name: str) -> None:
    url, page = frozen(name).url, document_fromstring("<p>Halaman</p>")
    found = SHIPPED.of(url, page)
    assert (found.name if found else None) == (frozen(name).site if url else None)


@every_page
def test_a_page_is_known_by_its_marks(name: str) -> None:
    found = SHIPPED.of(None, frozen(name).tree())
    assert found
    assert found.name == frozen(name).site


@every_page
def test_the_body_holds_all_paragraphs_and_no_drop(name: str) -> None:
    tree, site = frozen(name).tree(), shipped(frozen(name).site)
    sites.prune(tree, site)
    body = sites.body(tree, site)
    assert body is not None
    text = selectors.text(body)
    places = [text.find(" ".join(line.split())) for line in frozen(name).want["body"]]
    assert places == sorted(places)
    assert -1 not in places
    assert not any(
        found for drop in site.drop for found in map(selectors.text, drop.elements(tree))
    )


@every_site
def test_every_noise_is_on_a_page_of_its_site(site: Site) -> None:
    trees = [frozen(name).tree() for name in NAMES if frozen(name).site == site.name]
    lines = [selectors.text(element) for tree in trees for element in tree.iter("p", "a", "div")]
    loose = [str(text).strip() for tree in trees for text in tree.itertext()]
    for noise in site.noise:
        assert any(noise.fullmatch(line) for line in (*lines, *loose)), noise.pattern


@every_page
def test_no_noise_is_in_an_article(name: str) -> None:
    noise = shipped(frozen(name).site).noise
    assert not [one for one in noise for line in frozen(name).want["body"] if one.fullmatch(line)]


@every_page
def test_the_dateline_opens_the_body(name: str) -> None:
    tree, site = frozen(name).tree(), shipped(frozen(name).site)
    sites.prune(tree, site)
    body = sites.body(tree, site)
    assert body is not None
    if site.dateline:
        want = frozen(name).want["dateline"]
        text = selectors.text(body)
        found = site.dateline.match(text[text.index(want) :])
        assert found
        assert found[0].strip(" -–—") == want


@pytest.mark.parametrize(
    ("name", "line", "dateline"),
    [
        ("kompas", "KOTA SAMAR, KOMPAS.com – Hujan turun.", "KOTA SAMAR, KOMPAS.com"),
        ("kompas", "JAKARTA - Hujan turun.", None),
        ("detik", "Kota Samar - Hujan turun.", "Kota Samar"),
        ("detik", "Samar-Rimba terhubung kereta sejak pagi.", None),
        ("tempo", "TEMPO.CO, Kota Samar - Hujan turun.", "TEMPO.CO, Kota Samar"),
        ("liputan6", "Liputan6.com, Samar Presiden ke-12 tiba.", "Liputan6.com, Samar"),
        ("liputan6", "Liputan6.com, Kota Samar - Hujan turun.", "Liputan6.com, Kota Samar"),
        ("okezone", "COVID-19 mereda di Kota Samar.", None),
        ("okezone", "SAMAR -Hujan turun.", "SAMAR"),
        ("sindonews", "SAMAR- Hujan turun.", "SAMAR"),
        ("sindonews", "KPK memanggil dua orang - satu tidak datang.", None),
        ("antaranews", "Kota Samar, Banua (ANTARA) - Hujan.", "Kota Samar, Banua (ANTARA)"),
        ("reuters", "NORHAVEN (Reuters) - Rain fell.", "NORHAVEN (Reuters)"),
        (
            "reuters",
            "NORHAVEN, Norland, Dec 3 (Reuters) -Rain.",
            "NORHAVEN, Norland, Dec 3 (Reuters)",
        ),
        ("ap", "NORHAVEN (AP) — Rain fell.", "NORHAVEN (AP)"),
        ("ap", "Police (AP) - said nothing.", None),
    ],
)
def test_a_dateline_is_told_from_the_text(name: str, line: str, dateline: str | None) -> None:
    pattern = shipped(name).dateline
    found = pattern.match(line) if pattern else None
    assert (found[0].strip(" -–—") if found else None) == dateline


@pytest.mark.parametrize("field", ["title", "date", "section"])
def test_selectors_find_what_the_page_says(field: str) -> None:
    """Where a site has selectors for a field, its page has the field there."""
    for name in NAMES:
        chosen = getattr(shipped(frozen(name).site), field)
        if chosen:
            assert sites.first(frozen(name).tree(), chosen), f"{name}: no {field}"


# How they do no harm --------------------------------------------------------------------

LONG = "Menteri Harun meninjau bendungan yang retak akibat gempa pada Ahad lalu. " * 3
SITE = """
hosts = ["kabar.example"]
marks = ['meta[property="og:site_name"][content=Kabar]', 'body.kabar', 'body[onload*="print("]']
body = ["div.baru", "div.lama"]
drop = ["div.iklan", "div.baca"]
byline = ["span.penulis"]
"""


def shelf(folder: Path, **texts: str) -> Shelf:
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, "utf8")
    return sites.load(folder)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (found,) = shelf(tmp_path, kabar=SITE).sites
    return found


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://kabar.example/a", True),
        ("http://www.kabar.example:8080/a?b", True),
        ("https://m.daerah.KABAR.example/", True),
        ("https://bukankabar.example/a", False),
        ("https://kabar.example.org/a", False),
        ("https://example/kabar.example", False),
        ("http://[kabar.example/", False),
        ("", False),
        (None, False),
    ],
)
def test_a_site_is_found_by_host(url: str | None, known: bool, tmp_path: Path) -> None:
    found = shelf(tmp_path, kabar=SITE).of(url, document_fromstring("<p>Halaman</p>"))
    assert (found is not None) == known


@pytest.mark.parametrize(
    ("markup", "known"),
    [
        ('<head><meta property="og:site_name" content="Kabar"></head><p>', True),
        ('<p>Satu<meta property="og:site_name" content="Kabar">', True),
        ('<body class="malam kabar"><p>', True),
        ('<body onload="window.print()"><p>', True),
        ('<body "x" 1a=b xmlns:fb=x class="\x01\x0b&#xffff; kabar"><p>', True),
        ('<head><meta property="og:site_name" content="Kabar Lain"></head><p>', False),
        ('<body class="kabarkabari"><p class="kabar">', False),
    ],
)
def test_a_site_is_found_by_marks(markup: str, known: bool, tmp_path: Path) -> None:
    found = shelf(tmp_path, kabar=SITE).of(None, document_fromstring(f"<html>{markup}Halaman"))
    assert (found is not None) == known


def test_an_address_is_believed_before_marks(tmp_path: Path) -> None:
    other = 'hosts = ["warta.example"]\nbody = ["div"]'
    page = document_fromstring('<html><body class="kabar"><p>Halaman')
    found = shelf(tmp_path, kabar=SITE, warta=other).of("https://warta.example/a", page)
    assert found
    assert found.name == "warta"


@pytest.mark.parametrize("inside", ["", "<div class=baru>Baca berita lain di sini</div>"])
def test_stale_selectors_touch_nothing(inside: str, site: Site) -> None:
    page = f"<html><body><div class=isi>{LONG}</div><div class=iklan>Beli</div>{inside}"
    tree = document_fromstring(page)
    before = selectors.text(tree)
    assert sites.body(tree, site) is None
    sites.prune(tree, site)
    assert selectors.text(tree) == before


def test_a_teaser_yields_to_an_older_selector(site: Site) -> None:
    tree = document_fromstring(f"<div class=baru>Sekilas</div><div class=lama>{LONG}</div>")
    body = sites.body(tree, site)
    assert body is not None
    assert selectors.text(body) == LONG.strip()


def test_a_body_in_several_parts_is_one(site: Site) -> None:
    part = f"<div class=baru><p>{LONG}</p><div class=baru>Dalam</div></div>"
    tree = document_fromstring(f"<main>{part}<p>Antara</p>{part} Ekor</main>")
    body = sites.body(tree, site)
    assert body is not None
    assert selectors.text(body) == " ".join([LONG + "Dalam"] * 2)
    assert selectors.text(tree).endswith("Ekor")


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        (f"<div class=baru>{LONG}<div class=iklan>Beli</div>Akhir.</div>", f"{LONG}Akhir."),
        (f"<div class=iklan><div class=baru>{LONG}</div></div>", LONG),
        (f"<div class='baru iklan'>{LONG}</div>", LONG),
        (f"<div class=baru><div class=baca>{LONG}</div>Akhir.</div>", f"{LONG}Akhir."),
        (f"<div class=iklan>{LONG * 3}</div><div class=baru>{LONG}</div>", LONG),
        (f"<div class=baru>{f'<p class=x><div class=iklan>{LONG}</div></p>' * 6}</div>", LONG * 3),
    ],
    ids=["within", "around", "itself", "most of it", "beside", "one after another"],
)
def test_prune_spares_the_article(markup: str, left: str, site: Site) -> None:
    tree = document_fromstring(f"<html><body>{markup}")
    sites.prune(tree, site)
    assert selectors.text(tree) == left.strip()


def test_a_caption_can_be_the_article(tmp_path: Path) -> None:
    text = 'hosts = ["a.example"]\nbody = ["figcaption"]\ndrop = ["figure", "figcaption"]'
    (gallery,) = shelf(tmp_path, galeri=text).sites
    tree = document_fromstring(f"<div><figure><img><figcaption>{LONG}</figcaption></figure></div>")
    sites.prune(tree, gallery)
    body = sites.body(tree, gallery)
    assert body is not None
    assert [(part.tag, selectors.text(part)) for part in body] == [("p", LONG.strip())]


def test_what_is_as_long_as_an_article_is_no_name(site: Site) -> None:
    tree = document_fromstring(f"<p><span class=penulis>{LONG * 2}</span>")
    assert sites.first(tree, site.byline) is None
    names = document_fromstring("<p><span class=penulis>A</span> <span class=penulis>B</span>")
    assert sites.every(names, site.byline) == ("A", "B")


@pytest.mark.parametrize(
    ("text", "amiss"),
    [
        ("hosts = [", "not TOML"),
        ('hosts = ["a.example"]', "body"),
        ('body = ["p"]', "hosts"),
        ('hosts = ["a.example"]\nbody = []', "body"),
        ('hosts = ["a.example"]\nbody = "p"', "body"),
        ('hosts = ["a.example"]\nbody = ["p"]\ntitel = ["h1"]', "titel"),
        ('hosts = ["https://a.example"]\nbody = ["p"]', "hosts"),
        ('hosts = ["a.example"]\nbody = ["p"]\ndrop = ["p:empty"]', "drop"),
        ('hosts = ["a.example"]\nbody = ["p"]\nnoise = ["(a"]', "noise"),
        ('hosts = ["a.example"]\nbody = ["p"]\ndateline = "(a"', "dateline"),
        ('hosts = ["kabar.example"]\nbody = ["p"]', "hosts"),
    ],
)
def test_a_broken_file_is_told_by_file_key_and_remedy(
    text: str, amiss: str, tmp_path: Path
) -> None:
    with pytest.raises(InstallError) as raised:
        shelf(tmp_path, kabar=SITE, salah=text)
    assert raised.value.where == "salah.toml"
    assert amiss in raised.value.what
    assert "docs/add-a-site.md" in (raised.value.remedy or "")


def test_the_guides_own_example_is_a_site(tmp_path: Path) -> None:
    guide = (PAGES.parents[2] / "docs" / "add-a-site.md").read_text("utf8")
    (found,) = shelf(tmp_path, kabar=guide.split("```toml\n")[1].split("```")[0]).sites
    line = "KOTA CONTOH, KABARCONTOH.EXAMPLE - Hujan turun."
    assert found.dateline
    assert found.dateline.match(line)


def test_a_page_costs_little() -> None:
    """The look-up runs on every page, and reads the files only once."""
    tree = frozen("kompas").tree()
    sites.of("https://example.org/", tree)
    start = time.process_time()
    for _ in range(100):
        sites.of("https://example.org/", tree)
    assert time.process_time() - start < 0.5
