"""The command line: what people see, what programs get, and how it ends."""

import csv
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.main import get_command

import kronik
from kronik import pipeline
from kronik.cli import verbs
from kronik.codebook import Codebook
from kronik.errors import InstallError, NoArticle
from kronik.kit import Kit
from kronik.settings import Settings
from kronik.store import Store
from kronik.types import Doc, Page
from kronik.work import jobs
from tests.example import VERSIONS, doc, page

ROOT = Path(__file__).resolve().parents[2]
VERBS = {
    *("read", "demo", "add", "reread", "events", "explain", "quotes", "articles", "doctor"),
    *("quarantine list", "quarantine show", "quarantine retry", "watch", "sources"),
}


class Seen:
    """What the verbs asked of the pipeline."""

    overrides: object = None
    settings: Settings | None = None


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """A pipeline that reads "number N" as the example's article N, and "bad" not at all."""
    seen = Seen()

    def load(settings: Settings | None = None) -> SimpleNamespace:
        seen.settings = settings or Settings()
        net = SimpleNamespace(sha256="f" * 64)
        return SimpleNamespace(settings=seen.settings, net=net, codebook=Codebook.load())

    def code(page: Page, kit: object, overrides: object = None) -> Doc:
        seen.overrides = overrides
        if b"bad" in page.body:
            raise NoArticle("only \x1b[31mlinks", remedy="give the article")
        read = doc(int(page.body.split()[-1]))
        return replace(read, page_id=page.id, source_id=page.origin)

    monkeypatch.setattr(Kit, "load", load)
    monkeypatch.setattr(jobs, "at_once", lambda _: 1)  # another process is not patched
    monkeypatch.setattr(jobs, "_kit", jobs._kit.__wrapped__)
    monkeypatch.setattr(pipeline, "code", code)
    return seen


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    for number in range(2):
        Path(f"{number}.txt").write_text(f"number {number}\n")
    Path("bad.txt").write_text("bad\n")
    return ["0.txt", "1.txt"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a verb: its exit code, and what it wrote to standard output and error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            verbs.main(arguments)
        return int(end.value.code or 0), *capsys.readouterr()

    return run


Run = Callable[..., tuple[int, str, str]]


def shell(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | env
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)


def told(row: str) -> tuple[str, set[str]]:
    """The option that a row of a table in the docs is about, and the verbs that it names."""
    option, verbs = row.split("|")[1:3]
    return option.strip(" `"), {verb.strip() for verb in verbs.split(",")}


def commands(group: Any = None, name: str = "") -> dict[str, Any]:
    """Every verb by the words that call it."""
    found = {}
    for word, command in (group or get_command(verbs.app)).commands.items():
        full = f"{name} {word}".strip()
        found |= commands(command, full) if hasattr(command, "commands") else {full: command}
    return found


def test_every_verb_and_option_is_told_in_the_docs() -> None:
    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    rows = [told(line) for line in text.splitlines() if line.startswith("| `--")]
    assert set(commands()) == VERBS
    assert "`kronik --version`" in text
    assert [verb for verb in VERBS if f"`kronik {verb}" not in text] == []
    there = {
        (option, verb)
        for verb, command in commands().items()
        for param in command.params
        for option in param.opts
        if option.startswith("--")
    }
    assert {(option, verb) for option, named in rows for verb in named} == there


def test_every_option_says_what_it_is_for() -> None:
    for command in commands().values():
        assert command.help
        assert all(param.help for param in command.params), command.name


def test_help_comes_at_once() -> None:
    """Processor time, so that a busy machine does not fail it."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = shell(sys.executable, "-m", "kronik", "--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert done.returncode == 0
    assert min(times) < 0.4
    assert set(done.stdout.split()) >= {verb.split()[0] for verb in VERBS}


def test_it_tells_its_version(run: Run) -> None:
    assert run("--version") == (0, f"kronik {kronik.__version__}\n", "")


def test_read_prints_for_people(run: Run, seen: Seen, files: list[str]) -> None:
    code, out, err = run("read", *files)
    assert (code, err) == (0, "")
    assert out.count("Menteri menuduh tetangga") == 2
    assert "«menembak»" in out
    assert "Statements" in out


def test_read_speaks_the_language_of_who_reads(run: Run, seen: Seen, files: list[str]) -> None:
    _, out, _ = run("read", files[0], "--ui", "id")
    assert "Pernyataan" in out
    assert "Statements" not in out


def test_jsonl_is_an_object_a_line(run: Run, seen: Seen, files: list[str]) -> None:
    _, out, _ = run("read", *files, "--format", "jsonl")
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["article"]["source_id"] for record in records] == files
    assert records[0]["versions"]["net"] == "f" * 64


def test_json_is_an_array(run: Run, seen: Seen, files: list[str]) -> None:
    _, out, _ = run("read", files[0], "--format", "json")
    (record,) = json.loads(out)
    assert record["article"]["source_id"] == files[0]
    assert out.startswith("[\n")


def test_options_reach_the_pipeline(run: Run, seen: Seen, files: list[str]) -> None:
    code, *_ = run("read", files[0], "--published", "2015-11", "--lang", "id", "--min-score", "0.5")
    assert code == 0
    assert (seen.overrides.published, seen.overrides.lang) == ("2015-11", "id")
    assert seen.settings.min_score == 0.5


def test_bad_pages_are_told_last_and_the_good_ones_printed(
    run: Run, seen: Seen, files: list[str]
) -> None:
    code, out, err = run("read", "bad.txt", *files, "absent.txt", "--format", "jsonl")
    assert code == 1
    assert len(out.splitlines()) == 2
    expected = (
        "error: bad.txt: clean: only [31mlinks\n       give the article\n"
        "error: absent.txt: sources: no such file"
    )
    assert err.startswith(expected)


def test_add_stores_once_and_says_so(run: Run, seen: Seen, files: list[str]) -> None:
    code, out, err = run("add", *files, "bad.txt")
    assert code == 1
    assert out.startswith("2 read (1 of them copies), 0 known, 1 refused in ")
    assert "error: bad.txt" in err
    code, out, _ = run("add", *files)
    assert code == 0
    assert out.startswith("0 read, 2 known, 0 refused in ")


@pytest.mark.parametrize("option", [("--published", "2015"), ("--lang", "id")])
def test_add_says_that_known_pages_stay_as_they_are(
    run: Run, seen: Seen, files: list[str], option: tuple[str, str]
) -> None:
    assert run("add", files[0], *option)[2] == ""
    assert run("add", *files)[2] == ""
    code, _, err = run("add", *files, *option)
    assert code == 0
    assert "pages that were known keep what they were read with" in err


def test_text_in_place_of_a_file_is_told_without_a_traceback(run: Run, seen: Seen) -> None:
    code, out, err = run("read", "kata " * 180, "--format", "jsonl")
    assert (code, out) == (1, "")
    assert err.startswith("error: kata kata")
    assert "sources: " in err


def test_a_database_may_have_any_name(
    run: Run, seen: Seen, files: list[str], tmp_path: Path
) -> None:
    code, out, _ = run("add", files[0], "--db", str(tmp_path / "caf\udce9.db"))
    assert code == 0
    assert out.endswith("caf.db\n")


def test_what_was_added_can_be_listed(run: Run, seen: Seen, files: list[str]) -> None:
    run("add", *files, "bad.txt", "--db", "x.db")
    _, out, _ = run("events", "--db", "x.db", "--type", "assault", "--format", "jsonl")
    assert [json.loads(line)["evidence"] for line in out.splitlines()] == ["menembak"] * 2
    _, out, _ = run("quotes", "--db", "x.db", "--speaker", "sari", "--format", "json")
    assert len(json.loads(out)) == 4
    _, out, _ = run("articles", "--db", "x.db", "--since", "2015", "--format", "csv")
    assert [row["title"] for row in csv.DictReader(out.splitlines())] == [doc().title] * 2
    _, out, _ = run("quarantine", "list", "--db", "x.db")
    assert "bad.txt" in out
    assert "give the article" in out
    assert "\x1b" not in out


def test_every_filter_of_events_is_heeded(run: Run, seen: Seen, files: list[str]) -> None:
    run("add", files[0])
    filters = {
        "--actor": "utara",
        "--recipient": "kapal",
        "--speaker": "wulan",
        "--country": "rut",
        "--since": "2015-11-27",
        "--until": "2015",
        "--status": "actual",
        "--text": '"kapal nelayan"',
        "--lang": "id",
        "--limit": "1",
        "--type": "ASSAULT",
    }
    both = [word for option in filters.items() for word in option]
    _, out, _ = run("events", "--format", "jsonl", *both)
    assert json.loads(out)["type"] == "ASSAULT"
    for option in ("--actor", "--recipient", "--speaker", "--text"):
        _, out, _ = run("events", "--format", "jsonl", *both, option, "nobody")
        assert out == "", option


def test_a_table_is_as_long_as_asked(run: Run, seen: Seen, files: list[str]) -> None:
    run("add", *files)
    _, out, err = run("events", "--limit", "4")
    assert (out.count("2015-11-27"), err) == (4, "")
    assert verbs.most(None) == 50


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["events", "--type", "WAR"], "'--type': no event type 'WAR': give one of AGREE, CONSULT"),
        (["events", "--status", "x"], "'--status': no status 'x': give one of actual, future"),
        (["events", "--since", "27/11/2015"], "'--since': '27/11/2015' is not a date"),
        (["quotes", "--until", "2015-02-30"], "'--until': '2015-02-30' is not a date"),
        (["articles", "--country", "Indonesia"], "'--country': 'Indonesia' is not a country code"),
        (["read", "x", "--lang", "xx"], "'--lang': no language 'XX': give one of id, en"),
        (["read", "x", "--published", "kemarin"], "'--published': 'kemarin' is not a date"),
        (["read"], "Missing argument 'INPUT...'"),
        (["events", "--format", "xml"], "'--format'"),
        (["quotes", "--limit", str(2**31)], "'--limit'"),
        (["articles", "--limit", str(2**63)], "'--limit'"),
        (["events", "--actor", "caf\udce9"], "'--actor': 'caf\\udce9' is not text"),
        (["events", "--recipient", "\udcff"], "'--recipient'"),
        (["quotes", "--speaker", "\udcff"], "'--speaker'"),
        (["articles", "--text", "\udcff"], "'--text'"),
        (["articles", "--country", "\udcff"], "'--country'"),
        (["explain"], "Missing argument 'EVENT_ID'"),
        (["explain", "\udcff"], "is not text"),
        (["explain", "e1", "--format", "csv"], "'--format'"),
        (["explain", "e1", "--ui", "xx"], "'--ui'"),
    ],
)
def test_a_wrong_option_is_named_with_what_is_valid(
    run: Run, arguments: list[str], told: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told.lower() in err.lower()


def test_a_missing_database_is_told_with_its_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = (
        "error: kronik.db: store: no such database\n       make one: kronik add INPUT --db FILE\n"
    )
    assert run("events") == (1, "", told)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_installation_is_told_without_a_traceback(
    run: Run, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(settings: Settings | None = None) -> Kit:
        raise InstallError("damaged weights", where="reader.onnx", remedy="install it again")

    monkeypatch.setattr(Kit, "load", load)
    told = "error: reader.onnx: install: damaged weights\n       install it again\n"
    assert run("read", *files) == (1, "", told)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "kronik.db"
    with Store.open(path) as store:
        for number in range(300):
            store.add(page(number), doc(number), VERSIONS)
    listing = f"{sys.executable} -m kronik articles --db {path} --format jsonl"
    whole = shell("bash", "-c", f"{listing} | cat")
    done = shell("bash", "-c", f"{listing} | head -n 1")
    assert len(whole.stdout.splitlines()) == 300
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def test_output_is_utf_8_whatever_the_console_speaks(tmp_path: Path) -> None:
    path = tmp_path / "kronik.db"
    with Store.open(path) as store:
        store.add(page(), replace(doc(), title="Édisi “pagi” 東"), VERSIONS)
    listing = [sys.executable, "-m", "kronik", "articles", "--db", str(path)]
    for form in ("table", "json", "csv"):
        done = shell(*listing, "--format", form, PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, "")
        assert "“pagi”" in done.stdout


def test_ctrl_c_ends_it_at_once(
    run: Run, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(settings: Settings | None = None) -> Kit:
        raise KeyboardInterrupt

    monkeypatch.setattr(Kit, "load", load)
    code, out, err = run("read", *files)
    assert (code, out) == (130, "")
    assert "Traceback" not in err
