"""One article that every test of the store and of what leaves it can look at: built by hand."""

from dataclasses import replace
from hashlib import sha256

from kronik.types import (
    Actor,
    Doc,
    Event,
    Mention,
    Note,
    Page,
    Party,
    Quote,
    Span,
    Versions,
    stable_id,
)

VERSIONS = Versions(kronik="0.1.0", net="f" * 64, codebook="2.0")
TEXT = (
    "Menteri Sari Wulan menuduh Republik Utara menembak kapal nelayan.\n"
    '"Kami diserang di laut sendiri," katanya.\n'
    "Republik Utara akan menarik pasukan."
)
ACTORS = {
    "Menteri Sari Wulan": Actor(
        "sari-wulan", "Sari Wulan", "IDN", "GOV", "Menteri", "Q1", country_from="words"
    ),
    "Republik Utara": Actor("rut", "Republik Utara", "RUT", "GOV"),
}


def at(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """Where words stand in a text, the nth time that they do."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def mention(words: str, nth: int = 0) -> Mention:
    span = at(words, nth=nth)
    actor = ACTORS.get(words)
    why = None if actor else "no table knows it"
    kind = "PER" if words.startswith("Menteri") else "GPE" if actor else "MISC"
    return Mention(stable_id("m", words, nth), span, kind, 0, 0.9, actor, why)


def page(number: int = 0) -> Page:
    body = f"{TEXT} {number}".encode()
    return Page(
        sha256(body).hexdigest(), f"berita-{number}.txt", "text/plain", body, fetched_at=None
    )


def record(number: int, where: str) -> Page:
    """The page as a JSONL record that has the same id in every file."""
    return replace(page(number), origin="7", where=where)


def unresolved(doc: Doc, words: str) -> Doc:
    """The article, had these words been a pronoun that stands for nobody."""
    there = at(words)
    return replace(
        doc,
        mentions=tuple(
            replace(one, actor=None, why="nobody before it", pronoun=True)
            if one.span == there
            else one
            for one in doc.mentions
        ),
    )


def doc(number: int = 0) -> Doc:
    """An article with two quotes, three events, a clitic speaker and an unresolved mention."""
    minister, north = at("Menteri Sari Wulan"), at("Republik Utara")
    boat, clitic = at("kapal nelayan"), Party(None, minister)
    accused = Quote(
        stable_id("q", number, 0),
        at("Republik Utara menembak kapal nelayan"),
        "indirect",
        at("menuduh"),
        Party(minister),
        0.8,
    )
    spoken = Quote(
        stable_id("q", number, 1), at("Kami diserang di laut sendiri"), "direct", at("kata"),
        clitic, 0.95,
    )  # fmt: skip
    events = (
        Event(
            stable_id("e", number, 0), 0, "ACCUSE", None, 3, -3.0, at("menuduh"),
            (Party(minister),), (Party(north),), "actual", None, 0.9,
        ),
        Event(
            stable_id("e", number, 1), 0, "ASSAULT", "firearms", 4, -9.0, at("menembak"),
            (Party(north),), (Party(boat),), "actual", accused.id, 0.7, ("COERCE", 0.2),
            ("military",),
        ),
        Event(
            stable_id("e", number, 2), 2, "RETREAT", "withdraw", 2, 8.0, at("menarik"),
            (Party(at("Republik Utara", nth=1)),), (), "future", None, 0.6,
        ),
    )  # fmt: skip
    mentions = (
        mention("Menteri Sari Wulan"),
        mention("Republik Utara"),
        mention("kapal nelayan"),
        mention("Republik Utara", nth=1),
    )
    return Doc(
        id=stable_id("a", number),
        page_id=page(number).id,
        source_id=f"berita-{number}.txt",
        text=TEXT,
        lang="id",
        title="Menteri menuduh tetangga",
        bylines=("A. Penulis",),
        published="2015-11-27",
        published_precision="day",
        outlet="contoh.id",
        notes=(Note("clean", "one mark was left open"),),
        sentences=tuple(at(line) for line in TEXT.split("\n")),
        quotes=(accused, spoken),
        events=events,
        mentions=tuple(replace(one, id=stable_id("m", number, one.span)) for one in mentions),
    )
