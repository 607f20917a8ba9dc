"""Verbs that write the record: add, reread, and what was refused on the way."""
# ruff: noqa: PLC0415, PLR0913, PLR0917  imports wait for their verb; an option is a parameter

from __future__ import annotations

import sys
from itertools import islice

import typer

from kronik.cli import options
from kronik.cli.options import RowForm
from kronik.cli.speech import DB, conclude, most
from kronik.exchange.guard import printable

quarantine = typer.Typer(
    help="Pages that could not be read: list them, show one, try them again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add(
    inputs: options.Inputs,
    db: options.Db = DB,
    published: options.Published = None,
    lang: options.Lang = None,
    processes: options.Processes = 0,
    keep_pages: options.KeepPages = True,
    contact: options.Contact = "",
    map: options.Map = None,  # noqa: A002  named as its option
    mime: options.Mime = None,
    url: options.Url = None,
) -> None:
    """Read articles into a database, each page once."""
    from kronik import work
    from kronik.settings import Settings, Web
    from kronik.sources.web.opener import opened
    from kronik.steps.clean import Overrides
    from kronik.store import Store

    settings = Settings(threads=processes, web=Web(contact=contact))
    cache = db.with_name(f"{db.name}.cache")
    with Store.open(db) as store, opened(settings, cache, store.knows) as web:
        job = work.Job(settings, options.ways(web, map, mime, url), Overrides(published, lang))
        report = work.add(inputs, store, job, keep=keep_pages)
    copies = f" ({report.copied} of them copies)" if report.copied else ""
    print(
        f"{report.read} read{copies}, {report.known} known, {len(report.refused)} refused"
        f" in {report.seconds:.1f} s: {printable(str(db))}"
    )
    if report.known and (published or lang):
        print(
            "note: pages that were known keep what they were read with;"
            " --published and --lang speak of new ones",
            file=sys.stderr,
        )
    conclude(report)


def reread(db: options.Db = DB, processes: options.Processes = 0) -> None:
    """Read the stored pages again that an earlier version read, without the web."""
    from kronik.settings import Settings
    from kronik.store import Store
    from kronik.work import Job, again

    with Store.open(db, create=False) as store:
        report = again.reread(store, Job(Settings(threads=processes)))
    print(
        f"{report.read} say something new, {report.known} the same, {len(report.refused)} cannot"
        f" be read again in {report.seconds:.1f} s: {printable(str(db))}"
    )
    conclude(report)


@quarantine.command("list")
def listed(
    db: options.Db = DB, form: options.AsRows = RowForm.table, limit: options.Limit = None
) -> None:
    """List the pages that could not be read, and what mends them."""
    from kronik.exchange import show
    from kronik.store import RefusalRow, Store

    with Store.open(db, create=False) as store:
        show.rows(RefusalRow, islice(store.quarantine(), limit), form.value, most(limit))


@quarantine.command("show")
def shown(place: options.Place, db: options.Db = DB, raw: options.Raw = False) -> None:
    """Tell all about one refused page; with --raw, its bytes as they came."""
    from kronik.exchange import show
    from kronik.store import PageFiles, RefusalRow, Store

    with Store.open(db, create=False) as store:
        row, page = store.refusal(place)
        if raw and page:
            sys.stdout.buffer.write(PageFiles.beside(store.path).read(page.id))
            return
    show.rows(RefusalRow, iter([row]), RowForm.json.value, 1)


@quarantine.command("retry")
def retried(
    db: options.Db = DB,
    processes: options.Processes = 0,
    contact: options.Contact = "",
    map: options.Map = None,  # noqa: A002  named as its option
) -> None:
    """Try them all again; what can be read now leaves the quarantine."""
    from kronik.settings import Settings, Web
    from kronik.sources.web.opener import opened
    from kronik.store import Store
    from kronik.work import Job, again

    settings = Settings(threads=processes, web=Web(contact=contact))
    cache = db.with_name(f"{db.name}.cache")
    with Store.open(db, create=False) as store, opened(settings, cache) as web:
        report = again.retry(store, Job(settings, options.ways(web, map, None, None)))
    print(
        f"{report.read} read, {report.known} known, {len(report.refused)} refused again"
        f" in {report.seconds:.1f} s: {printable(str(db))}"
    )
    conclude(report)
