"""The control on PFSA-ID: its articles, labels and figures. The texts are of our own writing."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="training needs kronik[train]")

import torch

from eval.corpora import Corpus, corpora
from eval.evaluate import Outcome
from eval.nouns import Entity
from eval.score.tally import total
from kronik.net.reader import WEIGHTS
from kronik.net.words import Pieces, windows
from kronik.types import Span
from train.control import pfsa
from train.control.articles import Article, articles, halves, kinds_of, passages
from train.control.tagger import LAYER, Tagger, cutter_of, encoder_of
from train.reader.config import REPOSITORY, Config
from train.reader.encoder import Encoder
from train.reader.gold import Text

FIRST = [
    "SERUNI/O ,/O KOMPAS/O —/O Jalan/B-ISSUE tepi/I-ISSUE sungai/L-ISSUE ditutup/O ./O",
    "Warga/O cemas/O ./O ”/B-STATEMENT",
    "Kami/I-STATEMENT tutup/I-STATEMENT pukul/I-STATEMENT 20.10/I-STATEMENT ./I-STATEMENT",
    "Mohon/I-STATEMENT maaf/I-STATEMENT ,/I-STATEMENT ”/L-STATEMENT ujarnya/U-CUECOREF ./O",
    "Kepala/B-ROLE Dinas/L-ROLE Jalan/U-AFFILIATION Sari/B-PERSON Wulan/L-PERSON pergi/O ./O",
]
SECOND = [
    "SERUNI/O ,/O KOMPAS/O -/O Sari/U-PERSONCOREF datang/O ,/O Senin/B-DATETIME (/I-DATETIME"
    " 2/I-DATETIME //I-DATETIME 3/I-DATETIME )/L-DATETIME ./O",
    "“/B-STATEMENT Aman/I-STATEMENT ,/I-STATEMENT ”/L-STATEMENT kata/U-CUE Sari/U-PERSONCOREF",
]


def written(folder: Path, *blocks: str) -> Path:
    """A file as PFSA has it: token, tab, label; a blank line after each sentence."""
    path = folder / "own.conll"
    lines = [
        "\n".join("\t".join(word.rsplit("/", 1)) for word in block.split()) for block in blocks
    ]
    path.write_text("\n\n".join(lines) + "\n", "utf8")
    return path


def corpus_of(path: Path) -> Corpus:
    return replace(corpora()["pfsa"], path=str(path))


@pytest.fixture
def found(tmp_path: Path) -> list[Article]:
    corpus = corpus_of(written(tmp_path, *FIRST, *SECOND))
    items, lost = corpus.items()
    assert not lost
    return list(articles(items, corpus.where))


def config() -> Config:
    return Config.read(
        REPOSITORY / "train" / "reader" / "config.toml", REPOSITORY.parent / "shared"
    )


def tagger(found: list[Article], model: Any = None) -> Tagger:
    pieces = Pieces.load(WEIGHTS / "tokenizer.json")
    return Tagger(model, cutter_of(config(), kinds_of(found), pieces))


def test_articles_have_all_labels_of_the_set(found: list[Article]) -> None:
    told = [[(s.of(a.text.text), kind) for s, kind in a.text.entities or ()] for a in found]
    assert told == [
        [
            ("Jalan tepi sungai", "ISSUE"),
            ("”Kami tutup pukul 20.10. Mohon maaf,”", "STATEMENT"),
            ("ujarnya", "CUECOREF"),
            ("Kepala Dinas", "ROLE"),
            ("Jalan", "AFFILIATION"),
            ("Sari Wulan", "PERSON"),
        ],
        [
            ("Sari", "PERSONCOREF"),
            ("Senin (2/3)", "DATETIME"),
            ("“Aman,”", "STATEMENT"),
            ("kata", "CUE"),
            ("Sari", "PERSONCOREF"),
        ],
    ]
    assert [a.item.id for a in found] == [a.text.id for a in found] == ["pfsa-1", "pfsa-2"]


def test_no_passage_parts_a_quotation(found: list[Article]) -> None:
    first, second = ([s.of(a.text.text).strip() for s in a.text.sentences] for a in found)
    assert first == [
        "SERUNI, KOMPAS — Jalan tepi sungai ditutup.",
        "Warga cemas.",
        "”Kami tutup pukul 20.10. Mohon maaf,” ujarnya.",
        "Kepala Dinas Jalan Sari Wulan pergi.",
    ]
    assert len(second) == 2
    assert len(found[0].item.gold.sentences) == 5, "eval keeps the borders of the set"


def test_a_mark_that_never_closes_ends_no_passage_until_the_last() -> None:
    text = "Ada. “Dua tiga. Empat."
    spans = [Span(0, 4), Span(5, 15), Span(16, 22)]
    assert [s.of(text) for s in passages(text, spans)] == ["Ada.", "“Dua tiga. Empat."]


def test_halves_are_whole_articles_drawn_by_the_seed(found: list[Article]) -> None:
    many = [replace(found[0], text=replace(found[0].text, id=str(n))) for n in range(9)]

    def ids(half: list[Article]) -> list[str]:
        return [article.text.id for article in half]

    taught, held = map(ids, halves(many, 1))
    assert (len(taught), len(held)) == (4, 5)
    assert sorted(taught + held) == [str(n) for n in range(9)]
    assert [taught, held] == list(map(ids, halves(many, 1)))
    assert [taught, held] != list(map(ids, halves(many, 2)))


class Knowing:
    """Stands where the network stands and gives each word's label as the gold has it, with some
    doubt; ``unlawful`` puts an inside tag where nothing is to be gone on with."""

    def __init__(self, tagger: Tagger, text: Text, unlawful: bool = False) -> None:
        items = tagger.cutter.items([text], random.Random(0))
        width = max(len(item.window.words) for item in items)
        names = tagger.cutter.labels.entity
        self.logits = torch.zeros((len(items), width, len(names)))
        for row, item in enumerate(items):
            for word, tag in enumerate(item.targets.layers[LAYER]):
                self.logits[row, word, tag] = 5.0
        if unlawful:
            self.logits[0, 0, names.index("I-ISSUE")] = 9.0

    def __call__(self, *_: Any) -> tuple[dict[str, torch.Tensor], None]:
        return {LAYER: self.logits}, None


@pytest.mark.parametrize("unlawful", [False, True])
def test_tags_become_the_spans_they_stand_for(found: list[Article], unlawful: bool) -> None:
    plain = tagger(found)
    for article in found:
        knowing = replace(plain, model=Knowing(plain, article.text, unlawful))
        marked = [(e.span, e.label) for e in knowing.entities(article.text)]
        assert marked == sorted(article.text.entities or ())


def test_the_network_does_not_see_the_labels(found: list[Article]) -> None:
    plain = tagger(found)
    knowing = replace(plain, model=Knowing(plain, found[0].text))
    bare = replace(found[0].text, entities=())
    assert knowing.entities(bare) == knowing.entities(found[0].text)


def test_figures(found: list[Article]) -> None:
    article, kinds = found[0], kinds_of(found)
    gold = [Entity(span, kind) for span, kind in article.text.entities or ()]
    perfect = pfsa.scores(article, gold, kinds)
    assert {name: t.f1 for name, t in perfect.items() if t.gold and t.f1 != 1.0} == {}
    statement = gold[1].span
    missed = [
        gold[0],  # right
        Entity(Span(statement.start + 1, statement.end), "STATEMENT"),  # without its mark
        Entity(gold[2].span, "CUE"),  # right once CUECOREF is CUE
        Entity(gold[5].span, "ROLE"),  # a person
    ]
    figures = pfsa.scores(article, missed, kinds)
    counts = {name: (t.hit, t.predicted, t.gold) for name, t in figures.items()}
    assert counts["entities.f1"] == (1, 4, 6)
    assert counts["entities.span_f1"] == (3, 4, 6)
    assert counts["ISSUE.f1"] == (1, 1, 1)
    assert counts["STATEMENT.f1"] == (0, 1, 1)
    assert counts["CUE.f1"] == (0, 1, 0)
    assert counts["CUECOREF.f1"] == (0, 0, 1)
    assert counts["ROLE.f1"] == (0, 1, 1)
    assert counts["statements.f1"] == counts["statements.exact_f1"] == (1, 1, 1)
    assert counts["cues.f1"] == counts["cues.exact_f1"] == (1, 1, 1)
    assert "speakers.person" not in counts, "the labels tie no speaker to a statement"


def test_what_is_written(found: list[Article], tmp_path: Path) -> None:
    kinds = kinds_of(found)
    gold = [[Entity(span, kind) for span, kind in a.text.entities or ()] for a in found]
    tallies = [pfsa.scores(found[0], gold[0], kinds), pfsa.scores(found[1], [], kinds)]
    path = tmp_path / "new" / "pfsa.tsv"
    pfsa.write(path, [Outcome(replace(corpora()["pfsa"], name="control"), tallies)])
    head, *rows = [line.split("\t") for line in path.read_text("utf8").splitlines()]
    table = {row[2]: dict(zip(head, row, strict=True)) for row in rows}
    assert table["entities.f1"] == {
        "system": "control", "articles": "2", "figure": "entities.f1", "value": "0.7059",
        "low": "0.0000", "high": "1.0000", "hit": "6", "predicted": "6", "gold": "11",
    }  # fmt: skip
    assert table["entities.type_macro_f1"]["gold"] == ""


def test_a_small_network_learns_them_by_heart(found: list[Article]) -> None:
    recipe = config()
    torch.manual_seed(0)
    encoder = Encoder(recipe.row["vocabulary"], 1, dropout=0.0)
    plan = replace(recipe.plan, epochs=1, rate=1e-3, average=0.5, shares={}, weights={})
    texts = [article.text for article in found] * 40
    cutter = replace(tagger(found).cutter, tokens=150)
    learnt = Tagger.learn(encoder, texts, cutter, plan)
    kinds = kinds_of(found)
    sums = total(pfsa.scores(a, learnt.entities(a.text), kinds) for a in found)
    assert (sums["entities.f1"].f1 or 0) > 0.9


def test_an_encoder_comes_from_a_base_file_or_from_a_reader() -> None:
    recipe = config()
    recipe.row["layers"] = 1  # type: ignore[index]
    state = Encoder(recipe.row["vocabulary"], 2).state_dict()
    named = {f"encoder.{name}": value for name, value in state.items()} | {
        "mix.bias": torch.ones(1)
    }
    for given in (state, named):
        weights = encoder_of(recipe, given).state_dict()
        assert torch.equal(weights["layers.0.q.weight"], state["layers.0.q.weight"])
        assert not any(name.startswith("layers.1.") for name in weights)


def test_one_article_is_too_few(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        pfsa.main(["--limit", "1"])
    assert ended.value.code == 2
    assert "--limit must be 2 or more" in capsys.readouterr().err


def test_an_encoder_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = {"pfsa": corpus_of(written(tmp_path, *FIRST))}
    monkeypatch.setattr(pfsa, "corpora", lambda: own)
    assert pfsa.main(["--build", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"skipped: {tmp_path / 'base.pt'} is not here\n"


@pytest.mark.skipif(not corpora()["pfsa"].present, reason="the set pfsa is not here")
def test_the_set_is_as_the_control_takes_it() -> None:
    corpus = corpora()["pfsa"]
    items, _ = corpus.items()
    every = list(articles(items, corpus.where))
    assert len(kinds_of(every)) == 11
    pieces = Pieces.load(WEIGHTS / "tokenizer.json")
    spans = parted = 0
    for article in every:
        marked = sorted(article.text.entities or ())
        assert all(a.end <= b.start for (a, _), (b, _) in pairwise(marked)), "one layer is enough"
        cut = windows(article.text.text, article.text.sentences, pieces, 256)
        starts = {word.start: n for n, window in enumerate(cut) for word in window.words}
        ends = {word.end: n for n, window in enumerate(cut) for word in window.words}
        spans += len(marked)
        # a KeyError: a label that begins or ends within a word is out of the tagger's reach
        parted += sum(starts[span.start] != ends[span.end] for span, _ in marked)
    assert spans == 7855
    assert parted < 0.002 * spans
