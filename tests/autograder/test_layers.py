"""Imports run down this list only: a module may use what stands below it, and its own layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# the highest first; what stands on one line knows nothing of its neighbours
LAYERS = [
    ["__main__", "notebook"],
    ["cli"],
    ["exporting", "similar", "cluster"],
    ["authoring", "server"],
    ["records"],
    ["marks"],
    ["explain.diagnosis", "explain.audit", "carrying"],
    ["explain.travelling"],
    ["explain.costs"],
    ["explain.mutation"],
    ["explain.notes"],
    ["explain.leaves", "explain.minor"],
    ["testing"],
    ["engine"],
    ["assertions"],
    ["handin", "assignment"],
    ["isolation.host"],
    ["isolation.inside"],
    ["isolation.sandbox"],
    ["isolation"],
    ["words"],
    ["facts", "text", "files", "fingerprint", "errors", "defaults", "probes"],
    ["wire"],
]
# to be turned round: what an assertion needs of the engine
PENDING: set[str] = set()
PLACES = {name: level for level, names in enumerate(LAYERS) for name in names}


def place_of(module: str) -> str:
    """The longest name in the list that a module belongs to."""
    parts = module.split(".")[1:]
    names = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return next((name for name in names if name in PLACES), "")


def imported(path: Path) -> Iterator[str]:
    """Modules of autograder that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("autograder."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "autograder":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (ROOT / inner.replace(".", "/")).with_suffix(".py").exists()
                is_package = (ROOT / inner.replace(".", "/")).is_dir()
                yield inner if is_module or is_package else str(node.module)


def modules() -> list[str]:
    files = sorted((ROOT / "autograder").rglob("*.py"))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files if path.name != "__init__.py"]


@pytest.mark.parametrize("module", modules())
def test_imports_run_downwards(module):
    own = place_of(module)
    assert own, f"{module} is in no layer: put its folder into LAYERS"
    for name in imported(ROOT / f"{module.replace('.', '/')}.py"):
        other = place_of(name)
        if other and other != own and module not in PENDING:
            assert PLACES[other] > PLACES[own], f"{module} imports {name}, which stands above it or beside it"


def test_tfkit_knows_nothing_of_the_grader():
    for path in (ROOT / "tfkit").rglob("*.py"):
        assert not list(imported(path)), path
