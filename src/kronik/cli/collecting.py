"""Verbs that watch the web: feeds polled until stopped, and how each of them does."""
# ruff: noqa: PLC0415  imports wait for their verb

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kronik.cli import options
from kronik.cli.options import RowForm
from kronik.cli.speech import DB, complain, most
from kronik.exchange.guard import printable
from kronik.exchange.times import stretch

if TYPE_CHECKING:
    from kronik.work.watch import Poll

Feeds = Annotated[
    Path,
    typer.Argument(
        metavar="FEEDS.TOML",
        help="The list of sources: feeds and sitemaps, each with its address.",
        show_default=False,
    ),
]
Once = Annotated[bool, typer.Option("--once", help="Poll each source once and end.")]


def watch(
    feeds: Feeds,
    db: options.Db = DB,
    once: Once = False,
    keep_pages: options.KeepPages = True,
) -> None:
    """Poll feeds and sitemaps until stopped, and read what is new into a database."""
    from kronik.settings import Settings, Web
    from kronik.sources.web.opener import opened
    from kronik.store import Store
    from kronik.work import Job, watchlist
    from kronik.work.watch import Watch, reading, stopped

    listed = watchlist.read(feeds)
    settings = Settings(web=Web(contact=listed.contact))
    cache = db.with_name(f"{db.name}.cache")
    with Store.open(db) as store, opened(settings, cache, store.knows) as web, stopped() as stop:
        batch = reading(store, Job(settings), keep=keep_pages)
        watching = Watch(listed.sources, web, store.health, stop, _tell)
        for _ in batch.docs(watching.pages(once=once)):
            pass
    report = batch.report()
    print(
        f"{report.read} read, {report.known} known, {len(report.refused)} refused"
        f" in {stretch(round(report.seconds))}: {printable(str(db))}"
    )
    if once and watching.failing:
        raise typer.Exit(1)


def sources(
    db: options.Db = DB, form: options.AsRows = RowForm.table, limit: options.Limit = None
) -> None:
    """List the watched sources: when each was polled, what comes of it, which are silent."""
    from kronik.exchange import show
    from kronik.store import SourceRow, Store

    with Store.open(db, create=False) as store:
        show.rows(SourceRow, islice(store.health.rows(), limit), form.value, most(limit))


def _tell(poll: Poll) -> None:
    """A line where a poll brought something, and what is wrong on standard error."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    if poll.new or poll.lost:
        lost = f", {poll.lost} could not be fetched" if poll.lost else ""
        print(printable(f"{now} {poll.source}: {poll.new} new{lost}"), flush=True)
    wrong = poll.failure or poll.fault
    if wrong:
        complain(f"{now} {poll.source}", f"{wrong.where}: {wrong.what}", wrong.remedy)
    if row := poll.silent:
        told = f"silent: no new item for {stretch(row.silent_for or 0)}"
        expected = f"one was expected within {stretch(row.silent_after)}"
        print(printable(f"warning: {now} {poll.source}: {told}; {expected}"), file=sys.stderr)
