"""What a starter leaves to be written."""

from __future__ import annotations

import ast
import re

_ID = re.compile(r"(\d+\.\d+): ")


def functions_of(starter: str) -> dict[str, tuple[str, ...]]:
    """The functions and classes at top level that each question asks for, by its id.

    Example:

    >>> functions_of('def half(x):\\n    raise NotImplementedError("01.1: half")')
    {'01.1': ('half',)}
    """
    found: dict[str, dict[str, None]] = {}
    for node in ast.parse(starter).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            for inner in ast.walk(node):
                if id := _open(inner):
                    found.setdefault(id, {})[node.name] = None
    return {id: tuple(names) for id, names in found.items()}


def definitions_in(starter: str) -> frozenset[str]:
    r"""The functions and classes at top level, those that are given included.

    Example:

    >>> sorted(definitions_in("def half(x): ...\nclass Net: ..."))
    ['Net', 'half']
    """
    return frozenset(node.name for node in ast.parse(starter).body if isinstance(node, (ast.FunctionDef, ast.ClassDef)))


def _open(node: ast.AST) -> str:
    """The question of a stub, or ""."""
    call = node.exc if isinstance(node, ast.Raise) else None
    if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "NotImplementedError" or not call.args:
        return ""
    text = call.args[0].value if isinstance(call.args[0], ast.Constant) else ""
    match = _ID.match(text) if isinstance(text, str) else None
    return match[1] if match else ""
