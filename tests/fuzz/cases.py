"""Inputs that once showed something, each a file; tests read them for ever."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.fuzz.finding import Finding

FOLDER = Path(__file__).parent / "cases"
_LONGEST = 20_000
"""Bytes of a case that is kept."""


def stored(folder: Path = FOLDER) -> Iterator[tuple[str, str, bytes]]:
    """Reader, name and bytes of every case."""
    for path in sorted(folder.glob("*/*")):
        yield path.parent.name, path.name, path.read_bytes()


def keep(reader: str, finding: Finding, folder: Path = FOLDER) -> Path | None:
    """Store the input of a finding, named after what it showed; None where it is too long."""
    if len(finding.body) > _LONGEST:
        return None
    shown = re.sub(r"[^a-z0-9]+", "-", f"{finding.key[0]} {finding.at.partition(':')[0]}".lower())
    path = folder / reader / f"{shown.strip('-')}-{sha256(finding.body).hexdigest()[:6]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(finding.body)
    return path


def report(reader: str, finding: Finding) -> None:
    """Store a finding and say so; one too long for a case goes into a folder of its own."""
    path = keep(reader, finding) or Path(tempfile.mkdtemp()) / reader
    path.write_bytes(finding.body)
    print(f"  {finding.what} [{finding.at}] -> {path}", file=sys.stderr, flush=True)
