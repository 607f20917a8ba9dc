"""Where the build reads and writes, relative to the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AUTHORED = Path(__file__).resolve().parent / "authored"
SHARED = ROOT.parent / "shared"
DATA = ROOT / "src" / "kronik" / "known" / "data"
