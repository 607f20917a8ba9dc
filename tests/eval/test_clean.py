"""How cleaned pages are scored, and how the scraper's gold is corrected; the pages are made up."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from rich.console import Console

from eval import clean, gate
from eval.readers import pages
from eval.readers.pages import Article, Correction, PageItem, PageSet, PageSetError, Segments
from eval.score import bodies
from eval.score.bodies import Cleaned
from eval.score.tally import Tally

ADDRESS = "https://kabar.example/baca/"
LINES = (
    "Wali kota menutup jembatan yang retak.",
    "Warga memutar lewat desa sebelah selama perbaikan.",
)
GOLD = Article(
    body=LINES,
    title="Jembatan “Lama” Ditutup",
    published="2043-05-11",
    bylines=("Rahma Sujana",),
    also=("Editor Satu", "rsj"),
    dateline="SUKAWANA",
    section="Daerah",
    canonical="https://kabar.example/1",
)
PERFECT = Cleaned(
    text="\n".join(LINES),
    title='Jembatan "Lama" Ditutup',
    published="2043-05-11",
    bylines=("Rahma Sujana",),
    dateline="SUKAWANA",
    section="Daerah",
    canonical="https://kabar.example/1",
)
HTML = (
    "<html><head><title>x</title><script>1 < 2</script></head><body><div>Menu</div>"
    "<p>SUKAWANA - <b>Wali kota</b> menutup jembatan <!-- iklan -->yang\n retak.</p>"
    "<p>Warga memutar lewat desa sebelah<br>selama perbaikan.</p><p>(rsj)</p></body></html>"
)


def figures(*found: Cleaned, gold: Article = GOLD) -> dict[str, float | None]:
    return bodies.figures([bodies.score(one, gold) for one in found])


def test_a_perfect_reading_has_every_figure_at_one() -> None:
    told = figures(PERFECT, PERFECT)
    assert len(told) == 13
    assert set(told.values()) == {1.0}


def test_a_wrong_reading_has_every_figure_at_nought() -> None:
    wrong = Cleaned("Cuaca cerah.", "Cuaca", "2043-05-12", ("Orang Lain",), "", "", "")
    assert set(figures(wrong).values()) == {0.0}


def test_a_refused_page_costs_recall_and_its_own_precision() -> None:
    told = figures(PERFECT, Cleaned(refused="no article found"))
    assert told["tokens.precision"] == 1.0
    assert told["tokens.recall"] == 0.5
    assert told["pages.precision"] == 0.5
    assert told["title"] == 0.5


def test_every_token_counts_as_often_as_it_stands_there() -> None:
    gold = replace(GOLD, body=("ya tidak ya",))
    tally = bodies.body(Cleaned("ya ya ya, tidakkah"), gold)["tokens"]
    assert tally == Tally(hit=2, predicted=4, gold=3)


def test_glued_words_are_wrong_and_glued_sentences_are_not() -> None:
    gold = replace(GOLD, body=("Jalan ditutup.", "Warga memutar."))
    assert bodies.body(Cleaned("Jalan ditutup.Warga memutar."), gold)["tokens"].f1 == 1.0
    assert bodies.body(Cleaned("Jalan ditutupWarga memutar."), gold)["tokens"].hit == 2


def test_pages_weigh_the_same_in_means_and_by_length_over_all() -> None:
    short = bodies.body(Cleaned("satu"), replace(GOLD, body=("satu",)))
    long = bodies.body(Cleaned("dua " * 8), replace(GOLD, body=("dua " * 7 + "lain",)))
    told = bodies.figures([short, long])
    assert told["tokens.precision"] == pytest.approx(8 / 9)
    assert told["pages.precision"] == pytest.approx((1 + 7 / 8) / 2)


def test_shingles_see_the_order_that_a_bag_does_not() -> None:
    words = list("abcdefgh")
    gold = replace(GOLD, body=(" ".join(words),))
    told = figures(Cleaned(" ".join(words[4:] + words[:4])), gold=gold)
    assert told["tokens.f1"] == 1.0
    # of five shingles each side two are alike: a quarter of the eight there are
    assert told["shingles.f1"] == pytest.approx(2 * 0.25 / (2 * 0.25 + 0.75))


def test_a_text_of_fewer_words_than_a_shingle_is_one() -> None:
    assert list(bodies.shingles(["a", "b"])) == [("a", "b")]
    assert list(bodies.shingles([])) == []
    assert len(list(bodies.shingles(list("abcde")))) == 2


@pytest.mark.parametrize(
    ("names", "right"),
    [
        (("Rahma Sujana",), True),
        (("rahma sujana", "Editor Satu"), True),
        (("Rahma Sujana", "rsj"), True),
        (("Rahma Sujana/rsj",), True),
        ((), False),
        (("rsj",), False),
        (("Rahma Sujana", "Orang Lain"), False),
    ],
)
def test_a_byline_names_who_wrote_and_nobody_who_does_not_stand_there(
    names: tuple[str, ...], right: bool
) -> None:
    assert figures(replace(PERFECT, bylines=names))["byline"] == right


def test_what_gold_does_not_tell_is_not_scored() -> None:
    bare = Article(LINES, "Judul", None)
    told = figures(Cleaned("\n".join(LINES), "Judul"), gold=bare)
    assert {name for name in told if "." not in name} == {"title", "date"}
    assert told["date"] == 1.0
    assert figures(replace(PERFECT, title="Judul"), gold=bare)["date"] == 0.0


def test_segments_are_counted_as_trafilatura_does() -> None:
    gold = Segments(("jembatan", "tidak ada"), ("Menu", "retak"))
    told = bodies.figures([bodies.score(PERFECT, gold)])
    assert told["segments.precision"] == 0.5
    assert told["segments.recall"] == 0.5
    assert told["accuracy"] == 0.5


def test_intervals_hold_the_figure_and_need_two_pages() -> None:
    half = Cleaned(LINES[0], title=GOLD.title)
    tallies = [bodies.score(one, GOLD) for one in (PERFECT, half, PERFECT, half)]
    low, high = bodies.intervals(tallies)["tokens.recall"]
    recall = bodies.figures(tallies)["tokens.recall"]
    assert recall is not None
    assert low < recall < high
    assert bodies.intervals(tallies[:1]) == {}


def test_differences_are_written_as_they_stand() -> None:
    found = f"Menu\n{LINES[0]} Baca juga: Pasar Baru\nWarga memutar selama perbaikan."
    told = [(one.lost, one.words) for one in bodies.differences(found, "\n".join(LINES))]
    assert told == [
        (False, "Menu"),
        (False, "Baca juga: Pasar Baru"),
        (True, "lewat desa sebelah"),
    ]


# The sets -------------------------------------------------------------------------------------


def test_the_lines_of_a_page_are_its_blocks() -> None:
    assert pages.page_lines(HTML.encode()) == [
        "Menu",
        "SUKAWANA - Wali kota menutup jembatan yang retak.",
        "Warga memutar lewat desa sebelah",
        "selama perbaikan.",
        "(rsj)",
    ]


def test_a_line_is_known_by_its_normalised_text() -> None:
    assert pages.line_id(" Rapat\u00a0 ditunda \n") == pages.line_id("Rapat ditunda")
    assert pages.line_id("Rapat ditunda") != pages.line_id("Rapat Ditunda")


def row(action: str, line: str = "", at: str = "", value: str = "") -> Correction:
    return Correction("satu", action, pages.line_id(line) if line else "", at, value)


def test_corrections_are_applied_in_their_order() -> None:
    taken = Article(("SUKAWANA - Satu.", "0 Komentar", "Tiga."), "Judl", "2043-05-10")
    made = [
        row("drop", "0 Komentar"),
        row("add", "Dua.", at="1"),
        row("cut", "SUKAWANA - Satu.", value="SUKAWANA -"),
        row("title", value="Judul"),
        row("date", value="2043-05-11"),
        row("byline", value="Rahma Sujana"),
        row("also", value="rsj"),
        row("dateline", value="SUKAWANA"),
    ]
    assert pages.corrected(taken, made, ["Menu", "Dua."]) == Article(
        body=("Satu.", "Dua.", "Tiga."),
        title="Judul",
        published="2043-05-11",
        bylines=("Rahma Sujana",),
        also=("rsj",),
        dateline="SUKAWANA",
    )


def test_nobody_signed_is_told_by_an_empty_byline() -> None:
    assert pages.corrected(GOLD, [row("byline")], []).bylines == ()
    assert pages.corrected(GOLD, [], []).bylines == GOLD.bylines


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (row("drop", "Baris yang tidak ada."), "no line of its gold has the hash"),
        (row("cut", "Baris yang tidak ada.", value="tidak"), "no line of its gold has the hash"),
        (row("cut", LINES[0], value="gubernur"), "stands not once"),
        (row("cut", LINES[0], value="a"), "stands not once"),
        (row("add", "Baris yang tidak ada.", at="0"), "no line of the page has the hash"),
        (row("mend", LINES[0]), "no correction is called 'mend'"),
    ],
)
def test_a_correction_that_finds_nothing_is_an_error(wrong: Correction, told: str) -> None:
    with pytest.raises(PageSetError, match=told):
        pages.corrected(GOLD, [wrong], list(LINES[1:]))


@pytest.fixture
def scraped(tmp_path: Path) -> PageSet:
    """A page as a scraper read it, with a table that mends it."""
    (tmp_path / "set" / "html").mkdir(parents=True)
    (tmp_path / "set" / "html" / "satu.html").write_text(HTML, encoding="utf-8")
    content = "SUKAWANA - Wali kota menutup jembatan yang retak.\n(rsj)"
    made = {"html": "x/satu.html", "title": "Jembatan", "date": 1_455_588_656_000, "url": ADDRESS}
    (tmp_path / "set" / "gold.json").write_text(json.dumps([made | {"content": content}]))
    write_corrections(tmp_path / "mend.tsv", [row("drop", "(rsj)")])
    return PageSet(
        "made", str(tmp_path / "set"), "scraped", "MIT", corrections=str(tmp_path / "mend.tsv")
    )


def write_corrections(path: Path, rows: Sequence[Correction]) -> None:
    lines = ["# told to people", "page\taction\tline\tat\tvalue"]
    lines += [f"{r.page}\t{r.action}\t{r.line}\t{r.at}\t{r.value}" for r in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_scraped_page_is_read_with_its_corrections(scraped: PageSet) -> None:
    (item,) = scraped.items()
    assert item.id == "satu"
    assert item.source == HTML.encode()
    assert item.url == ADDRESS
    assert item.gold == Article(
        ("SUKAWANA - Wali kota menutup jembatan yang retak.",), "Jembatan", "2016-02-16"
    )


def test_a_correction_of_no_page_is_an_error(scraped: PageSet) -> None:
    assert scraped.corrections
    stray = replace(row("title", value="x"), page="dua")
    write_corrections(Path(scraped.corrections), [stray])
    with pytest.raises(PageSetError, match="no page is called 'dua'"):
        scraped.items()


def test_the_hash_of_a_set_changes_with_its_corrections(scraped: PageSet) -> None:
    assert scraped.corrections
    before = scraped.sha256()
    write_corrections(Path(scraped.corrections), [])
    assert scraped.sha256() != before


def test_segments_are_read_from_the_archive(tmp_path: Path) -> None:
    table = {
        f"{ADDRESS}{name}": {"file": f"{name}.html", "with": ["ya"], "without": []}
        for name in ("ada", "tiada")
    }
    (tmp_path / "evaldata.json").write_text(json.dumps(table), encoding="utf-8")
    with tarfile.open(tmp_path / "html.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("cache/ada.html")
        member.size = 5
        archive.addfile(member, BytesIO(b"<p>ya"))
    (item,) = PageSet("made", str(tmp_path), "segments", "MIT", lang="en").items()
    assert item == PageItem("ada", b"<p>ya", Segments(("ya",), ()), f"{ADDRESS}ada", "en")


def test_a_written_page_needs_its_reading_beside_it(tmp_path: Path) -> None:
    said = {
        "url": ADDRESS,
        "title": GOLD.title,
        "published": GOLD.published,
        "bylines": ["Rahma Sujana"],
        "editors": ["Editor Satu"],
        "initials": "rsj",
        "dateline": "SUKAWANA",
        "section": "Daerah",
        "canonical": GOLD.canonical,
        "body": LINES,
    }
    (tmp_path / "01-kabar.html").write_text(HTML, encoding="utf-8")
    own = PageSet("made", str(tmp_path), "written", "MIT")
    with pytest.raises(PageSetError, match="nothing says what stands on it"):
        own.items()
    (tmp_path / "01-kabar.json").write_text(json.dumps(said), encoding="utf-8")
    (item,) = own.items()
    assert item.gold == GOLD
    assert item.url == ADDRESS


@pytest.mark.parametrize("content", ["", "{", "[]", '[{"html": "x"}]'])
def test_what_is_no_set_is_an_error(scraped: PageSet, content: str) -> None:
    (scraped.where / "gold.json").write_text(content, encoding="utf-8")
    with pytest.raises(PageSetError):
        scraped.items()


@pytest.mark.parametrize("name", [name for name, one in pages.page_sets().items() if one.present])
def test_every_set_that_is_here_can_be_read(name: str) -> None:
    items = pages.page_sets()[name].items()
    assert len({item.id for item in items}) == len(items)
    assert all(item.source for item in items)


# The command ----------------------------------------------------------------------------------


def test_the_details_tell_what_is_lost_and_what_is_too_many(
    capsys: pytest.CaptureFixture[str],
) -> None:
    item = PageItem("satu", b"", GOLD)
    found = replace(PERFECT, text=f"Menu\n{LINES[0]}", published=None)
    outcome = clean.measure("made", [item], clean.KRONIK, lambda _: found)
    clean.details(Console(width=200), outcome)
    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert told[0].startswith("made/satu: tokens.precision 0.857")
    assert told[1:] == [
        "+ Menu",
        "- Warga memutar lewat desa sebelah selama perbaikan",
        "= date: None, not '2043-05-11'",
    ]


def test_the_table_names_every_figure_and_refused_pages(capsys: pytest.CaptureFixture[str]) -> None:
    item = PageItem("satu", b"", GOLD)
    outcomes = [
        clean.measure("made", [item], clean.KRONIK, lambda _: Cleaned(refused="no article")),
        clean.measure("made", [item], "other", lambda _: PERFECT),
    ]
    clean.show(Console(width=200), outcomes)
    out = capsys.readouterr().out
    assert "tokens.recall" in out
    assert "pages/s, one core" in out
    assert "refused: made/satu: no article" in out


@pytest.mark.parametrize(("argv", "told"), [([], [ADDRESS]), (["--saved"], [None])])
def test_the_address_of_a_page_is_told_unless_it_is_a_saved_file(
    scraped: PageSet, monkeypatch: pytest.MonkeyPatch, argv: list[str], told: list[str | None]
) -> None:
    seen: list[str | None] = []
    by_name = {name: lambda item: seen.append(item.url) or PERFECT for name in (clean.KRONIK, "x")}
    monkeypatch.setattr(clean, "page_sets", lambda: {"made": scraped})
    monkeypatch.setattr(clean, "cleaners", lambda _: by_name)
    monkeypatch.setattr(clean.run, "load", lambda _: None)
    assert clean.main(["made", "--alone", *argv]) == 0
    assert seen == told * 2
    assert clean.main(["made", *argv]) == 0
    assert seen == told * 6


def test_a_set_that_is_not_here_is_told_by_name(
    scraped: PageSet, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = replace(scraped, name="gone", path=str(scraped.where / "gone"))
    monkeypatch.setattr(clean, "page_sets", lambda: {"gone": gone})
    monkeypatch.setattr(clean.run, "load", lambda _: None)
    assert clean.main(["gone"]) == 1
    assert "skipped: gone is not here" in capsys.readouterr().err


def test_trafilatura_is_scored_on_bodies_alone() -> None:
    outcome = clean.measure("made", [PageItem("satu", b"", GOLD)], "other", lambda _: PERFECT)
    assert set(outcome.tallies[0]) == {"tokens", "shingles"}


def test_every_page_is_read_before_the_clock_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter((10.0, 12.0))
    seen: list[str] = []
    items = [PageItem(str(number), b"", GOLD) for number in range(4)]

    def clock() -> float:
        seen.append("tick")
        return next(ticks)

    monkeypatch.setattr(clean.time, "process_time", clock)
    outcome = clean.measure("made", items, "other", lambda item: seen.append(item.id) or PERFECT)
    assert outcome.rate == 2.0
    assert seen == ["0", "1", "2", "3", "tick", "0", "1", "2", "3", "tick"]


def test_the_gate_watches_sets_of_pages(
    scraped: PageSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "corpora", dict)
    monkeypatch.setattr(gate, "page_sets", lambda: {"made": scraped})
    monkeypatch.setattr(gate.run, "load", lambda: None)
    monkeypatch.setattr(clean, "kronik_cleaner", lambda *_: Cleaned("Wali kota"))
    path = tmp_path / "floors.json"
    for floor, code in ((0.1, 0), (0.9, 1)):
        watched = gate.Watched(scraped.sha256(), {"tokens.recall": floor})
        gate.save(gate.Floors({"made": watched}), path)
        assert gate.main([], path) == code
