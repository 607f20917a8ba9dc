"""A batch in processes that a test can kill: ``python -m tests.work.killed FOLDER``.

Pages come from files and go through everything that a real batch has, but for the network.
"""

import sys
import time
from pathlib import Path

from kronik import sources
from kronik.errors import NoArticle
from kronik.link.copies import Copies
from kronik.settings import Settings
from kronik.store import PageFiles, Store
from kronik.types import Doc, Page
from kronik.work.batch import Batch
from kronik.work.hands import Processes
from kronik.work.record import Record
from tests.example import VERSIONS, doc, page

PAGES = 400


def code(given: Page) -> Doc:
    """The example's article of that number; every seventh page is refused."""
    number = int(given.body.split()[-1])
    time.sleep(0.002)
    if number % 7 == 0:
        raise NoArticle("only links", where=given.place, remedy="give the article")
    return doc(number)


def lay_out(folder: Path) -> None:
    """The pages as files, in a folder of their own."""
    folder.mkdir(parents=True)
    for number in range(PAGES):
        (folder / f"{number:04}.txt").write_bytes(page(number).body)


def run(folder: Path) -> None:
    """Add all pages of ``folder/pages`` to ``folder/kronik.db``."""
    with Store.open(folder / "kronik.db") as store:
        record = Record(store, PageFiles.beside(store.path), Copies.of(store))
        batch = Batch(Processes(code, 2, 60), VERSIONS, record)
        for number, _ in enumerate(batch.docs(sources.pages([str(folder / "pages")], Settings()))):
            if number == 0:
                print("begun", flush=True)
        report = batch.report()
        print(report.read, report.known, len(report.refused), flush=True)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
