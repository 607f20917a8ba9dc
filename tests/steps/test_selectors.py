"""Selectors of site files: the CSS that they may use, XPath, and what is refused."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from kronik.steps.clean import selectors

PAGE = """
<html><head><meta name="publishdate" content=" 2043/03/09
 15:20 "></head><body class="news night">
<div id="main" class="read__content wide"><p id="a" class="lead">Satu <b>du</b>a,<br>tiga.</p>
<div><p id="b">Empat<script>var x = 1</script></p></div></div>
<div id="ad" class="read__contents" data-slot="top-1"><p id="c"> </p></div>
<section data-e2e="related"><a id="d" href="/tag/a,b">Lima</a></section>
</body></html>
"""


@pytest.fixture(scope="module")
def tree() -> HtmlElement:
    return document_fromstring(PAGE)


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("p", "a b c"),
        ("#main", "main"),
        ("div.read__content", "main"),
        (".wide.read__content", "main"),
        ("div.read__content p", "a b"),
        ("div.read__content > p", "a"),
        ("div.read__content>p.lead", "a"),
        ("div > div > p", "b"),
        ("p.lead, #d", "a d"),
        ("#d , p.lead", "a d"),
        ("div[data-slot]", "ad"),
        ("div[data-slot=top-1]", "ad"),
        ('div[data-slot^="top"]', "ad"),
        ("div[data-slot*='op-']", "ad"),
        ("div[class~=wide]", "main"),
        ("div[class*=read__content]", "main ad"),
        ('a[href*="a,b"]', "d"),
        ("*[data-e2e=related] > a", "d"),
        ("//div[@id='main']/p | //a", "a d"),
        ("(//p)[2]", "b"),
        ("h1", ""),
        ("div.read", ""),
    ],
)
def test_a_selector_finds(written: str, ids: str, tree: HtmlElement) -> None:
    found = selectors.parse(written).elements(tree)
    assert " ".join(element.get("id") or "" for element in found) == ids


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("meta[name=publishdate]::attr(content)", ["2043/03/09 15:20"]),
        ("a::attr(href), section::attr(data-e2e)", ["related", "/tag/a,b"]),
        ("p", ["Satu dua, tiga.", "Empat"]),
        ("//p/@id", ["a", "b", "c"]),
    ],
)
def test_a_selector_gives_texts(written: str, texts: list[str], tree: HtmlElement) -> None:
    assert list(selectors.parse(written).texts(tree)) == texts


def test_attributes_are_no_elements(tree: HtmlElement) -> None:
    assert selectors.parse("meta::attr(content)").elements(tree) == []


def test_text_is_that_of_the_element_alone() -> None:
    page = document_fromstring("<p>Satu <b>dua</b> tiga</p>")
    (bold,) = page.iter("b")
    assert selectors.text(bold) == "dua"


@pytest.mark.parametrize(
    ("written", "amiss"),
    [
        ("", "cannot read"),
        ("p:has(a)", "':has(a)'"),
        ("p + p", "'+ p'"),
        ("div[data-x", "'[data-x'"),
        ("p,", "cannot read"),
        ("> p", "'> p'"),
        ("p::text", "'::text'"),
        ("//p[", "no XPath"),
        ("(1 + 1)", "finds no elements"),
    ],
)
def test_what_cannot_be_read_is_told(written: str, amiss: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        selectors.parse(written)
    assert amiss in str(raised.value)
    assert repr(written.strip()) in str(raised.value) or "," in written
