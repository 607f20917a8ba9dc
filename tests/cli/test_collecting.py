"""``kronik watch`` and ``kronik sources`` against a real site on loopback."""

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kronik.cli import verbs
from kronik.errors import NoArticle
from kronik.settings import Settings
from kronik.sources.web import Cache, Client, opener
from kronik.store import Store
from kronik.types import Doc, Page
from kronik.work import Job, watch
from kronik.work.batch import Batch
from kronik.work.hands import Threads
from kronik.work.record import Record
from tests.example import VERSIONS, doc
from tests.sources.web.site import NAME, Site, answer, network, serving
from tests.sources.web.test_opener import rss

ROOT = Path(__file__).resolve().parents[2]


def code(page: Page) -> Doc:
    """Reads "number N" as the example's article N, and all else not at all."""
    if b"number" not in page.body:
        raise NoArticle("only links", remedy="give the article")
    return replace(doc(int(page.body.split()[-1])), page_id=page.id, source_id=page.origin)


def reading(store: Store, job: Job, *, keep: bool = True) -> Batch:
    return Batch(Threads(code), VERSIONS, Record(store))


def client(settings: Settings, cache: Cache) -> Client:
    """The client as shipped, but for the way to the tests' own site."""
    quick = replace(settings.web, ports=(*range(1024, 65536),), delay=0.0, backoff=0.01, tries=2)
    return Client(replace(settings, web=quick), cache, network())


def patched(patch: Callable[[Any, str, Any], None]) -> None:
    patch(opener, "Client", client)
    patch(watch, "reading", reading)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        feed = rss(*(site.says(f"/{n}", answer(f"number {n}".encode())) for n in (2, 1)))
        site.says("/rss", answer(feed, content_type="application/rss+xml", etag='"a"'))
        yield site


@pytest.fixture
def feeds(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    patched(monkeypatch.setattr)
    path = Path("feeds.toml")
    path.write_text(f"contact = 'redaksi@{NAME}'\n[sources.kabar]\nurl = '{site.at('/rss')}'\n")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            verbs.main(arguments)
        return int(end.value.code or 0), *capsys.readouterr()

    return run


Run = Callable[..., tuple[int, str, str]]


def rows(run: Run) -> list[dict[str, Any]]:
    code, out, err = run("sources", "--format", "jsonl")
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_what_is_new_is_read_and_stored_once(run: Run, feeds: Path, site: Site) -> None:
    code, out, err = run("watch", str(feeds), "--once")
    assert (code, err) == (0, "")
    first, last = out.splitlines()
    assert first.endswith(" kabar: 2 new")
    assert last.startswith("2 read, 0 known, 0 refused in ")
    with Store.open("kronik.db") as store:
        assert {row.source_id for row in store.articles()} == {site.at("/1"), site.at("/2")}
    assert all(f"+redaksi@{NAME}" in asked.headers["user-agent"] for asked in site.asked)
    site.asked.clear()
    code, out, _ = run("watch", str(feeds), "--once")
    assert (code, out.splitlines()[0][:6]) == (0, "0 read")
    assert site.paths() == ["/rss"]
    assert site.asked[-1].headers["if-none-match"] == '"a"'


def test_the_health_of_sources_is_listed(run: Run, feeds: Path, site: Site) -> None:
    run("watch", str(feeds), "--once")
    (row,) = rows(run)
    assert (row["name"], row["url"], row["state"]) == ("kabar", site.at("/rss"), "good")
    assert (row["items"], row["items_a_day_7"], row["failures"]) == (2, 2.0, 0)
    _, out, _ = run("sources", "--format", "csv")
    (cells,) = csv.DictReader(out.splitlines())
    assert set(cells) == set(row)
    _, out, _ = run("sources")
    assert "kabar" in out
    assert "good" in out
    assert "2.0 (7 d)" in out
    assert json.loads(run("sources", "--format", "json")[1]) == [row]
    assert run("sources", "--limit", "0", "--format", "jsonl")[1] == ""


def test_pages_that_cannot_be_read_are_counted_and_kept_apart(
    run: Run, feeds: Path, site: Site
) -> None:
    site.says("/1", answer(b"only links"))
    code, out, err = run("watch", str(feeds), "--once")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("1 read, 0 known, 1 refused in ")
    site.asked.clear()
    run("watch", str(feeds), "--once")
    assert site.paths() == ["/rss"], "a page that was refused is not fetched again"


def test_a_source_that_fails_is_told_and_the_others_are_read(
    run: Run, feeds: Path, site: Site
) -> None:
    gone = site.says("/gone", answer(b"", 404))
    broken = site.says("/broken", answer(b"<rss><channel>", content_type="text/xml"))
    with feeds.open("a") as file:
        file.write(f"[sources.a]\nurl = '{gone}'\n[sources.b]\nurl = '{broken}'\n")
    code, out, err = run("watch", str(feeds), "--once")
    assert code == 1
    assert "kabar: 2 new" in out
    assert f" a: {gone}: 404" in err
    assert f" b: {broken}: a broken feed, line 1" in err
    assert [row["state"] for row in rows(run)] == ["failing", "failing", "good"]


def test_silence_is_warned_of_and_listed(run: Run, feeds: Path, site: Site) -> None:
    run("watch", str(feeds), "--once")
    with Store.open("kronik.db") as store:
        store._db.execute("UPDATE sources SET last_item_at = '2026-01-01T00:00:00+00:00'")
    code, _, err = run("watch", str(feeds), "--once")
    assert code == 0
    assert err.startswith("warning: ")
    assert " kabar: silent: no new item for " in err
    assert "one was expected within 1 d" in err
    assert [row["state"] for row in rows(run)] == ["silent"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[sources.a]\nurl = 3", "feeds.toml [sources.a]: watch: Expected `str`"),
        ("[sources.a]\nurl = 'https://a.example/'\nevery = '1h'", "unknown field `every`"),
        ("[", "feeds.toml: watch: it is not TOML"),
    ],
)
def test_a_wrong_list_is_told_before_anything_is_made(
    run: Run, feeds: Path, text: str, told: str
) -> None:
    feeds.write_text(text)
    code, out, err = run("watch", str(feeds))
    assert (code, out) == (1, "")
    assert told in err
    assert not Path("kronik.db").exists()


def test_without_a_database_there_are_no_sources(run: Run, feeds: Path) -> None:
    code, _, err = run("sources")
    assert code == 1
    assert "no such database" in err


WATCH = """
from pytest import MonkeyPatch
from kronik.cli import main
from tests.cli.test_collecting import patched
patched(MonkeyPatch().setattr)
main(["watch", "feeds.toml"])
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(run: Run, feeds: Path, site: Site, number: int) -> None:
    path = [str(ROOT), *filter(None, sys.path)]
    begun = subprocess.Popen(
        [sys.executable, "-c", WATCH],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": ":".join(path)},
        text=True,
    )
    patience = time.monotonic() + 60
    assert begun.stdout
    assert begun.stdout.readline().endswith("kabar: 2 new\n")
    begun.send_signal(number)
    out, err = begun.communicate(timeout=max(1, patience - time.monotonic()))
    assert (begun.returncode, err) == (0, "")
    assert out.startswith("2 read, 0 known, 0 refused in ")
    assert [row["state"] for row in rows(run)] == ["good"]
