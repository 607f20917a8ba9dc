"""The hash of a set's bytes: floors and figures stand on it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def digest(path: Path) -> str:
    """Of a file's bytes; of a folder, of the names and bytes of all its files in order."""
    if path.is_file():
        return sha256(path.read_bytes()).hexdigest()
    found = sha256()
    for file in sorted(inner for inner in path.rglob("*") if inner.is_file()):
        found.update(file.relative_to(path).as_posix().encode() + b"\0")
        found.update(sha256(file.read_bytes()).digest())
    return found.hexdigest()
