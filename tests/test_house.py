"""The house holds: imports point down the layers only, and rooms keep their size."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "kronik"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("types", "errors"),
    ("settings", "reasons", "codebook", "lang", "net", "known", "store"),
    ("kit", "sources", "link", "exchange", "web"),
    ("steps",),
    ("pipeline",),
    ("work", "explain"),
    ("cli",),
)
"""From the ground up, as docs/house.md draws them; a room imports only from floors below it."""

ALSO = {("exchange", "sources"): "never", ("sources", "store"): "never", ("kit", "store"): "never"}
"""What the floors would allow and the plan does not."""

FLOOR = {room: floor for floor, rooms in enumerate(LAYERS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Modules that a file imports, with the line, whether at its head or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((name, node.lineno) for name in names)


def ours() -> list[Path]:
    return [
        path
        for path in sorted(SRC.rglob("*.py"))
        if path.parent != SRC or path.stem not in {"__init__", "__main__"}
    ]


@pytest.mark.parametrize("path", ours(), ids=lambda p: str(p.relative_to(SRC)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    assert room in FLOOR, f"{path}: room {room!r} stands on no floor of LAYERS"
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] != "kronik" or len(parts) < 2 or parts[1] not in FLOOR:
            assert parts[0] not in {"train", "eval", "tests"}, f"{path}:{line} imports {module}"
            continue
        other = parts[1]
        if other == room:
            continue
        target = SRC / other
        assert FLOOR[other] < FLOOR[room], f"{path}:{line} imports {target}, which is not below it"
        assert (room, other) not in ALSO, f"{path}:{line} imports {target}, which the plan forbids"


@pytest.mark.parametrize("path", sorted((SRC / "steps").rglob("*.py")), ids=lambda p: p.stem)
def test_no_step_imports_a_sibling(path: Path) -> None:
    own = path.relative_to(SRC / "steps").parts[0].removesuffix(".py")
    for module, line in imports(path):
        parts = module.split(".")
        if parts[:2] == ["kronik", "steps"] and len(parts) > 2:
            assert parts[2] == own, f"{path}:{line} imports the step {parts[2]}"


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_rooms_keep_their_size(path: Path) -> None:
    text = path.read_text("utf8")
    assert text.count("\n") <= 400, f"{path} has outgrown 400 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and path.stem != "cli":
            length = (node.end_lineno or node.lineno) - node.lineno
            assert length <= 50, f"{path}:{node.lineno} {node.name} has {length} lines"


def test_languages_are_asked_for_in_lang_only() -> None:
    """No branch on a language's code outside ``lang/``: what differs is a field of the pack."""
    for path in ours():
        if room_of(path) == "lang":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.Compare):
                words = {ast.unparse(node.left)} | {ast.unparse(c) for c in node.comparators}
                codes = {"'id'", "'en'"} & words
                about = any("lang" in word for word in words)
                assert not (codes and about), f"{path}:{node.lineno} branches on a language"


def test_the_plan_is_drawn_as_it_is() -> None:
    text = (ROOT / "docs" / "house.md").read_text("utf8")
    rooms = {
        p.name.removesuffix(".py")
        for p in SRC.iterdir()
        if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    for room in rooms - {"__init__", "__main__", "demo"}:
        assert f"`{room}" in text, f"docs/house.md does not say what {room} is for"
