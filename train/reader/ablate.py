"""``python -m train.reader.ablate [VARIANT ...]``: what each part of the recipe is worth.

Every variant of ``ablations.toml`` is trained on a small part of the data, exported as what ships
is, and measured on articles that none has read, for quality and speed. Rows go to
``ablations.tsv`` in the build folder; a variant that has its row there is not trained again.
``--plot FILE.svg`` draws the rows that are there, and trains nothing.
"""

from __future__ import annotations

import argparse
import csv
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import plots
from eval.bench import megabytes
from eval.corpora import Corpus, corpora
from eval.evaluate import evaluate
from eval.nouns import Item
from eval.run import predict
from kronik.codebook import Codebook
from kronik.errors import InstallError
from kronik.kit import Kit
from kronik.known import Known
from kronik.net import Reader
from kronik.settings import Settings
from train.reader.__main__ import Run
from train.reader.config import REPOSITORY, Config

FIGURES = ("events.sentence_f1", "events.type_f1", "events.type_status_f1", "events.parties_f1",
           "quotes.f1", "quotes.speaker")  # fmt: skip
BASE = ("base.pt", "adapted.pt", "tokenizer.json")
"""What a variant starts from: results of the main run's first stages."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The articles that variants are measured on."""

    sets: Mapping[str, tuple[Corpus, Sequence[Item]]]

    @classmethod
    def of(cls, hold: int) -> Bench:
        """The articles held back, and the development gold."""
        table = corpora()
        held, dev = table["train-id"], table["dev-id"]
        return cls({"held": (held, held.items()[0][-hold:]), "dev": (dev, dev.items()[0])})

    def row(self, folder: Path) -> dict[str, Any]:
        """Quality on every set, and articles a second of one thread's own time, so that other work
        on the machine counts less."""
        net = Reader.load(folder)
        kit = Kit(Settings(threads=1), Codebook.load(), Known.load(), net)
        row: dict[str, Any] = {"megabytes": megabytes(folder)}
        for name, (corpus, items) in self.sets.items():
            list(predict(items[:3], kit))  # warm
            began = time.process_time()
            found = list(predict(items, kit))
            row[f"{name}.articles_per_second"] = round(
                len(items) / (time.process_time() - began), 1
            )
            scores = evaluate(corpus, items, found).values()
            row |= {f"{name}.{key}": round(scores[key] or 0.0, 3) for key in FIGURES}
        return row


def merged(row: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``row`` with ``changes``, table by table."""
    out = dict(row)
    for key, value in changes.items():
        out[key] = merged(out[key], value) if isinstance(value, dict) else value
    return out


def variant(config: Config, table: Mapping[str, Any], name: str) -> Config:
    """``config.toml`` as the variant wants it, with the articles to measure on held back."""
    row = merged(merged(config.row, table.get("all", {})), table["variant"][name])
    kept = [dict(c, hold=table["hold"] if c["name"] == "gold-id" else 0) for c in row["corpus"]]
    row["corpus"] = [c for c in kept if c["name"] in table["corpora"]]
    return Config(row, config.shared)


def train(config: Config, build: Path, name: str) -> Path:
    """Fit and export one variant; gives the folder of its weights."""
    folder = build / "ablations" / name
    folder.mkdir(parents=True, exist_ok=True)
    for file in BASE:
        link = folder / file
        link.unlink(missing_ok=True)
        link.symlink_to(build.resolve() / file)
    run = Run(config, folder)
    if not (folder / "reader.pt").exists():
        run.fit()
    shipped = folder / "shipped"
    shipped.mkdir(exist_ok=True)
    run.export(shipped)
    return shipped


def points(rows: Sequence[Mapping[str, str]], depths: Mapping[str, str]) -> list[plots.Variant]:
    """Rows as the picture has them; ``depths`` are the variants that a line joins, with labels."""
    return [
        plots.Variant(
            label=depths.get(row["variant"], row["variant"]),
            speed=float(row["held.articles_per_second"]),
            held=float(row["held.events.type_f1"]),
            dev=float(row["dev.events.type_f1"]),
            joined=row["variant"] in depths,
        )
        for row in rows
    ]


def plot(results: Path, depths: Mapping[str, str], file: Path) -> None:
    """Draw all rows. Raises ``FileNotFoundError`` where there is none, ``InstallError`` without
    matplotlib."""
    rows = _rows(results)
    if not rows:
        raise FileNotFoundError(f"{results}: no variant has its row yet")
    plots.prepare(file.parent)
    plots.draw_variants(points(rows, depths), file)


def measure(asked: argparse.Namespace, table: Mapping[str, Any], results: Path) -> None:
    """Train and measure what has no row yet."""
    config = Config.read(asked.config, asked.shared)
    done = {row["variant"] for row in _rows(results)}
    bench = Bench.of(table["hold"])
    for name in asked.variants or table["variant"]:
        if name in done:
            print(f"{name}: has its row in {results}")
            continue
        began = time.monotonic()
        folder = train(variant(config, table, name), asked.build, name)
        minutes = round((time.monotonic() - began) / 60, 1)
        row = {"variant": name, "minutes": minutes} | bench.row(folder)
        _append(results, row)
        print(row)


def main(argv: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    table = tomllib.loads((Path(__file__).parent / "ablations.toml").read_text("utf8"))
    parser = argparse.ArgumentParser(prog="python -m train.reader.ablate", description=__doc__)
    parser.add_argument("variants", nargs="*", metavar="VARIANT", help="all, if none is named")
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "config.toml")
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--build", type=Path, default=REPOSITORY / "build" / "reader")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw all rows, train nothing")
    asked = parser.parse_args(argv)
    if unknown := set(asked.variants) - set(table["variant"]):
        parser.error(f"no such variant: {', '.join(sorted(unknown))}")
    results = asked.build / "ablations.tsv"
    if not asked.plot:
        measure(asked, table, results)
        return
    try:
        plot(results, table["depths"], asked.plot)
    except (OSError, InstallError) as error:
        parser.error(str(error))


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _append(path: Path, row: Mapping[str, Any]) -> None:
    new = not path.exists()
    with path.open("a", encoding="utf8", newline="") as lines:
        writer = csv.DictWriter(lines, row.keys(), delimiter="\t", lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)


if __name__ == "__main__":
    main()
