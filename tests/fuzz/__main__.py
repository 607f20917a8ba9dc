"""``python -m tests.fuzz [READER ...] [--inputs N] [--seed N] [--guided SECONDS]``.

Without readers, all of them; inputs are parted among them by their shares. What is found is shown,
made as small as it can be, and stored under ``cases/``; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING

from tests.fuzz import cases
from tests.fuzz.guided import guided

if TYPE_CHECKING:
    from tests.fuzz.hunt import Tally


def main() -> int:
    asked = _asked()
    # A guided run instruments what it imports: nothing of ours may be there before.
    from tests.fuzz.hunt import Tally  # noqa: PLC0415
    from tests.fuzz.readers import READERS  # noqa: PLC0415
    from tests.fuzz.watched import Plan, hunted  # noqa: PLC0415

    if asked.guided:
        return guided(asked.readers or list(READERS), asked.guided)
    chosen = [READERS[name] for name in asked.readers] or list(READERS.values())
    shares = sum(reader.share for reader in chosen)
    whole = Tally("all")
    print(
        f"{'reader':10} {'inputs':>8} {'seconds':>8} {'slowest':>8} {'MiB':>5} {'ways':>5} findings"
    )
    for reader in chosen:
        inputs = -(-asked.inputs * reader.share // shares)
        tally = hunted(Plan(reader, inputs, asked.seed), partial(cases.report, reader.name))
        whole.add(tally)
        _show(tally)
    _show(whole)
    return bool(whole.findings)


def _show(tally: Tally) -> None:
    print(
        f"{tally.reader:10} {tally.inputs:8,} {tally.seconds:8.1f} {tally.slowest:8.2f}"
        f" {tally.peak:5.0f} {len(tally.ends):5} {len(tally.findings)}",
        flush=True,
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER")
    parser.add_argument("--inputs", type=int, default=200_000, help="of all readers together")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same inputs")
    parser.add_argument("--guided", type=int, help="seconds a reader, led by coverage (atheris)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
