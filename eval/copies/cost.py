"""What finding copies costs: made-up articles into a real store, in a process of its own."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from kronik.link import Copies
from kronik.store import Marked, Store
from kronik.types import Doc, Page, Versions, stable_id

T = TypeVar("T")

WORDS = 250
"""Length of an article, as Indonesian news has it."""
VOCABULARY = 30_000
COPIED, FORMS = 0.15, 0.05
"""Of the articles, those that copy an earlier one, and those that are a form filled in anew."""
CHANGED = 0.05
"""Of a copy's words, those that are other than its original's."""
VERSIONS = Versions("0", "0", "0")


@dataclass(frozen=True, slots=True)
class Cost:
    """What so many articles cost: seconds of the processor for looking for copies, and for storing
    with it; memory of the process at its highest and before the first article; both when a store
    is opened again."""

    articles: int
    mark_seconds: float
    store_seconds: float
    start_mb: float
    peak_mb: float
    again_seconds: float
    again_mb: float
    planted: int
    found: int
    mistaken: int


@dataclass(slots=True)
class Timed:
    """A marker that is timed, and checked against what was planted."""

    copies: Copies
    method: str
    seconds: float = 0.0

    def mark(self, doc: Doc) -> Marked:
        """As the marker that it times."""
        since = time.process_time()
        marked = self.copies.mark(doc)
        self.seconds += time.process_time() - since
        return marked


def cost(articles: int) -> Cost:
    """Store so many articles, then open the store again."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kronik.db"
        filled = _apart(_fill, path, articles)
        again_seconds, again_mb = _apart(_open, path, articles)
    seconds, whole, start, peak, planted, found, mistaken = filled
    return Cost(
        articles, seconds, whole, start, peak, again_seconds, again_mb, planted, found, mistaken
    )


def _apart(task: Callable[[Path, int], T], path: Path, articles: int) -> T:
    """A task in a process of its own, whose memory is measured."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, path, articles).result()


def _fill(path: Path, articles: int) -> tuple[float, float, float, float, int, int, int]:
    planted = found = mistaken = 0
    stored = 0.0
    _weights()
    start = _peak()
    with Store.open(path) as store:
        marker = Timed(Copies.of(store), Copies.method)
        for number in range(articles):
            text, original = _article(number)
            page, doc = _page(number, text)
            since = time.process_time()
            added = store.add(page, doc, VERSIONS, copies=marker)
            stored += time.process_time() - since
            got = added.copy.original_id if added and added.copy else None
            planted += original is not None
            found += original is not None and got is not None
            mistaken += original is None and got is not None
    return marker.seconds, stored, start, _peak(), planted, found, mistaken


def _open(path: Path, articles: int) -> tuple[float, float]:  # noqa: ARG001  as every task
    since = time.process_time()
    with Store.open(path) as store:
        Copies.of(store).mark(_page(0, "Satu artikel yang belum ada di sana.")[1])
    return time.process_time() - since, _peak()


def _article(number: int) -> tuple[str, int | None]:
    """A text, and the number of the article that it copies, if it does."""
    random = Random(number)
    kind = random.random()
    if number and kind < COPIED:
        original = random.randrange(number)
        words = _article(original)[0].split()
        for at in random.sample(range(len(words)), round(CHANGED * len(words))):
            words[at] = _word(random)
        return " ".join(words), original
    if kind < COPIED + FORMS:
        return _form(random), None
    return " ".join(_word(random) for _ in range(WORDS)), None


def _form(random: Random) -> str:
    """One of ten forms with other figures."""
    form = Random(f"form {random.randrange(10)}")
    words = [_word(form) for _ in range(WORDS)]
    words[::10] = [f"{random.randrange(10_000)}" for _ in words[::10]]
    return " ".join(words)


def _word(random: Random) -> str:
    return f"kata{random.choices(range(VOCABULARY), cum_weights=_weights())[0]}"


@cache
def _weights() -> list[float]:
    """Words are as frequent as their rank allows (Zipf)."""
    return list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))


def _page(number: int, text: str) -> tuple[Page, Doc]:
    body = f"{number}".encode()
    page = Page(sha256(body).hexdigest(), f"{number}.txt", "text/plain", body)
    return page, Doc(stable_id("a", page.id), page.id, page.origin, text, "id")


def _peak() -> float:
    """The most memory this process has had, in MB (10⁶ bytes)."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
