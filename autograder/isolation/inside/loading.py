"""Loading a submission inside the student process, scripts and notebooks alike.

A text is made into statements by IPython's rules, and nothing of it is run but settings of libraries: each global name
is made when it is first read (`demand.py`). A cell that is no Python is left out, and told.
"""

from __future__ import annotations
import __future__

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import io
import linecache
import re
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.isolation.inside.demand import Names, Statement
from autograder.isolation.inside.shell import Shell, as_python, cells_of, shell_call
from autograder.isolation.inside.touches import touches_of
from autograder.wire import SUBMISSION

_MOST_PROBLEMS = 20
_LONGEST_LINE = 100
_COMPREHENSIONS = ("<listcomp>", "<dictcomp>", "<setcomp>", "<genexpr>")
# what a text defines that is no Python, as far as can be told
_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)|^(\w+)\s*=(?!=)", re.MULTILINE)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass
class Loaded:
    """A submission's names and what happened on the way.

    Attributes:
        module: The module that holds its names; those that nobody has read yet are not there.
        names: Makes them.
        problems: What could not be honoured, one record for each statement, as it comes up.
        homes: The cell of a notebook in which each function and class is defined last.
        sources: Files and cells that code of the submission may come from.
        written: Modules that a notebook writes beside itself, by file name; nothing is written to disk.
    """

    module: types.ModuleType
    names: Names = field(init=False)
    problems: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)

    def note(self, **problem: Any) -> None:
        """Notes what could not be honoured."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


def load(parts: list[dict[str, str]], whole: bool = False) -> Loaded:
    """Takes a submission's source as the module `submission`; runs all of it only where it is `whole`."""
    module = types.ModuleType(SUBMISSION)
    # AutoGraph and inspect look for the module by name and for its source in linecache. The module's file must not be
    # called like its code's: AutoGraph would then read it again from a disk where it is not, and run the function
    # unconverted, a loop over a data set without end
    module.__file__ = str(Path(parts[0]["name"].partition(", cell ")[0]).absolute())
    sys.modules[SUBMISSION] = module
    loaded = Loaded(module)
    statements = [statement for part in parts for statement in _of_part(part["name"], part["text"], loaded)]
    statements = list(_with_flags(statements if whole else _without_main_guards(statements)))
    cells = (one for one in statements if ", cell " in one.part)
    loaded.homes = {one.node.name: one.part for one in cells if isinstance(one.node, _DEFINITIONS)}

    def failed(statement: Statement, error: BaseException) -> None:
        loaded.note(kind="statement", part=statement.part, line=statement.node.lineno, **described(error))

    shell = Shell(vars(module))
    if loaded.written:
        sys.meta_path.append(_Written(loaded))
    loaded.names = Names(module, statements, failed, {"get_ipython": lambda: shell, "display": lambda *_, **__: None})
    # whoever imports `submission`, or unpickles one of its objects, sees what its functions see
    module.__getattr__ = _attribute_of(loaded.names)  # type: ignore[method-assign]
    if whole:
        loaded.names.run_all()
    else:
        loaded.names.begin()
    return loaded


