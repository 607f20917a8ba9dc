"""One verb a function. What verbs do stands in the modules that they import.

Those modules are imported inside the verbs, so that ``kronik --help`` does not wait for the
network to load.
"""
# ruff: noqa: PLC0415, PLR0913, PLR0917  imports wait for their verb; an option is a parameter

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kronik import __version__
from kronik.cli import options
from kronik.cli.options import AnswerForm, DocForm, RowForm
from kronik.errors import KronikError
from kronik.exchange.guard import printable

if TYPE_CHECKING:
    from kronik.work import Report

app = typer.Typer(
    name="kronik",
    help="Reads Indonesian and English news and keeps the record: who did what to whom, who said "
    "what, each with the sentence that says so.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
DB = Path("kronik.db")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb and exit: 0, 1 where something could not be done, 2 where it was misput."""
    if isinstance(sys.stdout, TextIOWrapper):  # news does not fit into the code page of a console
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        app(arguments)
    except KronikError as error:
        _complain(error.where, f"{error.step}: {error.what}", error.remedy)
        sys.exit(1)


def _version(asked: bool) -> None:
    if asked:
        print(f"kronik {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    """What stands before every verb."""


@app.command()
def read(
    inputs: options.Inputs,
    form: options.AsDocs = DocForm.text,
    published: options.Published = None,
    lang: options.Lang = None,
    ui: options.Ui = "en",
    min_score: options.MinScore = None,
    threads: options.Threads = 0,
    explain: options.Explain = False,
) -> None:
    """Read articles and print what they say."""
    from kronik import work
    from kronik.exchange import show
    from kronik.explain import explain as why
    from kronik.kit import Kit
    from kronik.settings import Settings
    from kronik.steps.clean import Overrides

    kit = Kit.load(Settings(min_score=min_score, threads=threads))
    batch = work.batch(kit, overrides=Overrides(published=published, lang=lang))
    ask = partial(why, kit=kit) if explain else None
    show.articles(work.docs(inputs, kit, batch), form.value, batch.versions, ui, ask)
    _conclude(batch.report())


@app.command()
def demo(form: options.AsDocs = DocForm.text, ui: options.Ui = "en") -> None:
    """Read the example articles that come with Kronik."""
    from kronik import work

    read([str(work.DEMO)], form, ui=ui)


@app.command()
def add(
    inputs: options.Inputs,
    db: options.Db = DB,
    published: options.Published = None,
    lang: options.Lang = None,
    threads: options.Threads = 0,
) -> None:
    """Read articles into a database, each page once."""
    from kronik import work
    from kronik.kit import Kit
    from kronik.settings import Settings
    from kronik.steps.clean import Overrides
    from kronik.store import Store

    kit = Kit.load(Settings(threads=threads))
    with Store.open(db) as store:
        report = work.run(inputs, store, kit, Overrides(published=published, lang=lang))
    print(
        f"{report.read} read, {report.known} known, {len(report.refused)} refused"
        f" in {report.seconds:.1f} s: {printable(str(db))}"
    )
    if report.known and (published or lang):
        print(
            "note: pages that were known keep what they were read with;"
            " --published and --lang speak of new ones",
            file=sys.stderr,
        )
    _conclude(report)


@app.command()
def events(
    db: options.Db = DB,
    form: options.AsRows = RowForm.table,
    kind: options.Type = None,
    actor: options.ActorName = None,
    recipient: options.Recipient = None,
    speaker: options.Speaker = None,
    country: options.Country = None,
    since: options.Since = None,
    until: options.Until = None,
    status: options.State = None,
    text: options.Text = None,
    lang: options.Lang = None,
    limit: options.Limit = None,
) -> None:
    """List who did what to whom."""
    from kronik.exchange import show
    from kronik.store import EventRow, Filter, Store

    wanted = Filter(
        kind, actor, recipient, country, since, until, status, text, speaker, lang, limit
    )
    with Store.open(db, create=False) as store:
        show.rows(EventRow, store.events(wanted), form.value, _most(limit))


@app.command()
def explain(
    event: options.EventId,
    db: options.Db = DB,
    form: options.AsAnswer = AnswerForm.text,
    ui: options.Ui = "en",
) -> None:
    """Say why a stored event is coded as it is."""
    from kronik.exchange import show
    from kronik.explain import again
    from kronik.explain import explain as why
    from kronik.kit import Kit
    from kronik.settings import Settings
    from kronik.store import Store

    with Store.open(db, create=False) as store:
        claim = store.claim(event)
    kit = Kit.load(Settings(min_score=0.0))
    doc, asked = again(claim, kit)
    show.answer(doc, asked, partial(why, kit=kit, claim=claim), form.value, ui)


@app.command()
def quotes(
    db: options.Db = DB,
    form: options.AsRows = RowForm.table,
    speaker: options.Speaker = None,
    country: options.Country = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Text = None,
    lang: options.Lang = None,
    limit: options.Limit = None,
) -> None:
    """List who said what."""
    from kronik.exchange import show
    from kronik.store import Filter, QuoteRow, Store

    wanted = Filter(
        speaker=speaker,
        country=country,
        since=since,
        until=until,
        text=text,
        lang=lang,
        limit=limit,
    )
    with Store.open(db, create=False) as store:
        show.rows(QuoteRow, store.quotes(wanted), form.value, _most(limit))


@app.command()
def articles(
    db: options.Db = DB,
    form: options.AsRows = RowForm.table,
    country: options.Country = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Text = None,
    lang: options.Lang = None,
    limit: options.Limit = None,
) -> None:
    """List the articles that were read."""
    from kronik.exchange import show
    from kronik.store import ArticleRow, Filter, Store

    wanted = Filter(country=country, since=since, until=until, text=text, lang=lang, limit=limit)
    with Store.open(db, create=False) as store:
        show.rows(ArticleRow, store.articles(wanted), form.value, _most(limit))


@app.command()
def quarantine(
    db: options.Db = DB,
    form: options.AsRows = RowForm.table,
    limit: options.Limit = None,
) -> None:
    """List the pages that could not be read, and what mends them."""
    from kronik.exchange import show
    from kronik.store import RefusalRow, Store

    with Store.open(db, create=False) as store:
        show.rows(RefusalRow, islice(store.quarantine(), limit), form.value, _most(limit))


@app.command()
def doctor() -> None:
    """Check this installation, part by part."""
    from kronik.cli.doctor import findings
    from kronik.exchange import show

    parts = list(findings())
    show.grid(("part", "found", "remedy"), [(p.part, p.found, p.remedy) for p in parts])
    broken = [part.part for part in parts if part.remedy]
    print(f"not fit to read: {', '.join(broken)}" if broken else "fit to read")
    if broken:
        raise typer.Exit(1)


def _most(limit: int | None) -> int:
    """How many rows a table shows."""
    return 50 if limit is None else limit


def _conclude(report: Report) -> None:
    """Tell what was refused, last and on standard error, and exit 1 if anything was."""
    for refusal in report.refused:
        _complain(refusal.origin, f"{refusal.step}: {refusal.reason}", refusal.remedy)
    if report.refused:
        raise typer.Exit(1)


def _complain(where: str | None, what: str, remedy: str | None) -> None:
    """One or two lines for people; a page's own words may not steer their terminal."""
    place = f"{where}: " if where else ""
    print(printable(f"error: {place}{what}"), file=sys.stderr)
    if remedy:
        print(printable(f"       {remedy}"), file=sys.stderr)
