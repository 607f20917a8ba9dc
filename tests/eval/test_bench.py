"""What the bench does around the clock; the figures themselves are not tested."""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eval import bench, limit
from eval.limit import Limit
from eval.nouns import Item, Reading
from kronik.types import Span

LINE = "kata " * 9 + "akhir."
PROCESSOR = ("A Processor With A Name " * 5).strip()
MADE = bench.Bench(
    date="2026-01-02",
    cpu=PROCESSOR,
    python="3.11",
    articles_from="dev-id",
    articles=2,
    words=700,
    weights_mb=25.9,
    threads=1,
    pinned=True,
    refused=0,
    articles_per_second=12.5,
    words_per_second=4375.0,
    peak_rss_mib=180.0,
    load_seconds=0.4,
    cold_start_seconds=0.9,
    limit=Limit(7.0, 210.0, 30.0, 0.417),
)


def item(lines: int) -> Item:
    text = "\n".join([LINE] * lines)
    step = len(LINE) + 1
    spans = tuple(Span(i * step, i * step + len(LINE)) for i in range(lines))
    return Item("x", text, "id", Reading(spans))


def measured(threads: int) -> bench.Bench:
    return replace(MADE, threads=threads, articles_per_second=12.5 * threads)


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of two cores on which nothing is measured in earnest."""
    monkeypatch.setattr(bench, "cores", lambda: [0, 1])
    monkeypatch.setattr(bench, "measure", measured)
    monkeypatch.setattr(bench, "apart", lambda threads, work: work(threads))
    monkeypatch.setenv("COLUMNS", "40")


def test_articles_are_of_the_length_asked_for_and_the_short_rest_is_left_out():
    made = list(bench.articles([item(7), item(4)], words=35))
    assert [len(found.text.split()) for found in made] == [40, 40]
    assert len({found.id for found in made}) == 2
    assert made[0].text == "\n".join([LINE] * 4)


def test_the_processor_has_a_name():
    assert bench.cpu()


def test_weights_are_weighed_with_all_that_lies_beside_them(tmp_path: Path):
    (tmp_path / "one").write_bytes(b"x" * 1_500_000)
    (tmp_path / "two").write_bytes(b"x" * 700_000)
    assert bench.megabytes(tmp_path) == 2.2


def place(_: int) -> tuple[int, int]:
    """The process that this runs in, and how many cores it keeps to."""
    return os.getpid(), len(os.sched_getaffinity(0))


def test_work_goes_on_in_another_process_on_so_many_cores():
    if not hasattr(os, "sched_getaffinity"):
        pytest.skip("this system keeps no process to a core")
    before = os.sched_getaffinity(0)
    process, cores = bench.apart(1, place)
    assert process != os.getpid()
    assert cores == 1
    assert os.sched_getaffinity(0) == before


@pytest.mark.usefixtures("two_cores")
def test_each_number_of_cores_has_its_column(capsys: pytest.CaptureFixture[str]):
    assert bench.main(["--threads", "1,2"]) == 0
    told = capsys.readouterr()
    assert PROCESSOR in told.out, "a pipe gets whole figures"
    rows = [line.strip("│┃").split("│") for line in told.out.splitlines() if "│" in line]
    figures = {name.strip(): [value.strip() for value in values] for name, *values in rows}
    assert figures["articles per second"] == ["12.5", "25.0"]
    assert figures["share of peak"] == ["0.417", "0.417"]
    assert "1 core " in told.out
    assert "2 cores" in told.out
    assert "weights mb: 25.9" in told.out
    assert told.err == ""


@pytest.mark.usefixtures("two_cores")
def test_json_has_an_object_for_each(capsys: pytest.CaptureFixture[str]):
    assert bench.main(["--threads", "2", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["threads"], told["limit"]["share_of_peak"]) == (2, 0.417)


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("asked", ["0", "3", "1,3", "two", "", "-1"])
def test_cores_that_are_not_there_are_refused(asked: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        bench.main([f"--threads={asked}"])
    assert "from 1 to 2" in capsys.readouterr().err


@pytest.mark.usefixtures("two_cores")
def test_without_the_peak_it_is_told_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bench, "measure", lambda _: replace(MADE, limit=Limit(7.0)))
    assert bench.main([]) == 0
    told = capsys.readouterr()
    assert told.err.strip() == limit.MISSING
    (peak,) = (line for line in told.out.splitlines() if "share of peak" in line)
    assert "–" in peak


@pytest.mark.usefixtures("two_cores")
def test_a_start_that_fails_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def broken(threads: int, work: Callable[[int], bench.Bench]) -> bench.Bench:
        raise subprocess.CalledProcessError(3, ["kronik"])

    monkeypatch.setattr(bench, "apart", broken)
    assert bench.main([]) == 1
    assert "kronik" in capsys.readouterr().err
