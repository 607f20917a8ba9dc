"""Every language fills every field; what is missing or malformed is named, and its words are
those that people write."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from kronik import lang
from kronik.errors import InstallError, UnknownLanguage
from kronik.lang import Pack
from tests.lang.tables import rows

DATA = Path(lang.__file__).parent
FIELDS = [field.name for field in dataclasses.fields(Pack)]
SENSES = {"negators": "negation", "futures": "future", "hypotheticals": "hypothetical"}
MARKS = {"starters": "starts", "distinctive": "distinctive"}


def rewrite(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8")


def empty(field: str, folder: Path) -> str:
    """Take from a language's folder what fills ``field``; the name of the file it stood in."""
    if field in SENSES:
        file = folder / "markers.tsv"
        lines = file.read_text("utf-8").splitlines()
        rewrite(file, [line for line in lines if not line.endswith(f"\t{SENSES[field]}")])
    elif field in MARKS:
        file = folder / "function_words.tsv"
        head, *lines = file.read_text("utf-8").splitlines()
        column = head.split("\t").index(MARKS[field])
        cells = [line.split("\t") for line in lines]
        kept = ["\t".join([*row[:column], "no", *row[column + 1 :]]) for row in cells]
        rewrite(file, [head, *kept])
    elif (folder / f"{field}.tsv").exists() or field == "ui":
        file = folder / ("ui.toml" if field == "ui" else f"{field}.tsv")
        file.unlink()
    else:
        file = folder / "language.toml"
        text = file.read_text("utf-8")
        assert f"\n{field} = " in f"\n{text}", f"no file fills {field}"
        file.write_text(f"\n{text}".replace(f"\n{field} = ", f"\nnot_{field} = "), "utf-8")
    return file.name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "id" / "data", tmp_path / "data"))


@pytest.mark.parametrize("code", lang.CODES)
def test_every_language_loads(code: str) -> None:
    pack = lang.get(code)
    assert pack.code == code
    assert lang.get(code) is pack


def test_a_copy_of_the_folder_loads(folder: Path) -> None:
    assert lang.load(folder).months == lang.get("id").months


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_left_empty_is_named_with_its_file(field: str, folder: Path) -> None:
    file = empty(field, folder)
    with pytest.raises(InstallError) as caught:
        lang.load(folder)
    assert caught.value.where == file
    assert repr(field) in caught.value.what or file == "function_words.tsv"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("months.tsv", "word\tnumber", "word", "no column 'number'"),
        ("months.tsv", "januari\t1", "januari\t13", "line 2, number '13'"),
        ("months.tsv", "mei\t5\nmay\t5\n", "", "no word for 5"),
        ("weekdays.tsv", "ahad\t7", "ahad", "does not fill 2 columns"),
        ("weekdays.tsv", "ahad\t7", "minggu\t7", "repeats 'minggu'"),
        ("reporting.tsv", "kata\tdirect", "kata\tloud", "'loud' is none of direct"),
        ("reporting.tsv", "katanya\tdirect\tyes", "katanya\tdirect\tmaybe", "'maybe' is none of"),
        ("noise.tsv", "view full version", "view (full version", "is no regular expression"),
        ("language.toml", 'code = "id"', "code = id", "not TOML"),
        ("language.toml", '"“”"', '"“"', "'“' is not a pair"),
        ("ui.toml", '"Artikel"', '""', "no text for 'article'"),
    ],
)
def test_a_malformed_cell_is_named(file: str, old: str, new: str, says: str, folder: Path) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InstallError) as caught:
        lang.load(folder)
    assert caught.value.where == file
    assert says in str(caught.value)


def test_an_unknown_language_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnknownLanguage) as caught:
        lang.get("ms")
    assert "'ms'" in caught.value.what
    assert caught.value.remedy == "known are id, en"


def test_people_read_the_same_words_in_every_language() -> None:
    keys = {code: set(lang.get(code).ui) for code in lang.CODES}
    assert all(found == keys["en"] for found in keys.values())


@pytest.mark.parametrize("row", rows("words.tsv"), ids=lambda row: f"{row['field']} {row['word']}")
def test_words(row: dict[str, str]) -> None:
    value = getattr(lang.get(row["language"]), row["field"])
    assert str(value[row["word"]] if row["word"] else value) == row["value"]


@pytest.mark.parametrize("row", rows("reporting.tsv"), ids=lambda row: row["word"])
def test_reporting_words(row: dict[str, str]) -> None:
    word = lang.get(row["language"]).reporting[row["word"]]
    assert (word.manner, word.clitic) == (row["manner"], row["clitic"] == "yes")


@pytest.mark.parametrize("row", rows("pronouns.tsv"), ids=lambda row: row["word"])
def test_pronouns(row: dict[str, str]) -> None:
    pronoun = lang.get(row["language"]).pronouns[row["word"]]
    assert str(pronoun.person) == row["person"]
    assert (pronoun.number, pronoun.refers) == (row["number"], row["refers"])


@pytest.mark.parametrize("code", lang.CODES)
def test_words_are_case_folded_so_that_they_can_be_found(code: str) -> None:
    pack = lang.get(code)
    tables = (
        pack.months, pack.weekdays, pack.reporting, pack.pronouns, pack.titles, pack.domains,
        pack.function_words, pack.lookalikes, pack.negators, pack.futures, pack.hypotheticals,
    )  # fmt: skip
    assert not [word for words in tables for word in words if word != word.casefold()]


@pytest.mark.parametrize("code", lang.CODES)
def test_a_language_does_not_take_its_own_words_for_anothers(code: str) -> None:
    pack = lang.get(code)
    assert pack.starters < pack.function_words
    assert pack.distinctive < pack.function_words
    assert not pack.function_words & pack.lookalikes.keys()
