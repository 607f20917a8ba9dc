"""Items and records in, an outcome out; the command line over stored records."""

import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from eval import compare
from eval.__main__ import main
from eval.corpora import corpora
from eval.evaluate import Row, evaluate, stored
from eval.nouns import Item
from eval.records import PredictionError, Record
from tests.eval.hand import GOLD, ITEM, reading, record_of

SETS = Path(__file__).with_name("sets")
GOLD_SET = replace(corpora()["dev-id"], path=str(SETS / "gold.jsonl"))
PLV = replace(corpora()["plv"], path=str(SETS / "plv.tsv"))
OTHER = replace(ITEM, id="hand-2")


def test_refused_and_missing_items_count_as_empty():
    found: list[Record | None] = [{"uid": "hand-1", "refused": "no article"}, None]
    outcome = evaluate(GOLD_SET, [ITEM, OTHER], found)
    assert outcome.unread == {"no article": 1, "no prediction": 1}
    assert outcome.totals()["events.type_f1"].gold == 2 * len(GOLD.events)
    assert outcome.values()["events.type_f1"] == 0.0


def test_stored_records_come_in_the_order_of_the_items():
    records = {"hand-2": record_of(OTHER)}
    assert list(stored([ITEM, OTHER], records)) == [None, records["hand-2"]]


def test_records_of_another_set_are_refused():
    with pytest.raises(PredictionError, match="no prediction is of an item"):
        list(stored([ITEM], {"plv-1": {}}))


def test_confusions_add_up_over_articles():
    outcome = evaluate(GOLD_SET, [ITEM, OTHER], [record_of(ITEM), record_of(OTHER, reading())])
    assert outcome.confusions[("ASSAULT", "ASSAULT")] == 1
    assert outcome.confusions[("ASSAULT", "-")] == 1


def test_articles_have_calibration_errors_with_intervals_and_other_sets_have_none():
    outcome = evaluate(GOLD_SET, [ITEM, OTHER], [record_of(ITEM), record_of(OTHER)])
    assert outcome.values()["events.ece"] == outcome.values()["quotes.ece"] == 0.0
    assert outcome.intervals()["quotes.ece"] == (0.0, 0.0)
    pairs = evaluate(PLV, items := plv_items(), [None] * len(items))
    assert not any(name.endswith(".ece") for name in pairs.values())


def test_outlets_are_told_apart_and_the_largest_comes_first():
    named = [("1", "Kabar"), ("2", "Warta"), ("3", None), ("4", "Warta")]
    items = [replace(ITEM, id=key, outlet=outlet) for key, outlet in named]
    found = [record_of(item, reading() if item.id == "4" else None) for item in items]
    outlets = evaluate(GOLD_SET, items, found).by_outlet()
    hits = {
        outlet: [tallies["quotes.f1"].hit for tallies in rows] for outlet, rows in outlets.items()
    }
    assert list(hits.items()) == [("Warta", [2, 0]), ("Kabar", [2])]


def test_details_show_outlets_and_what_scores_are_worth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (item,), _ = GOLD_SET.items()
    record = record_of(item)
    record["events"][0]["score"] = 0.75
    told = write(tmp_path / "told.jsonl", [record])
    command = ["dev-id", "--data", str(SETS / "gold.jsonl"), "--from", str(told)]
    out = ["--predictions", str(tmp_path / "out.jsonl")]
    assert main([*command, *out, "--details"]) == 0
    printed = capsys.readouterr().out
    rows = [" ".join(line.replace("│", " ").split()) for line in printed.splitlines()]
    assert "x 1 1.000 1 1 1.000 1 1" in rows
    assert "0.7 1 0.750 1.000" in rows
    assert "calibration error 0.250, Brier score 0.062" in rows
    assert next(row for row in rows if row.startswith("0.8 ")) == "0.8 – 0.000 0.000 0"


def test_a_truncated_archive_is_an_error_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    whole, cut = tmp_path / "whole.tar.gz", tmp_path / "cut.tar.gz"
    with tarfile.open(whole, "w:gz") as packed:
        packed.add(SETS / "ecbplus", arcname=".")
    cut.write_bytes(whole.read_bytes()[:-200])
    assert main(["ecbplus", "--data", str(cut)]) == 1
    told = capsys.readouterr().err
    assert "cut.tar.gz is no text of format ecbplus" in told
    assert told.count("\n") == 1


def test_a_row_of_an_article_keeps_the_record_and_its_tallies():
    rows: list[Row] = []
    evaluate(GOLD_SET, [ITEM], [record_of(ITEM)], rows.append)
    assert rows[0]["uid"] == "hand-1"
    assert rows[0]["tallies"]["quotes.f1"] == [2, 2, 2]
    assert rows[0]["events"] == record_of(ITEM)["events"]


def plv_items() -> list[Item]:
    return PLV.items()[0]


def plv_record(item: Item, kind: str) -> Record:
    trigger = {"start": 0, "end": 1, "text": item.text[0]}
    event = {"type": kind, "mode": None, "status": "actual", "trigger": trigger, "score": 0.5}
    nobody = {"actors": [], "recipients": [], "claimed_by": None}
    return {**record_of(item), "events": [event | nobody]}


