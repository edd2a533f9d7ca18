"""When a test falls over the None that a function returned, the None is what is told."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from autograder.assertions.failure import CheckFailed
from autograder.errors import UsageError
from autograder.facts.fact import Fact

_NONE = re.compile(r"\bNone(Type)?\b")


def falls_over_none(error: BaseException) -> bool:
    """Whether an error of a test may come from a None that it was just given.

    A check that says what is wrong has to speak of it; an error that nobody planned, or a plain `assert`, has not.

    Example:

    >>> falls_over_none(TypeError("'NoneType' object is not iterable")), falls_over_none(CheckFailed("W1 is wrong"))
    (True, False)
    """
    if isinstance(error, CheckFailed):
        return error.outcome == "failed" and error.code != "no-return" and any(map(_speaks_of_none, error.facts))
    return isinstance(error, Exception) and not isinstance(error, UsageError)


def _speaks_of_none(fact: Fact) -> bool:
    text = fact.values.get("text") if fact.kind == "said" else ""
    inner = [value for value in fact.values.values() if isinstance(value, Fact)]
    return bool(_NONE.search(str(text))) or fact.kind == "form-none" or any(map(_speaks_of_none, inner))


def is_to_return(solution: Path, name: str) -> bool:
    """Whether a function is there to give a value; where the solution is not at hand, a test that asked expects one."""
    if not solution.is_file():
        return True
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [one for one in ast.parse(solution.read_text("utf-8")).body if isinstance(one, functions)]
    return any(
        isinstance(node, ast.Return) and node.value is not None
        for one in found
        if one.name == name
        for node in ast.walk(one)
    )
