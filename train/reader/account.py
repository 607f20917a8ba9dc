"""``python -m train.reader.account``: the table of ``train/DATA.md``, from what the last training
run counted (``about.data`` of the card that ships)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kronik.net.reader import WEIGHTS

PAGE = Path(__file__).parents[1] / "DATA.md"
BEGIN, END = "<!-- counts -->\n", "<!-- end of counts -->"
COLUMNS = ("texts", "sentences", "events", "quotes", "entities")


def table(data: Mapping[str, Any]) -> Iterator[str]:
    """Lines of Markdown: a row a corpus, with every row that was dropped, by reason."""
    yield f"| corpus | {' | '.join(COLUMNS)} | dropped, and why |"
    yield "|" + "---|" * (len(COLUMNS) + 2)
    for name, row in data.items():
        counts = " | ".join(f"{row[column]:,}" for column in COLUMNS)
        reasons = "; ".join(f"{count:,}: {why}" for why, count in sorted(row["dropped"].items()))
        yield f"| {name} | {counts} | {reasons or 'none'} |"


def written(page: str, data: Mapping[str, Any]) -> str:
    """The page with its table made anew."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + "\n".join(table(data)) + "\n" + END + after


def main() -> None:
    """Write the page."""
    card = json.loads((WEIGHTS / "card.json").read_text("utf8"))
    PAGE.write_text(written(PAGE.read_text("utf8"), card["about"]["data"]), "utf8")
    print(PAGE)


if __name__ == "__main__":
    main()
