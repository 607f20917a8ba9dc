"""Addresses as pages: feeds and sitemaps are opened, politely and within bounds."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from kronik.errors import InputError, NotFetched
from kronik.settings import Web as Limits
from kronik.sources.web import Answer, Cache, Client, Validators
from kronik.sources.web.opener import Web
from kronik.types import Page
from tests.sources.web.site import Site, answer, network, serving

HOST = "https://kabar.example"
ARTICLE = b"<!doctype html><html><body><p>Warga mengungsi.</p></body></html>"


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><title>Kabar</title>{items}</channel></rss>".encode()


def index(*links: str) -> bytes:
    maps = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f"<sitemapindex>{maps}</sitemapindex>".encode()


def sitemap(*links: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{link}</loc></url>' for link in links)}</urlset>".encode()


class FakeClient:
    """Answers from a table, as the client would; what is not there is not found."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(self, address: str) -> Answer:
        self.asked.append(address)
        path = address.removeprefix(HOST)
        if path not in self.pages:
            raise NotFetched("404: not found", where=address, remedy="check the address")
        body = self.pages[path]
        page = Page(sha256(body).hexdigest(), address, "text/html", body, url=address)
        return Answer(page, Validators())


Open = Callable[..., tuple[Web, FakeClient]]


@pytest.fixture
def opened() -> Open:
    def opened(
        pages: dict[str, bytes], known: tuple[str, ...] = (), **limits: int
    ) -> tuple[Web, FakeClient]:
        client = FakeClient(pages)
        return Web(client, Limits(**limits), lambda url: url in known), client

    return opened


def told(found: Iterator[Page | InputError]) -> list[str]:
    """Origins of pages without their host, and what the errors say."""
    return [
        one.origin.removeprefix(HOST) if isinstance(one, Page) else f"! {one.what}" for one in found
    ]


def test_an_article_gives_its_page(opened: Open) -> None:
    web, _ = opened({"/1": ARTICLE})
    (page,) = web.pages(f"{HOST}/1")
    assert isinstance(page, Page)
    assert page.body == ARTICLE


def test_what_cannot_be_fetched_gives_the_reason(opened: Open) -> None:
    web, _ = opened({})
    (error,) = web.pages(f"{HOST}/1")
    assert isinstance(error, NotFetched)
    assert error.where == f"{HOST}/1"


def test_a_feed_gives_its_items_each_once_and_in_order(opened: Open) -> None:
    pages = {"/rss": rss("/2", "/1", "/2", "/1#isi", "/3"), "/1": b"a", "/2": b"b", "/3": b"c"}
    web, client = opened(pages)
    assert told(web.pages(f"{HOST}/rss")) == ["/2", "/1", "/3"]
    assert client.asked == [f"{HOST}{path}" for path in ("/rss", "/2", "/1", "/3")]


def test_items_are_fetched_when_they_are_asked_for(opened: Open) -> None:
    web, client = opened({"/rss": rss("/1", "/2"), "/1": b"a", "/2": b"b"})
    found = web.pages(f"{HOST}/rss")
    next(found)
    assert client.asked == [f"{HOST}/rss", f"{HOST}/1"]


def test_known_items_are_not_asked_for(opened: Open) -> None:
    web, client = opened({"/rss": rss("/1", "/2"), "/2": b"b"}, known=(f"{HOST}/1",))
    assert told(web.pages(f"{HOST}/rss")) == ["/2"]
    assert f"{HOST}/1" not in client.asked


def test_an_address_that_is_given_is_asked_for_though_it_is_known(opened: Open) -> None:
    web, _ = opened({"/1": ARTICLE}, known=(f"{HOST}/1",))
    assert told(web.pages(f"{HOST}/1")) == ["/1"]


def test_one_missing_item_does_not_stop_the_rest(opened: Open) -> None:
    web, _ = opened({"/rss": rss("/1", "/2", "javascript:x", "/3"), "/1": b"a", "/3": b"c"})
    found = told(web.pages(f"{HOST}/rss"))
    assert found == ["/1", "! 404: not found", "/3", "! items without a full address: 1"]


def test_a_feed_on_disk_gives_its_items(opened: Open) -> None:
    web, _ = opened({"/1": b"a"})
    assert told(web.items(rss(f"{HOST}/1"), "unduhan/rss.xml")) == ["/1"]
    (error,) = web.items(b"<rss><channel>", "unduhan/rss.xml")
    assert isinstance(error, InputError)
    assert error.where == "unduhan/rss.xml"


