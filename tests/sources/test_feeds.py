"""What feeds and sitemaps list, however they are written, and what hostile ones may not do."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kronik.errors import EmptyInput, InputError
from kronik.sources import feeds
from kronik.sources.feeds import Entry, Feed, entries, is_feed

WHERE = "https://kabar.example/rss/terkini.xml"
ONE = "https://kabar.example/berita/1"
TWO = "https://kabar.example/berita/2"

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Kabar &amp; Warta</title><link>https://kabar.example/</link>
<item><title><![CDATA[Banjir di <b>Kota</b> Lama]]></title><link>{ONE}#isi</link>
<media:title>Foto banjir</media:title><media:content url="https://kabar.example/1.jpg"/>
<guid isPermaLink="false">k-1</guid><pubDate>Sat, 21 Nov 2026 09:30:00 +0700</pubDate>
<description>Hujan sejak pagi.</description></item>
<item><title>Panen raya</title><guid>{TWO}</guid></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://kabar.example/">
<title type="html">Kabar &lt;i&gt;Desa&lt;/i&gt;</title>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Banjir <b>lagi</b>
&amp; lagi</div></title><id>tag:kabar.example,2026:1</id>
<link rel="self" href="/api/1"/><link href="berita/1"/>
<published>2026-11-21T09:30:00+07:00</published><updated>2026-11-22T01:00:00Z</updated></entry>
<entry><title>Panen raya</title><id>k-2</id><link rel="alternate" href="{TWO}"/>
<updated>2026-11-22T01:00:00Z</updated></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://kabar.example/"><title>Kabar</title></channel>
<item rdf:about="{ONE}"><title>Banjir</title><link>{ONE}</link>
<dc:date>2026-11-21T09:30:00+07:00</dc:date></item></rdf:RDF>"""
SITEMAP = f"""<?xml version="1.0"?><!-- dibuat mesin -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> {ONE} </loc><news:news>
<news:publication><news:name>Kabar</news:name><news:language>id</news:language></news:publication>
<news:publication_date>2026-11-21T09:30:00+07:00</news:publication_date>
<news:title>Banjir &#8211; lagi</news:title></news:news></url>
<url><loc>/berita/2</loc><lastmod>2026-11-22</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://kabar.example/peta-1.xml.gz</loc></sitemap>
<sitemap><loc>peta-2.xml</loc></sitemap></sitemapindex>"""


def read(text: str, where: str = WHERE) -> Feed:
    return entries(text.encode(), where)


def outcome(body: bytes) -> Feed | InputError:
    try:
        return entries(body, WHERE)
    except InputError as refused:
        return refused


def test_rss() -> None:
    flood = Entry(ONE, "Banjir di Kota Lama", "2026-11-21T02:30:00+00:00", "k-1")
    assert read(RSS) == Feed("Kabar & Warta", (flood, Entry(TWO, "Panen raya", None, TWO)))


def test_atom() -> None:
    flood = Entry(
        ONE, "Banjir lagi & lagi", "2026-11-21T02:30:00+00:00", "tag:kabar.example,2026:1"
    )
    second = Entry(TWO, "Panen raya", "2026-11-22T01:00:00+00:00", "k-2")
    assert read(ATOM) == Feed("Kabar Desa", (flood, second))


def test_rdf() -> None:
    assert read(RDF) == Feed("Kabar", (Entry(ONE, "Banjir", "2026-11-21T02:30:00+00:00", ONE),))


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "9"])
def test_every_version_of_rss(version: str) -> None:
    assert len(read(RSS.replace('"2.0"', f'"{version}"')).items) == 2


def test_a_news_sitemap() -> None:
    flood = Entry(ONE, "Banjir – lagi", "2026-11-21T09:30:00+07:00", ONE)
    assert read(SITEMAP) == Feed("Kabar", (flood, Entry(TWO, None, None, TWO)))


def test_an_index_of_sitemaps_leads_on() -> None:
    maps = ("https://kabar.example/peta-1.xml.gz", "https://kabar.example/rss/peta-2.xml")
    assert read(INDEX) == Feed(None, (), maps)


@pytest.mark.parametrize("text", [RSS, ATOM, RDF, SITEMAP, INDEX])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_every_encoding(text: str, codec: str) -> None:
    body = text.replace('encoding="UTF-8"', "").encode(codec)
    assert is_feed(body)
    assert entries(body, WHERE) == read(text)


@pytest.mark.parametrize(
    ("declared", "codec"), [("windows-1252", "cp1252"), ("ISO-8859-1", "latin-1"), ("no-such", "")]
)
def test_a_declared_encoding(declared: str, codec: str) -> None:
    text = RSS.replace("UTF-8", declared).replace("Panen", "Panén")
    assert entries(text.encode(codec or "cp1252"), WHERE).items[1].title == "Panén raya"


