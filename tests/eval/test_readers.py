"""Each format on a tiny file of our own making, faults included."""

from collections import Counter
from itertools import pairwise, product
from pathlib import Path

import pytest

from eval.nouns import Item, Party
from eval.readers import READERS, conll
from kronik.types import Span

SETS = Path(__file__).with_name("sets")


def read(reader: str, name: str) -> tuple[list[Item], Counter[str]]:
    lost: Counter[str] = Counter()
    items = list(READERS[reader](SETS / name, lost))
    return items, +lost


def labelled(item: Item) -> list[tuple[str, str]]:
    return [(e.label, e.span.of(item.text)) for e in item.gold.entities]


def test_gold_articles():
    (item,), lost = read("gold", "gold.jsonl")
    assert (item.id, item.lang, item.date, item.title) == ("g1", "id", "2020-02-03", "Judul")
    assert item.outlet == "x"
    assert [span.of(item.text)[-6:] for span in item.gold.sentences] == ["kapal.", " usai."]
    (event,) = item.gold.events
    assert (event.sentence, event.type, event.trigger.of(item.text)) == (0, "ASSAULT", "menembaki")
    assert event.actors == (Party(Span(0, 15), "Selatan", "SEL"),)
    assert event.recipients == (Party(None, "Utara", "UTA"),)
    assert event.claimed
    (quote,) = item.gold.quotes
    assert quote.cue
    assert (quote.span.of(item.text), quote.cue.of(item.text)) == ("perang usai", "menyatakan")
    assert lost == {"line is not an annotated article": 2, "trigger_span is null": 1}


def test_plv_pairs():
    items, lost = read("plv", "plv.tsv")
    assert [item.id for item in items] == ["7", "7#2", "8", "9"]
    assert [item.pair.root for item in items if item.pair] == [
        "ASSAULT",
        "AGREE",
        "PROTEST",
        "YIELD",
    ]
    assert [item.pair.quad for item in items if item.pair] == ["4", "1", "4", "2"]
    marked = [
        ([s.of(item.text) for s in item.pair.sources], [t.of(item.text) for t in item.pair.targets])
        for item in items
        if item.pair
    ]
    assert marked == [
        (["Northland"], ["Eastport"]),
        (["Northland"], ["Eastport", "Eastport"]),
        (["The harbour union "], []),
        (["Northland"], ["two pilots"]),
    ]
    assert not any("<" in item.text for item in items)
    assert lost == {"no sentence or no gold code": 1}


def test_polnear_attributions():
    (item,), lost = read("polnear", "polnear")
    assert (item.id, item.date) == ("paper_2016-10-04_harbour-talks", "2016-10-04")
    told = [(quote.manner, quote.span.of(item.text)) for quote in item.gold.quotes]
    assert told == [
        ("mixed", "the port “must reopen.”"),
        ("direct", "“We wait,”"),
        ("direct", "“until dawn.”"),
        ("indirect", "Delays hurt, one"),
    ]
    speakers = [
        quote.speaker.span.of(item.text) if quote.speaker and quote.speaker.span else None
        for quote in item.gold.quotes
    ]
    assert speakers == ["The mayor", "she", "she", None]
    assert [quote.cue.of(item.text) for quote in item.gold.quotes if quote.cue] == [
        "said",
        "added",
        "added",
        "thinks",
    ]
    assert lost == {
        "text without annotation": 1,
        "further annotator of the same text": 1,
        "mark does not fit the text": 2,
        "attribution without content": 1,
    }


def test_pfsa_articles():
    (first, second), lost = read("pfsa", "pfsa.conll")
    assert first.text == "BALAI, KOMPAS — Wali kota Tirta diam. ”Kami siap,” ujarnya di KM SJ-18."
    assert second.text == "LEMBAH, KOMPAS – Sungai (timur) meluap."
    assert labelled(first) == [
        ("ROLE", "Wali kota"),
        ("PERSON", "Tirta"),
        ("STATEMENT", "”Kami siap,”"),
        ("CUE", "ujarnya"),
    ]
    assert len(first.gold.sentences) == 2
    assert lost == {"line is not a token with a label": 1}


