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
from typing import Annotated

import typer

from kronik import __version__
from kronik.cli import collecting, keeping, options
from kronik.cli.options import AnswerForm, DocForm, RowForm
from kronik.cli.speech import DB, complain, conclude, most
from kronik.errors import KronikError

app = typer.Typer(
    name="kronik",
    help="Reads Indonesian and English news and keeps the record: who did what to whom, who said "
    "what, each with the sentence that says so.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one verb and exit: 0, 1 where something could not be done, 2 where it was misput."""
    if isinstance(sys.stdout, TextIOWrapper):  # news does not fit into the code page of a console
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        app(arguments)
    except KronikError as error:
        complain(error.where, f"{error.step}: {error.what}", error.remedy)
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
    contact: options.Contact = "",
    map: options.Map = None,  # noqa: A002  named as its option
    mime: options.Mime = None,
    url: options.Url = None,
) -> None:
    """Read articles and print what they say."""
    from kronik import work
    from kronik.exchange import show
    from kronik.explain import explain as why
    from kronik.kit import Kit
    from kronik.settings import Settings, Web
    from kronik.sources.web.opener import opened
    from kronik.steps.clean import Overrides

    kit = Kit.load(Settings(min_score=min_score, threads=threads, web=Web(contact=contact)))
    batch = work.reading(kit, Overrides(published=published, lang=lang))
    ask = partial(why, kit=kit) if explain else None
    with opened(kit.settings, None) as web:
        job = work.Job(kit.settings, options.ways(web, map, mime, url))
        show.articles(work.docs(inputs, batch, job), form.value, batch.versions, ui, ask)
    conclude(batch.report())


@app.command()
def demo(form: options.AsDocs = DocForm.text, ui: options.Ui = "en") -> None:
    """Read the example articles that come with Kronik."""
    from kronik import work

    read([str(work.DEMO)], form, ui=ui)


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
    no_copies: options.NoCopies = False,
    limit: options.Limit = None,
) -> None:
    """List who did what to whom."""
    from kronik.exchange import show
    from kronik.store import EventRow, Filter, Store

    wanted = Filter(
        kind, actor, recipient, country, since, until, status, text, speaker, lang, limit,
        copies=not no_copies,
    )  # fmt: skip
    with Store.open(db, create=False) as store:
        show.rows(EventRow, store.events(wanted), form.value, most(limit))


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
    no_copies: options.NoCopies = False,
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
        copies=not no_copies,
    )
    with Store.open(db, create=False) as store:
        show.rows(QuoteRow, store.quotes(wanted), form.value, most(limit))


@app.command()
def articles(
    db: options.Db = DB,
    form: options.AsRows = RowForm.table,
    country: options.Country = None,
    since: options.Since = None,
    until: options.Until = None,
    text: options.Text = None,
    lang: options.Lang = None,
    no_copies: options.NoCopies = False,
    limit: options.Limit = None,
) -> None:
    """List the articles that were read."""
    from kronik.exchange import show
    from kronik.store import ArticleRow, Filter, Store

    wanted = Filter(
        country=country,
        since=since,
        until=until,
        text=text,
        lang=lang,
        limit=limit,
        copies=not no_copies,
    )
    with Store.open(db, create=False) as store:
        show.rows(ArticleRow, store.articles(wanted), form.value, most(limit))


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


for verb in (keeping.add, keeping.reread, collecting.watch, collecting.sources):
    app.command()(verb)
app.add_typer(keeping.quarantine, name="quarantine")