@pytest.mark.parametrize("declared", ["punycode", "idna", "unicode_escape", "zlib", "utf-7"])
def test_what_is_no_encoding_of_texts_is_not_heeded(declared: str) -> None:
    assert read(RSS.replace("UTF-8", declared)) == read(RSS)


def test_an_address_of_a_file_is_no_base() -> None:
    feed = read(ATOM.replace(' xml:base="https://kabar.example/"', ""), "unduhan/atom.xml")
    assert [item.url for item in feed.items] == [TWO]
    assert "items without a full address: 1" in str(feed.fault)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/berita/1#isi", "/berita/1?a=1&b=2&copy=3"),
        ("Panen raya", "Panen&nbsp;raya &raquo; &tidakada; R&D & lain"),
        ("Panen raya", "Panen \x0b\x1f raya"),
        ("<media:title>", "<media:title>\N{SNOWMAN}"),
    ],
)
def test_what_can_be_mended_without_loss_is_no_fault(before: str, after: str) -> None:
    feed = read(RSS.replace(before, after))
    assert feed.fault is None
    assert len(feed.items) == 2
    if "?" in after:
        assert feed.items[0].url == "https://kabar.example/berita/1?a=1&b=2&copy=3"
    if "nbsp" in after:
        assert feed.items[1].title == "Panen raya » &tidakada; R&D & lain"


def test_a_reference_among_the_items_is_no_item() -> None:
    """Found by throwing bytes: a section that is none hides references from the mending."""
    broken = RSS.replace("<channel>", '<channel a="<![CDATA[">&nbsp;', 1)
    assert "a broken feed, line 2" in str(read(broken).fault)
    assert [item.url for item in read(broken).items] == [ONE, TWO]


def test_ampersands_in_cdata_are_left_alone() -> None:
    link = "<![CDATA[https://kabar.example/berita/1?a=1&b=2&amp=3]]>"
    feed = read(RSS.replace(f"{ONE}#isi", link))
    assert feed.items[0].url == "https://kabar.example/berita/1?a=1&b=2&amp=3"


@pytest.mark.parametrize("text", [RSS, ATOM, SITEMAP])
def test_a_feed_that_breaks_off_keeps_its_whole_items_and_says_the_line(text: str) -> None:
    feed = read(text[: text.rindex("/berita/2") + 4])
    assert feed.items == read(text).items[:-1]
    assert feed.fault is not None
    assert "a broken feed, line " in feed.fault.what
    assert feed.fault.where == WHERE
    assert feed.fault.remedy


BOMB = '<!DOCTYPE rss [<!ENTITY a "hahaha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://10.0.0.1/a.dtd"> %a;]>'
LONG = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 1000}">]>'


@pytest.mark.parametrize("bomb", [BOMB, FILE, PARAMETER, LONG, "<!-- <rss> -->" + BOMB])
@pytest.mark.parametrize("text", [RSS, ATOM, SITEMAP])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_feed_with_entities_of_its_own_is_refused(bomb: str, text: str, codec: str) -> None:
    text = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
    with pytest.raises(InputError, match=r"declares entities .*take the <!ENTITY") as refused:
        entries((bomb + text.replace("Kabar", "&b;")).encode(codec), WHERE)
    assert refused.value.where == WHERE


def test_entities_that_stand_for_a_character_are_none_to_fear() -> None:
    named = '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">\n<!ENTITY rsquo "’">]>\n'
    text = RSS[RSS.index("<rss") :].replace("Panen raya", "Panen&nbsp;raya petani&rsquo;")
    assert read(named + text).items[1].title == "Panen raya petani’"
    assert read('<!DOCTYPE rss PUBLIC "-//N//DTD RSS//EN" "http://10.0.0.1/rss.dtd">' + text).items


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!doctype html><html><body><p>Banjir</p></body></html>", "no feed and no sitemap"),
        ("Banjir melanda kota.", "broken feed"),
        ("<rss><channel><item><title>Banjir", "broken feed, line 1"),
        ("\n\n<rss><channel>\n<item></channel></rss>", "broken feed, line 4"),
        ("<a:rss><channel/></a:rss>", "no feed"),
    ],
)
def test_what_is_no_feed_is_told_with_its_remedy(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read(text)
    assert refused.value.where == WHERE
    assert refused.value.remedy


def test_an_empty_feed() -> None:
    with pytest.raises(EmptyInput):
        entries(b" \n", WHERE)
    assert read("<rss version='2.0'><channel><title>Kabar</title></channel></rss>").items == ()


@pytest.mark.parametrize(
    "body", [b"", b"<p>Banjir</p>", b"<html><rss/></html>", b"{}", b"<rssfeed/>", b"<!-- <rss> -->"]
)
def test_what_opens_otherwise_is_no_feed(body: bytes) -> None:
    assert not is_feed(body)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "mailto:redaksi@kabar.example", "ftp://kabar.example/1", "http://",
        "http://[", "file:///etc/passwd", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [RSS, SITEMAP])
