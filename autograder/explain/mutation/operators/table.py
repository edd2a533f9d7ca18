"""The one table of operators, read from `operators.md`, which is its documentation as well."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from autograder.explain.mutation.operators import batches, calls, formulas, momentum, penalties, scalars, state, steps
from autograder.explain.mutation.operators.operator import Operator

PAGE = Path(__file__).parents[2] / "operators.md"
_MAKERS = {
    name: found
    for module in (formulas, calls, steps, batches, momentum, scalars, state, penalties)
    for name, found in vars(module).items()
}


def read(page: Path) -> Iterator[Operator]:
    """The operators of a page: a sentence in bold, and a table of those of its kind."""
    doc = ""
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("**"):
            doc = line.strip("*")
        elif line.startswith("|") and doc and not line.startswith(("|---", "| kind |")):
            code, before, after, made = (cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
            yield _operator(code, doc, _code(before), _code(after), made)


def _code(cell: str) -> str:
    return "\n".join(line.strip()[1:-1] for line in cell.split("<br>"))


def _operator(code: str, doc: str, before: str, after: str, made: str) -> Operator:
    if made in ("", "named"):
        return Operator(code, doc, before, after, named=made == "named")
    name, _, words = made.partition(" ")
    maker = _MAKERS[name]
    # a maker says in the type of what it gets which nodes it is called with
    (kind,) = (text for text in maker.__annotations__.values() if text.startswith("ast."))
    make = partial(maker, after if words.startswith("wrong ") else words) if words else maker
    if words.startswith("wrong "):
        make = partial(make, words.removeprefix("wrong "))
    return Operator(code, doc, before, after, make, None if kind == "ast.FunctionDef" else getattr(ast, kind[4:]))


TABLE = tuple(read(PAGE))
