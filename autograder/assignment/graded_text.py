"""What of a solution marks and causes depend on: its code, and neither its prose nor its pictures."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_PICTURE = "picture"


def graded_text(solution: str) -> str:
    """The lines of a solution that decide what it returns, so that another text cell lets everything else stand.

    Left out are comments on lines of their own, docstrings, empty lines, functions below `@picture` with its import,
    and what stands under `if __name__ == "__main__":`. Lines and not a syntax tree, whose form differs between
    versions of Python.

    Example:

    >>> print(graded_text('''# %% [markdown]
    ... # Half of it.
    ... def half(x):
    ...     "Halves."
    ...     return x / 2
    ... @picture
    ... def show_half():
    ...     return "a line"
    ... '''))
    def half(x):
        return x / 2
    """
    lines = solution.splitlines()
    try:
        tree = ast.parse(solution)
    except (SyntaxError, ValueError):
        return solution
    prose = {number for first, last in _prose(tree) for number in range(first, last + 1)}
    # a line of a text that goes over several lines is no comment, whatever it begins with
    texts = {number for first, last in _texts(tree) for number in range(first + 1, last + 1)}
    kept = (
        line.rstrip() if number not in texts else line
        for number, line in enumerate(lines, 1)
        if number not in prose and (number in texts or (line.strip() and not line.lstrip().startswith("#")))
    )
    return "\n".join(kept)


def _prose(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """First and last lines of what does not count."""
    for node in tree.body:
        if _is_for_people(node):
            yield min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))]), _last(node)
    for inner in ast.walk(tree):
        if isinstance(inner, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and inner.body:
            first = inner.body[0]
            # a function whose docstring is all of it would be no Python without it
            if ast.get_docstring(inner, clean=False) is not None and len(inner.body) > 1:
                yield first.lineno, _last(first)


def _is_for_people(node: ast.stmt) -> bool:
    if isinstance(node, ast.FunctionDef):
        return any(_PICTURE in (getattr(one, "id", ""), getattr(one, "attr", "")) for one in node.decorator_list)
    if isinstance(node, ast.ImportFrom):
        return node.module == "tfkit" and [one.name for one in node.names] == [_PICTURE]
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'" and not node.orelse


def _texts(tree: ast.Module) -> Iterator[tuple[int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)):
            yield node.lineno, _last(node)


def _last(node: ast.stmt | ast.expr) -> int:
    return node.end_lineno or node.lineno
