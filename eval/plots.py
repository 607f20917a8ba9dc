"""Outcomes as pictures: SVG files, the same to the byte for the same outcome and matplotlib."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

from eval import calibration
from eval.calibration import Bin, Judged
from eval.evaluate import Outcome
from eval.score.events import NOTHING
from kronik.codebook import Codebook
from kronik.errors import InstallError

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#6E6E6E"
"""Of Okabe and Ito's palette, which people with any kind of colour vision can tell apart."""
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": "#DDDDDD",
    "legend.frameon": False,
    "savefig.bbox": "tight",
    "svg.hashsalt": "kronik",
}
NO_DATE = {"Date": None, "Creator": None}

Figure = Any
Axes = Any
"""Matplotlib's, which need not be installed."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A network's speed on one core, in articles a second, and its F1 on two sets."""

    label: str
    speed: float
    held: float
    dev: float
    joined: bool = False
    """Whether a line joins it with the others that are."""


def prepare(folder: Path) -> None:
    """Make the folder, and sure that pictures can be drawn, before anything long begins.

    Raises ``InstallError`` without matplotlib.
    """
    try:
        import_module("matplotlib.figure")
    except ModuleNotFoundError as error:
        raise InstallError(
            "pictures need matplotlib, which is not installed",
            remedy="pip install 'kronik[train]'",
        ) from error
    folder.mkdir(parents=True, exist_ok=True)


def draw(outcome: Outcome, folder: Path) -> list[Path]:
    """The pictures of a set scored as articles, written into the folder; none of another set."""
    if not outcome.verdicts:
        return []
    judged = calibration.pooled(outcome.verdicts)
    name = outcome.corpus.name
    written = []
    with _style():
        for kind, figure in (
            ("confusion", confusion(outcome)),
            ("reliability", reliability(name, judged)),
            ("trade", trade(name, judged)),
        ):
            written.append(folder / f"{kind}-{name}.svg")
            figure.savefig(written[-1], format="svg", metadata=NO_DATE)
    return written


def draw_variants(variants: Sequence[Variant], path: Path) -> None:
    """The picture of quality against speed, written into a file."""
    with _style():
        speed(variants).savefig(path, format="svg", metadata=NO_DATE)


def confusion(outcome: Outcome) -> Figure:
    """Types of gold in rows, predicted ones in columns, and how often the one met the other."""
    types = list(Codebook.load().types)
    seen = {name for pair in outcome.confusions for name in pair}
    types += [*sorted(seen - {*types, NOTHING}), NOTHING]
    rows = [[outcome.confusions[gold, told] for told in types] for gold in types]
    figure, axes = _figure(1, 8.6, 7.6)
    # the square root keeps a cell of one visible beside a cell of a hundred
    axes[0].imshow([[count**0.5 for count in row] for row in rows], cmap="Blues")
    dark = max(max(row) for row in rows) * 0.4
    for (y, row), x in product(enumerate(rows), range(len(types))):
        if row[x]:
            colour = "white" if row[x] > dark else "black"
            weight = "bold" if x == y else "normal"
            axes[0].text(
                x, y, row[x], color=colour, weight=weight, size=8.5, ha="center", va="center"
            )
    for line in (axes[0].axhline, axes[0].axvline):
        line(len(types) - 1.5, color=GREY, linewidth=1)
    names = ["none" if name == NOTHING else name for name in types]
    axes[0].set_xticks(range(len(types)), names, rotation=55, ha="right", rotation_mode="anchor")
    axes[0].set_yticks(range(len(types)), names)
    axes[0].tick_params(length=0)
    axes[0].set(xlabel="predicted", ylabel="gold")
    axes[0].set_title(f"{outcome.corpus.name}: types of events, gold and predicted")
    return figure


def reliability(name: str, judged: dict[str, Judged]) -> Figure:
    """The share right against the mean score, bin by bin; on the diagonal scores are true."""
    figure, axes = _figure(len(judged), 4.4 * len(judged), 4.6)
    for panel, (kind, found) in zip(axes, judged.items(), strict=True):
        bins = calibration.bins(found)
        panel.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1)
        panel.plot(
            [b.score for b in bins], [b.right for b in bins], color=BLUE, marker="o", markersize=6
        )
        for b in bins:
            _label(panel, b)
        _unit(panel, "mean score", "share right")
        error = calibration.ece(found)
        told = "none predicted" if error is None else f"calibration error {error:.3f}"
        panel.set_title(f"{kind}: {told}", size=10)
    figure.suptitle(f"{name}: what scores are worth (numbers: predictions in the bin)")
    return figure