class _Written(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the modules that a notebook has written with `%%writefile`."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """One of those modules; none of any other name."""
        file = f"{fullname}.py"
        return importlib.util.spec_from_loader(fullname, self) if file in self._loaded.written else None

    def exec_module(self, module: types.ModuleType) -> None:
        """Runs it whole, as Python does."""
        file = f"{module.__name__}.py"
        text = self._loaded.written[file]
        _remember(file, io.StringIO(text, newline=None).readlines(), self._loaded)
        exec(compile(text, file, "exec"), vars(module))


def _attribute_of(names: Names) -> Callable[[str], Any]:
    def attribute(name: str) -> Any:
        try:
            return names.read(name)
        except KeyError:
            raise AttributeError(name) from None

    return attribute


def _of_part(name: str, text: str, loaded: Loaded) -> Iterator[Statement]:
    """The statements of a file or a cell; every line keeps its number."""
    # lines as Python counts them: splitlines() would also end one at a form feed
    lines = io.StringIO(text, newline=None).readlines() or ["\n"]
    _remember(name, lines, loaded)
    is_cell = ", cell " in name
    try:
        yield from _expanded(ast.parse(text, name).body, name, loaded)
        return
    except SyntaxError:
        pass  # perhaps by IPython's rules it is
    except (ValueError, RecursionError, MemoryError) as error:
        loaded.note(**not_python(name, error))
        return
    for start, cell in [(0, lines)] if is_cell else list(cells_of(lines, name)):
        try:
            python = as_python(["\n"] * start + cell, name)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            defined = [one for pair in _DEFINED.findall("".join(cell)) for one in pair if one]
            loaded.note(**not_python(name, error), names=defined[:50])
            continue
        for number, line in python.unknown:
            loaded.note(kind="not-honoured", part=name, line=number, text=line[:200])
        if python.writes is not None:
            file, content = python.writes
            loaded.written[file] = content
        lines[start : start + len(cell)] = python.lines[start:]
        yield from _expanded(python.statements, name, loaded)
    _remember(name, lines, loaded)


def _remember(name: str, lines: list[str], loaded: Loaded) -> None:
    loaded.sources.add(name)
    linecache.cache[name] = (sum(map(len, lines)), None, lines, name)


def _expanded(nodes: list[ast.stmt], name: str, loaded: Loaded) -> Iterator[Statement]:
    """Statements with what IPython would run for them in their place; imports of several modules one by one."""
    for node in nodes:
        asked = shell_call(node, loaded.written)
        if isinstance(node, ast.Import):
            yield from (Statement(ast.copy_location(ast.Import([one]), node), name) for one in node.names)
        elif asked is None:
            yield Statement(node, name)
        else:
            if not asked.is_honoured:
                loaded.note(kind="not-honoured", part=name, line=node.lineno, text=asked.text[:200])
            if asked.code.rstrip().count("\n"):
                # the lines of a cell that is written as one text have numbers of their own
                yield from _of_part(f"{name}, line {node.lineno}", asked.code, loaded)
            elif asked.code:
                yield from _of_line(name, "\n" * (node.lineno - 1) + asked.code.strip(), loaded)
            elif not isinstance(node, ast.Expr):
                yield Statement(node, name)


def _of_line(name: str, code: str, loaded: Loaded) -> Iterator[Statement]:
    try:
        yield from (Statement(node, name) for node in ast.parse(code, name).body)
    except (SyntaxError, ValueError) as error:
        loaded.note(**not_python(name, error))


def _without_main_guards(statements: list[Statement]) -> list[Statement]:
    """Statements, with some of those under `if __name__ == "__main__":` in its place.

    A file that is graded is not the program that runs, so what a guard binds again, or changes, is left as it was. But
    a table that nothing else makes is there in the student's.
    """
    if not any(map(_guarded, statements)):
        return statements
    outside = {name for one in statements if not _guarded(one) for name in _bound(one.node)}
    found = []
    for one in statements:
        inner = _guarded(one)
        kept = (replace(one, node=node, spares=frozenset(outside)) for node in inner if not _bound(node) & outside)
        found += list(kept) if inner else [one]
    return found


def _guarded(statement: Statement) -> list[ast.stmt]:
    """What stands under `if __name__ == "__main__":`; nothing for any other statement."""
    node = statement.node
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return []
    is_guard = ast.unparse(node.test) in ("__name__ == '__main__'", "'__main__' == __name__")
    return node.body if is_guard else []


def _bound(node: ast.stmt) -> set[str]:
    (touches,) = touches_of([node])
    return touches.binds


def _with_flags(statements: list[Statement]) -> Iterator[Statement]:
    """Statements with what `from __future__ import annotations` above them asks for, as in a notebook."""
    flags = 0
    for one in statements:
        if isinstance(one.node, ast.ImportFrom) and one.node.module == "__future__":
            flags |= sum(getattr(__future__, name.name).compiler_flag for name in one.node.names)
        yield replace(one, flags=flags)


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
        code = error.text.rstrip() if isinstance(error.text, str) else ""
        caret = max(0, (error.offset or 0) - 1 - (len(code) - len(code.lstrip())))
        what |= {"source": code.lstrip()[:_LONGEST_LINE]}
        return {"kind": "syntax", "part": name, "line": error.lineno or 0, "caret": caret, **what}
    return {"kind": "no-python", "part": name, "line": 0, **described(error, 100)}


def where(error: BaseException, sources: set[str]) -> dict[str, Any]:
    """The deepest line of the submission that an exception came through; {} where there is none."""
    trace, is_own = innermost(error, sources)
    if trace is None:
        return {}
    code = trace.tb_frame.f_code
    line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
    place = {"part": code.co_filename, "line": trace.tb_lineno, "function": _function_of(trace.tb_frame)}
    return place | {"code": line[:200], "own": is_own}


def innermost(error: BaseException, sources: set[str]) -> tuple[types.TracebackType | None, bool]:
    """The deepest frame of the submission that an exception came through, and whether it is the one that raised."""
    found, is_own = None, False
    trace = error.__traceback__
    while trace is not None:
        is_own = trace.tb_frame.f_code.co_filename in sources
        found = trace if is_own else found
        trace = trace.tb_next
    return found, is_own


def _function_of(frame: types.FrameType) -> str:
    """The function that a frame belongs to: a comprehension is a part of the one around it."""
    outer: types.FrameType | None = frame
    while outer is not None and outer.f_code.co_name in _COMPREHENSIONS:
        outer = outer.f_back
    return (outer or frame).f_code.co_name
