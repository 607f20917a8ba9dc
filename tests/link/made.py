"""Articles without claims, to try what is a copy of what."""

from hashlib import sha256
from pathlib import Path
from random import Random

from kronik.link import Copies
from kronik.store import Store
from kronik.store.write import Added
from kronik.types import Doc, Page, stable_id
from tests.example import VERSIONS

WORDS = 120


def prose(seed: int, words: int = WORDS) -> str:
    """A text of made-up words, which shares no three in a row with that of another seed."""
    random = Random(seed)
    return " ".join(
        f"{random.choice('bdgklmnprst')}a{random.getrandbits(24):x}" for _ in range(words)
    )


def changed(text: str, share: float, seed: int = 0) -> str:
    """The text with some share of its words replaced, here and there."""
    random = Random(seed)
    parts = text.split()
    for at in random.sample(range(len(parts)), round(share * len(parts))):
        parts[at] = f"lain{random.getrandbits(32):x}"
    return " ".join(parts)


def article(number: int, text: str, published: str | None = None, at: str | None = None) -> Doc:
    """The article that stands on page ``number``, at an address if one is given."""
    page_id = page(number).id
    return Doc(
        stable_id("a", page_id), page_id, f"{number}", text, "id", published=published, canonical=at
    )


def page(number: int) -> Page:
    body = f"{number}".encode()
    return Page(sha256(body).hexdigest(), f"{number}.txt", "text/plain", body)


def add(store: Store, copies: Copies | None, number: int, doc: Doc) -> Added | None:
    return store.add(page(number), doc, VERSIONS, copies=copies)


def originals(path: str | Path | Store) -> dict[str, str]:
    """Whose copy each article is, by their pages' names."""
    with Store.open(path) if not isinstance(path, Store) else path as store:
        rows = {row.id: row for row in store.articles()}
        return {row.source_id: rows[row.copy_of].source_id for row in rows.values() if row.copy_of}
