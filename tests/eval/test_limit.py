"""Multiply-adds against sums done by hand, and the peak that they are held against."""

import sys

import numpy as np
import pytest

from eval import limit
from eval.limit import Limit, Shape
from kronik.net import RELATIONS, Reader
from kronik.net.card import Card
from kronik.net.decode import Decoder
from kronik.net.reader import WEIGHTS
from kronik.net.words import Window
from kronik.types import Span

TINY = Shape(layers=3, width=2, inner=5, arc_width=7, classes=11, hints=13, relations=2)
"""Primes, so that no factor can stand in for another."""


def window(pieces: int, words: int) -> Window:
    at = np.arange(words, dtype=np.int64)
    spans = tuple(Span(2 * i, 2 * i + 1) for i in range(words))
    return Window(np.zeros(pieces, np.int64), at, at, spans, np.zeros_like(at))


def test_one_piece_without_words_costs_its_way_through_the_layers():
    # projections 4 * 2 * 2 = 16, feed-forward 2 * 2 * 5 = 20, attention 2 * 1 * 2 = 4: 40 a layer
    assert TINY.multiply_adds(pieces=1, words=0) == 3 * 40


def test_attention_alone_grows_with_the_square_of_the_pieces():
    # 36 and, with 10 pieces, 2 * 10 * 2 = 40 for attention: 76 a piece and layer
    assert TINY.multiply_adds(pieces=10, words=0) == 10 * 3 * 76


def test_words_cost_heads_and_pairs_of_words_arcs():
    # hints 13 * 2 = 26, mix 2 * 2 = 4, tags 2 * 11 = 22, ends of arcs 2 * 2 * 7 * 2 = 56: 108
    # a pair 7 * 2 = 14
    assert TINY.multiply_adds(pieces=0, words=1) == 108 + 14
    assert TINY.multiply_adds(pieces=0, words=3) == 3 * 108 + 9 * 14


def test_a_text_costs_what_its_windows_cost_one_by_one():
    cut = [window(10, 3), window(1, 1)]
    assert limit.multiply_adds(TINY, cut) == (2280 + 450) + (120 + 122)


def test_an_article_is_cut_as_the_network_reads_it(monkeypatch: pytest.MonkeyPatch):
    net = Reader.load()
    seen: list[Window] = []
    monkeypatch.setattr(Reader, "run", lambda _, window, __: seen.append(window))
    monkeypatch.setattr(Decoder, "marks", lambda *_: None)
    line = "Presiden Ratna bertemu Menteri Luar Negeri di Jakarta pada hari Senin. "
    text = line * 40
    sentences = [Span(i * len(line), (i + 1) * len(line) - 1) for i in range(40)]
    net.read(text, sentences, {})
    assert len(seen) > 1
    assert sum(len(window.words) for window in seen) == 40 * 12
    shape = Shape.of(net.card)
    read = sum(shape.multiply_adds(len(w.pieces), len(w.words)) for w in seen)
    assert limit.article(text, sentences, net) == read


def test_the_card_tells_the_shape_of_the_file():
    onnx = pytest.importorskip("onnx", reason="reading the file needs onnx")
    shape = Shape.of(Card.read(WEIGHTS))
    held = 0
    file = onnx.load(str(WEIGHTS / "reader.onnx"))
    weights = {tensor.name: list(tensor.dims) for tensor in file.graph.initializer}
    for node in file.graph.node:
        if node.op_type == "MatMulInteger":
            rows, columns = weights[node.input[1]]
            held += rows * columns
    piece = shape.multiply_adds(1, 0) - shape.layers * 2 * shape.width  # less attention
    word = shape.multiply_adds(0, 1) - shape.arc_width * len(RELATIONS)  # less arcs
    assert held == piece + word


def test_the_distance_to_the_peak_is_a_matter_of_all_cores():
    # 2 GMAC an article and 50 GMAC/s a core: 25 articles a second on one, 50 on two
    assert Limit.of(2e9, 50e9, 1, 10.0) == Limit(2.0, 50.0, 25.0, 0.4)
    assert Limit.of(2e9, 50e9, 2, 10.0) == Limit(2.0, 50.0, 50.0, 0.2)
    assert Limit.of(2e9, None, 2, 10.0) == Limit(2.0, None, None, None)


def test_the_product_that_is_timed_is_one_on_one_thread():
    pytest.importorskip("onnx", reason="the product is built with onnx")
    session = limit.session(3, 4, 5)
    (weights,) = session.run(None, {"a": np.eye(3, 4, dtype=np.uint8)})
    (product,) = session.run(None, {"a": np.full((3, 4), [2, 1, 1, 0], np.uint8)})
    assert weights.shape == (3, 5)
    assert np.array_equal(product[0], 2 * weights[0] + weights[1] + weights[2])
    assert session.get_session_options().intra_op_num_threads == 1


def test_the_peak_is_that_of_the_best_product(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("onnx", reason="the product is built with onnx")
    ticks = iter(range(100))
    monkeypatch.setattr(limit, "PRODUCTS", ((2, 3, 4), (3, 4, 5)))
    monkeypatch.setattr("eval.limit.time.perf_counter", lambda: float(next(ticks)))
    assert limit.peak(seconds=1.0) == 3 * 4 * 5  # a run takes one tick


def test_without_onnx_there_is_no_peak(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert limit.peak() is None
    assert "onnx" in limit.MISSING
    assert "pip install 'kronik[train]'" in limit.MISSING