def write(path: Path, rows: list[Record]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_command_scores_stored_records_and_writes_what_was_predicted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "120")
    kinds = ["ASSAULT", "AID", "PROTEST"]
    records = [plv_record(item, kind) for item, kind in zip(plv_items(), kinds, strict=False)]
    told = write(tmp_path / "told.jsonl", records)
    out = tmp_path / "out.jsonl"
    command = ["plv", "--data", str(SETS / "plv.tsv"), "--from", str(told)]
    assert main([*command, "--predictions", str(out), "--details"]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["uid"], row["gold"], row["predicted"]) for row in rows] == [
        ("7", "ASSAULT", "ASSAULT"),
        ("7#2", "AGREE", "AID"),
        ("8", "PROTEST", "PROTEST"),
        ("9", "YIELD", None),
    ]
    printed = capsys.readouterr().out
    assert "pairs.root_macro_f1" in printed
    assert "0.500" in printed
    assert "1 not usable: no sentence or no gold code" in printed
    assert "1 not read: no prediction" in printed
    assert "pairs.root/PROTEST" in printed


def test_what_was_written_can_be_scored_again(tmp_path: Path):
    told = write(tmp_path / "told.jsonl", [plv_record(item, "AID") for item in plv_items()[:2]])
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    command = ["plv", "--data", str(SETS / "plv.tsv")]
    assert main([*command, "--from", str(told), "--predictions", str(first)]) == 0
    assert main([*command, "--from", str(first), "--predictions", str(second)]) == 0
    assert first.read_text() == second.read_text()


def test_rows_of_a_file_of_the_callers_are_written_beside_him(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told = write(tmp_path / "told.jsonl", [plv_record(plv_items()[0], "AID")])
    monkeypatch.chdir(tmp_path)
    assert main(["plv", "--data", str(SETS / "plv.tsv"), "--from", str(told)]) == 0
    assert (tmp_path / "plv.predictions.jsonl").exists()


def test_a_named_set_that_is_absent_is_told_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["plv", "--data", str(tmp_path / "none.tsv")]) == 1
    assert "skipped: plv is not here" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["no-such-set"], "no such set: no-such-set"),
        (["--from", "x.jsonl"], "exactly one SET"),
        (["plv", "pfsa", "--data", "x"], "exactly one SET"),
        (["--limit", "-1"], "must not be negative"),
    ],
)
def test_a_command_that_makes_no_sense_says_why(
    argv: list[str], reason: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert reason in capsys.readouterr().err


def test_broken_predictions_are_an_error_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "broken.jsonl"
    path.write_text("{", encoding="utf-8")
    assert main(["plv", "--data", str(SETS / "plv.tsv"), "--from", str(path)]) == 1
    assert "broken.jsonl:1 is not a record" in capsys.readouterr().err


def test_systems_stand_side_by_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("eval.compare.corpora", lambda: {"plv": PLV})
    items = plv_items()
    right = [plv_record(item, item.pair.root) for item in items if item.pair]
    ours = write(tmp_path / "ours.jsonl", right)
    rival = write(tmp_path / "rival.jsonl", right[:1])
    assert compare.main(["plv", str(ours), str(rival)]) == 0
    lines = capsys.readouterr().out.splitlines()
    cells = {row[0]: row[1:] for line in lines if len(row := line.replace("│", " ").split()) == 3}
    assert cells["pairs.accuracy"] == ["1.000", "0.250"]
    assert any("without a record" in line and line.split("│")[-2].strip() == "3" for line in lines)


@pytest.mark.parametrize("name", ["dev-id", "plv", "pfsa", "petrarch", "nergrit", "ecbplus", "cnc"])
def test_bytes_that_are_no_text_are_an_error_that_names_the_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe" * 9)
    assert main([name, "--data", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("error: ")
    assert "photo.png" in printed.err
    assert printed.out == ""


def test_a_file_without_a_usable_item_is_an_error_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path, out = tmp_path / "other.tsv", tmp_path / "out.jsonl"
    path.write_text("name\tage\nRukma\t51\n", encoding="utf-8")
    out.write_text("kept", encoding="utf-8")
    assert main(["plv", "--data", str(path), "--predictions", str(out)]) == 1
    printed = capsys.readouterr()
    assert "other.tsv: no item of format plv is usable (1 times: no sentence" in printed.err
    assert printed.out == ""
    assert out.read_text(encoding="utf-8") == "kept"


def test_predictions_that_are_no_text_are_an_error_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "photo.jsonl"
    path.write_bytes(b"\xff\xfe")
    assert main(["plv", "--data", str(SETS / "plv.tsv"), "--from", str(path)]) == 1
    assert "photo.jsonl:1 is not a record" in capsys.readouterr().err


def test_a_pipe_gets_whole_names_however_narrow_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("eval.compare.corpora", lambda: {"plv": PLV})
    told = write(tmp_path / "told.jsonl", [plv_record(plv_items()[0], "AID")])
    out = tmp_path / "out.jsonl"
    command = ["plv", "--data", str(SETS / "plv.tsv"), "--from", str(told)]
    assert main([*command, "--predictions", str(out), "--details"]) == 0
    assert compare.main(["plv", str(told), str(told)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("pairs.status_blind_macro_f1") == 2
    assert "…" not in printed