ENTITIES = {
    "idner": (
        "idner.txt",
        [("PER", "Tirta Adi"), ("LOC", "Kota Balai"), ("ORG", "Koran"), ("LOC", "Balai")],
        {"PER", "LOC", "ORG"},
        1,
    ),
    "nerp": ("nerp.txt", [("PER", "tirta"), ("LOC", "balai")], {"PER", "LOC"}, 0),
    "nergrit": (
        "nergrit.txt",
        [("PER", "Tirta"), ("LOC", "Balai"), ("ORG", "serikat buruh")],
        {"PER", "LOC", "ORG"},
        0,
    ),
    "nerui": (
        "nerui.tsv",
        [("PER", "Tirta"), ("LOC", "Balai"), ("ORG", "serikat")],
        {"PER", "LOC", "ORG"},
        1,
    ),
}


@pytest.mark.parametrize("reader", ENTITIES)
def test_entity_sets(reader: str):
    name, marks, labels, bad = ENTITIES[reader]
    items, lost = read(reader, name)
    assert [mark for item in items for mark in labelled(item)] == marks
    assert all(item.labels == labels for item in items)
    assert lost.total() == bad


def test_a_token_of_two_words_stays_one():
    (item,), _ = read("nerp", "nerp.txt")
    assert item.text == "tirta kerja sama di balai teh"


def test_petrarch_codes_become_types():
    (first, second), lost = read("petrarch", "petrarch.xml")
    assert first.text == "Northland & allies shelled Eastport."
    assert (first.id, first.date, first.roots) == ("T_1", "2008-08-04", ("ASSAULT", "RETREAT"))
    assert (second.date, second.roots) == (None, ())
    assert lost == {
        "sentence without text": 1,
        "code outside CAMEO": 1,
        "CAMEO 01 and 02 are no events in PLOVER": 1,
    }


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ("B-A I-A O", [(0, 2, "A")]),
        ("B-A B-A", [(0, 1, "A"), (1, 2, "A")]),
        ("I-A I-B", [(0, 1, "A"), (1, 2, "B")]),
        ("B-A L-A I-A", [(0, 2, "A"), (2, 3, "A")]),
        ("U-A U-A", [(0, 1, "A"), (1, 2, "A")]),
        ("O O", []),
        ("L-A", [(0, 1, "A")]),
        ("B-A", [(0, 1, "A")]),
    ],
)
def test_runs_of_labels(labels: str, runs: list[tuple[int, int, str]]):
    assert conll.spans(labels.split()) == runs


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Ia ( 40 ) pergi .", "Ia (40) pergi."),
        ('" Ya , " kata dia : " Ayo ! "', '"Ya," kata dia: "Ayo!"'),
        ("“ Ya , ” kata dia .", "“Ya,” kata dia."),
        ("dana 5 / 6 untuk SJ - 182 - ", "dana 5/6 untuk SJ-182 -"),
        ("naik 5 % ; turun", "naik 5%; turun"),
    ],
)
def test_text_from_tokens(tokens: str, text: str):
    found, where = conll.detokenise(tokens.split())
    assert found == text
    assert [span.of(found) for span in where] == tokens.split()


def test_a_mark_that_never_closed_is_forgotten():
    tokens = ['"', *["kata"] * (conll.LONGEST_QUOTE + 1), '"', "Ya", '"']
    assert conll.detokenise(tokens)[0].endswith('kata "Ya"')


def test_runs_never_overlap_and_cover_every_label():
    kinds = ["O", "B-A", "I-A", "L-A", "U-A", "B-B", "I-B"]
    for labels in product(kinds, repeat=4):
        runs = conll.spans(labels)
        assert all(left[1] <= right[0] for left, right in pairwise(runs))
        covered = {i for start, end, _ in runs for i in range(start, end)}
        assert covered == {i for i, label in enumerate(labels) if label != "O"}
