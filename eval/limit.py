"""How fast the network could be read on this machine: its multiply-adds, and a core's peak."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

import numpy as np
import onnxruntime

from kronik.net import RELATIONS, Reader
from kronik.net.card import Card
from kronik.net.words import Window, windows
from kronik.types import Span

PRODUCTS = ((1024, 1536, 1536), (512, 384, 1536), (256, 512, 512))
"""Rows, inner and columns of the matrix products that are timed: which of them comes nearest to
the peak depends on the core's caches."""
ROUND = 1.0
"""Seconds that each is repeated for."""
MISSING = (
    "peak not measured: its matrix product is built with onnx, which is not installed"
    " (pip install 'kronik[train]')"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the number of multiply-adds depends on; names as in the card's ``about.shape``."""

    layers: int
    width: int
    inner: int
    arc_width: int
    classes: int
    """Of all tag layers together."""
    hints: int
    """Numbers that the lexicon says of a word."""
    relations: int = len(RELATIONS)

    @classmethod
    def of(cls, card: Card) -> Shape:
        """The shape of the network that a card lies beside."""
        told, labels = card.about["shape"], card.labels
        return cls(
            layers=told["layers"],
            width=told["width"],
            inner=told["inner"],
            arc_width=told["arc_width"],
            classes=sum(labels.sizes.values()),
            hints=len(labels.trigger) - 1,  # a number a type and one for "inside", but none for "O"
        )

    def multiply_adds(self, pieces: int, words: int) -> int:
        """Of the matrix products over one window; all else is cheap beside them."""
        width = self.width
        layer = 4 * width**2 + 2 * width * self.inner + 2 * pieces * width
        ends = 2 * width * self.arc_width * self.relations
        word = self.hints * width + width**2 + width * self.classes + ends
        pair = self.arc_width * self.relations
        return pieces * self.layers * layer + words * word + words**2 * pair


@dataclass(frozen=True, slots=True)
class Limit:
    """How near reading comes to what the cores can do. A GMAC is 10⁹ multiply-adds; all but the
    first are null where the peak is not known."""

    gmac_per_article: float
    peak_gmac_per_core_second: float | None = None
    articles_per_second_at_peak: float | None = None
    share_of_peak: float | None = None

    @classmethod
    def of(cls, sums: float, peak: float | None, cores: int, rate: float) -> Limit:
        """Of ``sums`` multiply-adds an article, a core's ``peak`` of them a second, and ``rate``
        articles a second on so many cores."""
        gmac = round(sums / 1e9, 3)
        if peak is None:
            return cls(gmac)
        most = cores * peak / sums
        return cls(gmac, round(peak / 1e9, 1), round(most, 1), round(rate / most, 3))


def multiply_adds(shape: Shape, cut: Iterable[Window]) -> int:
    """Of a text in windows."""
    return sum(shape.multiply_adds(len(window.pieces), len(window.words)) for window in cut)


def article(text: str, sentences: Sequence[Span], net: Reader) -> int:
    """Multiply-adds of one article, cut as the network reads it."""
    cut = windows(text, sentences, net.pieces, net.card.window)
    return multiply_adds(Shape.of(net.card), cut)


def peak(seconds: float = ROUND) -> float | None:
    """Int8 multiply-adds a second that one core can do: the best run of any product.

    None without onnx.
    """
    try:
        return max(_rate(product, seconds) for product in PRODUCTS)
    except ModuleNotFoundError:
        return None


def session(rows: int, inner: int, columns: int) -> onnxruntime.InferenceSession:
    """A matrix product, ``a`` to ``y``, of the kind that the network consists of, on one thread.

    Raises ``ModuleNotFoundError`` without onnx.
    """
    onnx = import_module("onnx")
    weights = np.random.default_rng(0).integers(-127, 128, (inner, columns), np.int8)
    kind, value = onnx.TensorProto, onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("MatMulInteger", ["a", "b"], ["y"])],
        "peak",
        [value("a", kind.UINT8, [rows, inner])],
        [value("y", kind.INT32, [rows, columns])],
        [onnx.numpy_helper.from_array(weights, "b")],
    )
    # as old as the network's own file, so that whatever reads that reads this
    opset = onnx.helper.make_opsetid("", 17)
    model = onnx.helper.make_model(graph, opset_imports=[opset], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def _rate(product: tuple[int, int, int], seconds: float) -> float:
    """Multiply-adds a second in the fastest of all runs that fit into the time; at least one."""
    rows, inner, columns = product
    run = session(*product).run
    feed = {"a": np.random.default_rng(1).integers(0, 256, (rows, inner), np.uint8)}
    best, until = float("inf"), time.perf_counter() + seconds
    while best == float("inf") or time.perf_counter() < until:
        began = time.perf_counter()
        run(None, feed)
        best = min(best, time.perf_counter() - began)
    return rows * inner * columns / best