def test_what_is_no_address_of_a_page_is_told_and_left_out(text: str, link: str) -> None:
    feed = read(text.replace(f"{ONE}#isi", link).replace(f" {ONE} ", link))
    assert [item.url for item in feed.items] == [TWO]
    assert "items without a full address: 1" in str(feed.fault)


@pytest.mark.parametrize("date", ["kemarin", "31 Feb 2026", "0000-00-00", "Sab, 21 Nov 2026", ""])
def test_a_date_that_cannot_be_read_is_none(date: str) -> None:
    feed = read(RSS.replace("Sat, 21 Nov 2026 09:30:00 +0700", date))
    assert [item.published for item in feed.items] == [None, None]


def test_a_feed_has_so_many_items_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ITEMS", 1)
    for text in (RSS, ATOM, SITEMAP):
        feed = read(text)
        assert [item.url for item in feed.items] == [ONE]
        assert "1 items beyond the first 1" in str(feed.fault)


def test_nothing_is_opened_for_a_feed_named_like_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rahasia.xml"
    path.write_text(RSS)
    with pytest.raises(InputError):
        entries(str(path).encode(), WHERE)


OPENING = "<rss><channel><item><link>http://kabar.example/1</link>"
SLOW = {
    "open tags": OPENING + "<a " * 60_000,
    "quotes": OPENING + '<a b="' + 'x="' * 60_000,
    "ampersands": OPENING + "&a" * 100_000,
    "sections": OPENING + "<![CDATA[" * 20_000,
    "comments": OPENING + "<!--" * 50_000,
    "depth": "<rss>" + "<a>" * 70_000,
    "author": OPENING + "<author>" + "a." * 100_000 + "</author></item></channel></rss>",
    "date": OPENING + "<pubDate>" + "1 " * 100_000 + "</pubDate></item></channel></rss>",
    "links": OPENING + "<link>a</link>" * 15_000 + "</item></channel></rss>",
    "markup": OPENING + "<content>" + "<b>x</b>" * 25_000 + "</content></item></channel></rss>",
    "characters": OPENING + "<title>&#99999999999;&#x110000;&#0;</title></item></channel></rss>",
    "spaces": " " * 200_000 + "<rss/>",
}


@pytest.mark.parametrize("name", SLOW)
def test_time_grows_with_the_length_alone(name: str) -> None:
    """Processor time, so that a busy machine does not fail it."""
    before = time.process_time()
    found = outcome(SLOW[name].encode())
    assert time.process_time() - before < 1.0
    assert isinstance(found, Feed) or found.remedy


PIECES = st.sampled_from([
    "<rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<feed xmlns='http://w'>",
    "<entry>", "<guid/>", "<title type='xhtml'>", "</title>", ONE, "&", "&nbsp;", "&#1;", "]]>",
    "<![CDATA[", "<pubDate>", "2026-99-99", "<urlset>", "<url>", "<loc>", "</loc>", "<a:b/>", "<",
    "<!DOCTYPE rss [", "<!ENTITY a 'b'>", "]>", "<?xml encoding='utf-16'?>", "\0", "\ufeff", "<id>",
    "<x xmlns='a b'>", "<link href='http://['/>", "<id xml:base='http://['>", "\ud800",
])  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["utf-8", "utf-16"]))
def test_whatever_is_given_is_a_feed_or_an_input_error(text: str, codec: str) -> None:
    body = text.encode(codec, "surrogatepass")
    found = outcome(body)
    if isinstance(found, InputError):
        assert found.where == WHERE
        assert found.remedy
    else:
        assert all(item.url.startswith("http") for item in found.items)
    is_feed(body)


@settings(max_examples=300)
@given(st.binary(max_size=60), st.integers(0, 400), st.sampled_from([RSS, ATOM, RDF, SITEMAP]))
def test_bytes_thrown_into_a_feed_never_break_the_reader(noise: bytes, at: int, text: str) -> None:
    body = text.encode()
    found = outcome(body[:at] + noise + body[at:])
    assert isinstance(found, Feed) or found.remedy
