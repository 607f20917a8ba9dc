"""What the bench does around the clock; the figures themselves are not tested."""

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
