"""Characters come from bytes as they were meant, whatever was declared."""

from __future__ import annotations

import pytest

from kronik.steps.clean.encoding import decode, legible

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
