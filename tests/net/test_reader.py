"""Loading the weights, and reading with them: the same text gives the same marks."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from kronik.errors import InstallError
from kronik.net.hints import Senses
from kronik.net.reader import WEIGHTS, Reader
from kronik.types import Marks, Span

TEXT = (
    "Pasukan Selatan menembaki kapal nelayan Utara pada Senin.\n"
    '"Kami mengecam serangan itu," kata Menteri Rukma Dewanti.'
)
OTHER = "The council of Arvenia agreed to send aid.\nProtesters marched in the capital on Friday."
LEXICON: dict[tuple[str, ...], Senses] = {
    ("menembaki",): (("ASSAULT", 1.0),),
    ("agreed",): (("AGREE", 1.0),),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    try:
        return Reader.load()
    except InstallError as error:
        pytest.skip(f"no weights here: {error}")


@pytest.fixture
def folder(tmp_path: Path, reader: Reader) -> Path:
    """A copy of the weights that may be harmed."""
    for name in ("card.json", *reader.card.weights):
        (tmp_path / name).write_bytes((WEIGHTS / name).read_bytes())
    return tmp_path


def lines(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def marks(reader: Reader, text: str) -> Marks:
    return reader.read(text, lines(text), LEXICON)


def sign(folder: Path, name: str) -> None:
    """Let the card vouch for a file as it is now."""
    path = folder / "card.json"
    card = json.loads(path.read_bytes())
    card["weights"][name] = sha256((folder / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(card), encoding="utf-8")


def test_a_whole_copy_is_loaded_and_reads_alike(folder: Path, reader: Reader) -> None:
    assert marks(Reader.load(folder), TEXT) == marks(reader, TEXT)


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json"])
def test_a_damaged_file_is_named(folder: Path, name: str) -> None:
    path = folder / name
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    with pytest.raises(InstallError, match=f"{name}.*damaged weights") as caught:
        Reader.load(folder)
    assert caught.value.where == str(path)
    assert caught.value.remedy


@pytest.mark.parametrize("name", ["card.json", "reader.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(InstallError) as caught:
        Reader.load(folder)
    assert caught.value.where == str(folder / name)


def test_a_hash_that_is_another_names_the_file(folder: Path) -> None:
    path = folder / "card.json"
    card = json.loads(path.read_bytes())
    card["weights"]["reader.onnx"] = "0" * 64
    path.write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(InstallError, match="should be 000000000000") as caught:
        Reader.load(folder)
    assert caught.value.where == str(folder / "reader.onnx")


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"weights": {}}'])
def test_a_card_that_is_none_is_named(folder: Path, body: str) -> None:
    (folder / "card.json").write_text(body, encoding="utf-8")
    with pytest.raises(InstallError, match="no usable model card") as caught:
        Reader.load(folder)
    assert caught.value.where == str(folder / "card.json")


def test_weights_that_the_card_vouches_for_but_nobody_can_run_are_named(folder: Path) -> None:
    (folder / "reader.onnx").write_bytes(b"no network")
    sign(folder, "reader.onnx")
    with pytest.raises(InstallError) as caught:
        Reader.load(folder)
    assert caught.value.where == str(folder / "reader.onnx")


def test_the_same_text_gives_the_same_marks(reader: Reader) -> None:
    first = marks(reader, TEXT)
    assert first.triggers, "a text without marks would prove nothing"
    assert marks(reader, TEXT) == first


def test_texts_read_before_change_nothing(reader: Reader) -> None:
    fresh = marks(Reader.load(), TEXT)
    marks(reader, OTHER)
    marks(reader, "\n".join([OTHER, TEXT, OTHER]))
    assert marks(reader, TEXT) == fresh


def test_the_hash_is_that_of_the_network(reader: Reader) -> None:
    assert reader.sha256 == sha256((WEIGHTS / "reader.onnx").read_bytes()).hexdigest()


@pytest.mark.parametrize(("text", "sentences"), [("", []), (TEXT, []), ("  \n", [Span(0, 2)])])
def test_nothing_to_read_gives_no_marks(reader: Reader, text: str, sentences: list[Span]) -> None:
    assert reader.read(text, sentences, LEXICON) == Marks()
