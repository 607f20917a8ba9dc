"""Characters come from bytes as they were meant, whatever was declared."""

from __future__ import annotations

import codecs

import pytest

from kronik.steps.clean.encoding import charsets, decode, legible, served
from kronik.types import Fetch

LINE = "Perdana menteri berkata, “Café itu tetap buka.”"


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
def test_declared_or_not(written: str, declared: str) -> None:
    text = f'<meta charset="{declared}">{LINE}'
    assert decode(text.encode(written)) == text


def test_a_declared_charset_is_used_where_bytes_are_not_utf8() -> None:
    text = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Привет'
    assert decode(text.encode("windows-1251")) == text


def test_big_endian() -> None:
    assert decode(b"\xfe\xff" + LINE.encode("utf-16-be")) == LINE


def test_one_damaged_byte_spoils_one_character() -> None:
    body = (LINE * 3).encode() + b"\xff" + "é".encode()
    assert decode(body) == LINE * 3 + "\ufffdé"


def test_every_byte_is_some_character() -> None:
    assert len(decode(bytes(range(256)))) == 256


def test_legible() -> None:
    assert legible("a\r\nb\rc\x0cd\u2028e") == "a\nb\nc\nd\ne"
    assert legible("A\u200bB\u00ad\ufeff\x00\x1b\u202eC\u200d") == "ABC"
    assert legible("tab\t spasi\u00a0 é e\u0301") == "tab\t spasi\u00a0 é e\u0301"


CHINESE = "<p>政府星期一宣布，洪水过后，数百名居民已经返回家园，学校将于下周重新开放。</p>" * 4
RUSSIAN = "<p>Правительство сообщило в понедельник, что жители вернулись домой.</p>" * 4
ARABIC = "<p>أعلنت الحكومة يوم الاثنين أن السكان عادوا إلى منازلهم بعد الفيضانات.</p>" * 4
LATIN = f"<p>{LINE} Warga – katanya – “tenang”.</p>" * 4


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gb18030", "GBK"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (ARABIC, "cp1256", "windows-1256"),
        (LATIN, "cp1252", "ISO-8859-1"),
        (LATIN, "cp1252", "us-ascii"),
    ],
)
def test_labels_are_read_as_browsers_do(text: str, codec: str, label: str) -> None:
    assert decode(text.encode(codec), label) == text
    declared = f'<meta charset="{label}">{text}'
    assert decode(declared.encode(codec)) == declared
    assert decode(text.encode(codec)) == text


def test_what_the_server_says_goes_before_what_the_page_says() -> None:
    page = f'<meta charset="windows-1251">{CHINESE}'
    assert decode(page.encode("gb18030"), "gb2312") == page


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "utf-8", "tidak-ada", None])
def test_a_server_that_was_not_told_is_not_believed(label: str | None) -> None:
    assert decode(CHINESE.encode("gb18030"), label) == CHINESE


@pytest.mark.parametrize("label", ["utf-16", "utf-8", "windows-1251", "punycode", "zlib", "x" * 99])
def test_a_wrong_label_spoils_nothing(label: str) -> None:
    assert decode(LATIN.encode(), label) == LATIN
    if label != "windows-1251":
        assert decode(LATIN.encode("cp1252"), label) == LATIN


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(codec: str) -> None:
    assert decode(f"<!DOCTYPE html><html>{LINE}".encode(codec)).endswith(LINE)


def test_a_page_cut_within_a_character_keeps_the_rest() -> None:
    body = CHINESE.encode("gb18030").removesuffix(b"</p>")[:-1]
    assert decode(body, "gb2312").startswith(CHINESE[:100])


def test_a_long_page_is_told_by_its_beginning() -> None:
    assert decode((CHINESE * 300).encode("gb18030")) == CHINESE * 300


@pytest.mark.parametrize(
    ("headers", "label"),
    [
        ((("Content-Type", "text/html; charset=GB2312"),), "GB2312"),
        ((("Server", "charset=x"), ("content-type", 'text/html;charset="utf-8"')), "utf-8"),
        ((("Content-Type", "text/html"),), None),
        ((), None),
    ],
)
def test_the_header_names_the_charset(headers: tuple[tuple[str, str], ...], label: str) -> None:
    assert served(Fetch("x", headers=headers)) == label
    assert served(None) is None


def test_every_charset_of_the_table_is_pythons_own_name() -> None:
    for codec, charset in charsets().items():
        assert codecs.lookup(codec).name == codec
        assert codecs.lookup(charset.read_as).name == charset.read_as