def trade(name: str, judged: dict[str, Judged]) -> Figure:
    """Precision and recall against the least score that is kept."""
    figure, axes = _figure(len(judged), 4.4 * len(judged), 4.6)
    for panel, (kind, found) in zip(axes, judged.items(), strict=True):
        rows = calibration.trade(found)
        least = [score for score, _ in rows]
        for label, colour, marker, line in (
            ("precision", BLUE, "o", [tally.precision for _, tally in rows]),
            ("recall", ORANGE, "s", [tally.recall for _, tally in rows]),
        ):
            points = [float("nan") if value is None else value for value in line]
            panel.plot(least, points, color=colour, marker=marker, markersize=5, label=label)
        _unit(panel, "least score kept (--min-score)", "precision, recall")
        panel.set_title(kind, size=10)
        panel.legend(loc="lower left")
    figure.suptitle(f"{name}: what a least score trades")
    return figure


def speed(variants: Sequence[Variant]) -> Figure:
    """Quality against speed: a variant's two markers one above the other, the first with its
    label."""
    figure, (axes,) = _figure(1, 8.6, 5.6)
    depths = sorted((v for v in variants if v.joined), key=lambda v: v.speed)
    for field, name, colour, fill, marker, style in (
        ("held", "held-back articles", BLUE, BLUE, "o", "-"),
        ("dev", "development articles", ORANGE, "white", "s", "--"),
    ):
        axes.plot(
            [v.speed for v in depths],
            [getattr(v, field) for v in depths],
            color=colour,
            linestyle=style,
            linewidth=1,
        )
        axes.plot(
            [v.speed for v in variants],
            [getattr(v, field) for v in variants],
            color=colour,
            markerfacecolor=fill,
            marker=marker,
            markersize=5,
            linestyle="",
            label=name,
        )
    axes.margins(0.1)
    axes.set_xlim(0, max(v.speed for v in variants) * 1.15)
    axes.set(xlabel="articles a second on one core", ylabel="F1 of event types")
    axes.set_title(
        "what variants of the network give and cost; lines join those that differ in depth alone"
    )
    axes.grid(visible=True)
    axes.legend(loc="lower left")
    _name(figure, axes, variants)
    return figure


def _name(figure: Figure, axes: Axes, variants: Sequence[Variant]) -> None:
    """Label joined variants on their right, above the line that falls there, others on their left.

    From the top down each stands as high as it can without covering one before it, so that the
    strokes from markers to labels do not cross.
    """
    figure.draw_without_rendering()  # only then is it known where things stand
    boxes: list[Any] = []
    stroke = {"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3}
    for v in sorted(variants, key=lambda v: (-v.held, v.label)):
        point = v.speed, v.held
        x, y, side = (12, 8, "left") if v.joined else (-14, 0, "right")
        text = axes.annotate(
            v.label, point, (x, y), textcoords="offset points", size=8.5, ha=side, va="center"
        )
        text.set_in_layout(False)
        while any(text.get_window_extent().overlaps(box) for box in boxes):
            y -= 1
            text.set_y(y)
        boxes.append(text.get_window_extent())
        axes.annotate("", point, (x, y), textcoords="offset points", arrowprops=stroke)


def _label(panel: Axes, found: Bin) -> None:
    """How many predictions a point stands for: away from the diagonal and within the panel."""
    above = found.right > found.score or found.right < 0.05
    place = (-6, 6) if above else (6, -6)
    panel.annotate(
        found.count,
        (found.score, found.right),
        place,
        textcoords="offset points",
        size=8,
        ha="right" if above else "left",
        va="bottom" if above else "top",
    )


@contextmanager
def _style() -> Iterator[None]:
    """Our look, whatever the reader's own settings are."""
    with import_module("matplotlib.style").context(STYLE, after_reset=True):
        yield


def _figure(panels: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    figure = import_module("matplotlib.figure").Figure((width, height), layout="constrained")
    return figure, list(figure.subplots(1, panels, squeeze=False)[0])


def _unit(panel: Axes, x: str, y: str) -> None:
    ticks = [n / 5 for n in range(6)]
    panel.set(
        xlim=(-0.03, 1.09), ylim=(-0.03, 1.03), xticks=ticks, yticks=ticks, xlabel=x, ylabel=y
    )
    panel.set_aspect("equal")
    panel.grid(visible=True)