def test_an_item_that_is_a_feed_is_not_opened(opened: Open) -> None:
    web, client = opened({"/rss": rss("/rss", "/rss2"), "/rss2": rss("/1")})
    assert told(web.pages(f"{HOST}/rss")) == ["/rss", "/rss2"]
    assert f"{HOST}/1" not in client.asked


def test_sitemaps_behind_an_index_come_in_its_order(opened: Open) -> None:
    pages = {
        "/peta.xml": index("/a.xml", "/b.xml", "/gone.xml", "/a.xml"),
        "/a.xml": index("/a1.xml", "/a2.xml"),
        "/a1.xml": sitemap("/1", "/2"),
        "/a2.xml": sitemap("/3"),
        "/b.xml": sitemap("/2", "/4"),
        **{f"/{number}": str(number).encode() for number in range(1, 5)},
    }
    web, client = opened(pages)
    assert told(web.pages(f"{HOST}/peta.xml")) == ["/1", "/2", "/3", "/4", "! 404: not found"]
    assert len(client.asked) == len(set(client.asked))


def test_an_index_that_leads_round_in_a_circle_comes_to_an_end(opened: Open) -> None:
    web, client = opened({"/peta.xml": index("/peta.xml", "/a.xml"), "/a.xml": index("/peta.xml")})
    assert told(web.pages(f"{HOST}/peta.xml")) == []
    assert client.asked == [f"{HOST}/peta.xml", f"{HOST}/a.xml"]


def test_indices_are_followed_only_so_deep(opened: Open) -> None:
    web, client = opened({f"/{n}.xml": index(f"/{n + 1}.xml") for n in range(9)})
    (error,) = web.pages(f"{HOST}/0.xml")
    assert "more than 2 indices one behind the other" in str(error)
    assert client.asked == [f"{HOST}/{n}.xml" for n in range(3)]


def test_only_so_many_sitemaps_are_opened(opened: Open) -> None:
    maps = {f"/{n}.xml": sitemap(f"/{n}") for n in range(9)}
    pages = {"/peta.xml": index(*maps), **maps, **{f"/{n}": b"x" for n in range(9)}}
    web, _ = opened(pages, sitemaps=3)
    found = told(web.pages(f"{HOST}/peta.xml"))
    assert found[:-1] == ["/0", "/1", "/2"]
    assert "more than 3 sitemaps: the rest is left out" in found[-1]


def test_only_so_many_items_are_fetched(opened: Open) -> None:
    links = [f"/{n}" for n in range(9)]
    web, _ = opened({"/rss": rss(*links), **dict.fromkeys(links, b"x")}, items=4)
    found = told(web.pages(f"{HOST}/rss"))
    assert found[:-1] == links[:4]
    assert "more than 4 items: the rest is left out" in found[-1]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_a_real_feed_of_a_real_site(site: Site, tmp_path: Path) -> None:
    """Through the client as shipped: robots.txt, redirects, custody, and a cache."""
    rules = b"User-agent: *\nDisallow: /rahasia/"
    site.says("/robots.txt", answer(rules, content_type="text/plain"))
    site.says("/1", answer(ARTICLE))
    site.says("/2", answer(b"", 301, location="/dua"))
    site.says("/dua", answer(ARTICLE + b"2"))
    feed = rss("/1", "/2", "/rahasia/3", "http://127.0.0.1/4")
    address = site.says("/rss", answer(feed, content_type="application/rss+xml"))
    settings = site.settings()
    with Client(settings, Cache(tmp_path), network()) as client:
        web = Web(client, settings.web)
        found = list(web.pages(address))
        assert site.paths() == ["/rss", "/1", "/2", "/dua"]
        again = list(web.pages(address))
    pages = [one for one in found if isinstance(one, Page)]
    assert [page.origin for page in pages] == [site.at("/1"), site.at("/2")]
    assert pages[1].url == site.at("/dua")
    assert pages[1].fetch
    assert pages[1].fetch.redirects == (site.at("/dua"),)
    errors = [type(one).__name__ for one in found if isinstance(one, InputError)]
    assert errors == ["RobotsRefused", "AddressRefused"]
    assert [one.id for one in again if isinstance(one, Page)] == [page.id for page in pages]
    assert site.paths() == ["/rss", "/1", "/2", "/dua"], "what is fresh is not asked for again"
