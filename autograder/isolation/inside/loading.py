"""Loading a submission inside the student process: every definition that can be had, whatever else fails.

A `.py` file is run statement by statement, so that a failing line does not take the functions below it along. A
notebook is loaded the way a grader needs it: imports, functions, classes, and those assignments that the functions
use; cells that draw, train or print are skipped.
"""

from __future__ import annotations

import ast
import io
import linecache
import sys
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MODULE_NAME = "submission"


@dataclass
class Loaded:
    """A submission's module and what happened on the way.

    Attributes:
        module: The module with all that was defined.
        problems: What failed, one record for each statement.
        skipped: How many top-level statements were not run.
    """

    module: types.ModuleType
    problems: list[dict[str, Any]] = field(default_factory=list)
    skipped: int = 0


def load(parts: list[dict[str, str]], definitions_only: bool) -> Loaded:
    """Runs a submission's source as the module `submission`."""
    module = types.ModuleType(MODULE_NAME)
    # AutoGraph and inspect look for the module by name and for its source in linecache. The module's file must not be
    # called like its code's: AutoGraph would then read it again from a disk where it is not, and run the function
    # unconverted, a loop over a data set without end
    module.__file__ = str(Path(parts[0]["name"].partition(", cell ")[0]).absolute())
    sys.modules[MODULE_NAME] = module
    loaded = Loaded(module)
    statements: list[tuple[str, ast.stmt]] = []
    for part in parts:
        name, text = part["name"], part["text"]
        # lines as Python counts them: splitlines() would also end one at a form feed
        linecache.cache[name] = (len(text), None, io.StringIO(text, newline=None).readlines(), name)
        try:
            statements += [(name, statement) for statement in ast.parse(text, name).body]
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            loaded.problems.append(not_python(name, error))
    needed = _needed_names([statement for _, statement in statements]) if definitions_only else None
    for name, statement in statements:
        if needed is not None and not _is_needed(statement, needed):
            loaded.skipped += 1
            continue
        _run(statement, name, loaded)
    return loaded


def _run(statement: ast.stmt, name: str, loaded: Loaded) -> None:
    try:
        # `from __future__ import annotations` of the file must hold for its later statements too
        code = compile(ast.Module([statement], []), name, "exec", flags=_future_flags(loaded), dont_inherit=True)
        exec(code, loaded.module.__dict__)
    except BaseException as error:
        # SystemExit and KeyboardInterrupt of a submission are its mistakes, not our end
        loaded.problems.append({"kind": "statement", "part": name, "line": statement.lineno, **described(error)})


def _future_flags(loaded: Loaded) -> int:
    import __future__

    feature = loaded.module.__dict__.get("annotations")
    is_future = isinstance(feature, __future__._Feature)
    return feature.compiler_flag if is_future else 0  # type: ignore[union-attr]


def described(error: BaseException, limit: int = 500) -> dict[str, str]:
    """Type and message of an exception, in bounded length; a message that itself fails is left out."""
    try:
        text = " ".join(str(error).split())
    except BaseException:
        text = ""
    return {"error": type(error).__name__, "text": text if len(text) <= limit else text[:limit] + " …"}


def not_python(name: str, error: BaseException) -> dict[str, Any]:
    """Where a file stops being Python, and why."""
    if isinstance(error, SyntaxError):
        what = {"error": type(error).__name__, "text": str(error.msg)}
        return {"kind": "syntax", "part": name, "line": error.lineno or 0, **what}
    return {"kind": "no-python", "part": name, "line": 0, **described(error, 100)}


_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _needed_names(statements: list[ast.stmt]) -> set[str]:
    """Top-level names that functions and classes use, directly or through other assignments."""
    needed: set[str] = set()
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                needed |= _names(node, ast.Load)
    while True:
        more = set(needed)
        for statement in statements:
            if not isinstance(statement, _DEFINITIONS) and _names(statement, ast.Store) & needed:
                more |= _names(statement, ast.Load)
        if more == needed:
            return needed
        needed = more


def _is_needed(statement: ast.stmt, needed: set[str]) -> bool:
    if isinstance(statement, _DEFINITIONS):
        return True
    if any(isinstance(node, _DEFINITIONS) for node in ast.walk(statement)):
        return True
    return bool(_names(statement, ast.Store) & needed)


def _names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, context)}


def where(error: BaseException, sources: set[str]) -> dict[str, Any]:
    """The deepest line of the submission that an exception came through; {} where there is none."""
    place: dict[str, Any] = {}
    trace: Any = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename in sources:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            place = {"part": code.co_filename, "line": trace.tb_lineno, "function": code.co_name, "code": line[:200]}
        trace = trace.tb_next
    return place
