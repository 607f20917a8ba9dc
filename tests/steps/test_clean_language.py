"""Which language a text is in, and what is said of those that no pack covers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kronik import lang
from kronik.errors import UnknownLanguage
from kronik.steps.clean.language import aliases, identify, strangers, tagged

CASES = Path(__file__).resolve().parents[1] / "cases" / "id" / "clean_language.tsv"
PACKS = {code: lang.get(code) for code in lang.CODES}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("id", "Polisi menangkap empat orang yang diduga membakar gudang pada Minggu malam."),
        ("en", "Police arrested four people who are said to have set fire to a storehouse."),
        ("id", "Gempa guncang Lembata, warga panik."),
        ("en", "Rebels shell airport, killing dozens."),
        ("id", "Menteri itu berkata dalam bahasa Inggris: “We will not leave.” Lalu ia pergi."),
        ("id", "Polis asuransi itu ditolak karena polisi mengatakan bahwa uang sudah dibayar."),
    ],
)
def test_a_language_with_a_pack(code: str, text: str) -> None:
    assert identify(text, PACKS, "here") == code


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Malay (ms)", "Polis menahan empat lelaki kerana dipercayai membakar gudang pada Isnin."),
        (
            "Dutch (nl)",
            "De politie heeft vier mannen opgepakt die een loods in brand hebben gezet.",
        ),
        ("German (de)", "Die Polizei hat vier Männer in der Stadt und auf dem Land festgenommen."),
        (
            "French (fr)",
            "La police a arrêté les quatre hommes qui ont mis le feu dans un entrepôt.",
        ),
        (
            "Spanish (es)",
            "La policía detuvo a los cuatro hombres que quemaron el almacén de la ciudad.",
        ),
        ("Javanese (jv)", "Pulisi wis nyekel wong papat sing ngobong gudhang iku ing wayah bengi."),
        ("Arabic script", "قالت الشرطة إنها اعتقلت أربعة أشخاص"),
        ("Cyrillic script", "Полиция задержала четырёх человек"),
        ("Hangul script", "경찰은 네 명을 체포했다"),
        ("cannot be told", "Xqzt blorf grinka wumpel."),
        ("cannot be told", "12345 67890 !!!"),
    ],
)
def test_a_language_without_one_is_named(name: str, text: str) -> None:
    with pytest.raises(UnknownLanguage) as raised:
        identify(text, PACKS, "here")
    assert name in raised.value.what
    assert raised.value.where == "here"
    assert "--lang id" in (raised.value.remedy or "")


def told() -> list[tuple[str, ...]]:
    return [tuple(row.split("\t")) for row in CASES.read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("text", "language"), told())
def test_malay_and_its_like_are_told_from_indonesian(text: str, language: str) -> None:
    if language in PACKS:
        assert identify(text, PACKS, "here") == language
    else:
        with pytest.raises(UnknownLanguage) as raised:
            identify(text, PACKS, "here")
        assert language in raised.value.what


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        *((tag, "id") for tag in ("id", "ID", "id-ID", "id_ID", " ind ", "in", "IN-id")),
        *((tag, "en") for tag in ("en", "EN", "en-US", "en_GB.UTF-8", "eng", "en-Latn-US")),
        *((tag, None) for tag in ("ms", "xx", "", "-", "ide", "english-ish")),
    ],
)
def test_a_tag_means_a_language(tag: str, code: str | None) -> None:
    assert tagged(tag, PACKS) == code


def test_every_alias_leads_to_a_pack() -> None:
    assert set(aliases().values()) <= set(lang.CODES)


def test_no_stranger_has_a_pack() -> None:
    assert not set(strangers()) & set(lang.CODES)
    marked = {code for pack in PACKS.values() for code in pack.lookalikes.values()}
    assert marked <= set(strangers()), "a lookalike without a name"
