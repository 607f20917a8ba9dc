"""What the bench does around the clock; the figures themselves are not tested."""

import pytest

from eval import bench
from eval.nouns import Item, Reading
from kronik.types import Span

LINE = "kata " * 9 + "akhir."


def item(lines: int) -> Item:
    text = "\n".join([LINE] * lines)
    step = len(LINE) + 1
    spans = tuple(Span(i * step, i * step + len(LINE)) for i in range(lines))
    return Item("x", text, "id", Reading(spans))


def test_articles_are_of_the_length_asked_for_and_the_short_rest_is_left_out():
    made = list(bench.articles([item(7), item(4)], words=35))
    assert [len(found.text.split()) for found in made] == [40, 40]
    assert len({found.id for found in made}) == 2
    assert made[0].text == "\n".join([LINE] * 4)


def test_the_processor_has_a_name():
    assert bench.cpu()


def test_a_pipe_gets_whole_figures(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    processor = "A Processor With A Name " * 5
    made = bench.Bench(
        "2026-01-02", processor, "3.11", 1, "dev-id", 2, 700, 0, 1.0, 2.0, 700.0, 9.0, 1.0
    )
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(bench, "measure", lambda _: made)
    assert bench.main([]) == 0
    assert processor.strip() in capsys.readouterr().out
