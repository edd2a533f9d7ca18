"""A class for all graders: right submissions written in different ways, and wrong ones, in turn."""

from __future__ import annotations

import ast
from itertools import cycle, islice
from pathlib import Path

from autograder.authoring.tables import read_table

ROOT = Path(__file__).parents[3]
NAME = "04_tape_net"
# goes through all mistakes, and through the questions with them
_STRIDE = 37


def right() -> list[str]:
    """Right answers, written in different ways."""
    return [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "rewrites" / NAME).glob("[!_]*.py"))]


def wrong() -> list[str]:
    """The solution's functions with one mistake each; neither texts nor pictures, which would run in a notebook."""
    solution = (ROOT / "assignments" / NAME / "solution.py").read_text("utf-8")
    functions = [
        ast.get_source_segment(solution, node)
        for node in ast.parse(solution).body
        if isinstance(node, ast.FunctionDef) and not node.decorator_list
    ]
    base = "\n\n\n".join(["import keras\nimport numpy as np\nimport tensorflow as tf", *map(str, functions)])
    cases = read_table(ROOT / "tests" / "mistakes" / f"{NAME}.txt")
    chosen = [cases[number * _STRIDE % len(cases)] for number in range(len(cases))]
    return [f"{base}\n\n\n{case.text}\n" for case in chosen]


def write_class(folder: Path, count: int) -> list[Path]:
    """Writes so many submissions into a folder, right and wrong ones in turn."""
    folder.mkdir(parents=True)
    texts = (text for pair in zip(cycle(right()), cycle(wrong()), strict=False) for text in pair)
    paths = []
    for number, text in enumerate(islice(texts, count)):
        paths.append(folder / f"student{number:04d}.py")
        paths[-1].write_text(text, "utf-8")
    return paths
