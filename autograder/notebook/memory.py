"""What a kernel holds in memory, as a text: the cells that it has run, in their order, and no statement that did not.

A cell that failed half way, a name that was deleted, a definition that another cell has replaced: where the last
statement that binds a name did not make what the name stands for now, an earlier one did, and the later ones are left
out. Code objects tell which.
"""

from __future__ import annotations

import ast
import inspect
import types
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.facts.fact import IN_MEMORY
from autograder.isolation.inside.shell import as_python
from autograder.isolation.inside.touches import touches_of

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BINDINGS = (*_DEFINITIONS, ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom)
_OURS = ("check", "hint")
_OURS_FROM = "autograder.notebook"
# characters: a long day's cells; of more, what was defined anew is left out
_MUCH = 400_000
_ABSENT = object()


@dataclass
class _Statement:
    cell: int
    node: ast.stmt
    binds: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Memory:
    """The cells of a kernel.

    Attributes:
        parts: Their texts, as a submission has them; a part is called by the cell's execution number.
        homes: The execution number of the cell that made each function and class.
        made: The names that each statement binds, with the statement.
    """

    parts: list[dict[str, str]]
    homes: dict[str, int]
    made: list[tuple[list[str], str]]


def memory_of(cells: Iterable[tuple[int, str]], names: Mapping[str, Any], flags: int = 0) -> Memory:
    """What is in memory.

    Args:
        cells: Execution numbers and texts, in the order in which they were run.
        names: The global names of the kernel.
        flags: What `from __future__ import …` has asked of its compiler.

    Example:

    >>> cells = [(1, "def f(x):\\n    return x"), (2, "def f(x):\\n    return 2 * x"), (3, "f(2)")]
    >>> space = {}
    >>> exec(cells[1][1], space)
    >>> memory_of(cells, space).parts
    [{'name': 'notebook, cell 2', 'text': 'def f(x):\\n    return 2 * x'}, {'name': 'notebook, cell 3', 'text': 'f(2)'}]
    """
    lines: dict[int, list[str]] = {}
    statements: list[_Statement] = []
    for number, text in cells:
        found = _python_of(number, text)
        if found is not None:
            lines[number] = text.splitlines(keepends=True)
            statements += [_Statement(number, node) for node in found]
    for statement, touches in zip(statements, touches_of([one.node for one in statements]), strict=True):
        statement.binds = touches.binds
    left_out = _not_in_memory(statements, names, flags)
    left_out |= _superseded([one for one in statements if id(one) not in left_out])
    kept = [one for one in statements if id(one) not in left_out]
    if sum(map(len, (text for number in {one.cell for one in kept} for text in lines[number]))) > _MUCH:
        left_out |= _superseded(kept, whatever_is_between=True)
        kept = [one for one in statements if id(one) not in left_out]
    for statement in statements:
        if id(statement) in left_out:
            _blank(lines[statement.cell], statement.node)
    alive = {one.cell for one in kept} | {number for number in lines if not _is_python("".join(lines[number]))}
    parts = [_part(number, "".join(own)) for number, own in lines.items() if number in alive and _has_text(own)]
    homes = {name: one.cell for one in kept if isinstance(one.node, _BINDINGS) for name in one.binds}
    made = [(sorted(one.binds), ast.unparse(one.node)) for one in kept if one.binds]
    return Memory(parts, homes, made)


def _part(number: int, text: str) -> dict[str, str]:
    return {"name": f"{IN_MEMORY}, cell {number}", "text": text}


def _has_text(lines: Sequence[str]) -> bool:
    return any(line.strip() for line in lines)


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _python_of(number: int, text: str) -> list[ast.stmt] | None:
    """The statements of a cell; None of one that no kernel can have run."""
    try:
        return as_python(text.splitlines(keepends=True) or ["\n"], f"{IN_MEMORY}, cell {number}").statements
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _blank(lines: list[str], node: ast.stmt) -> None:
    """Takes a statement out of the lines of its cell; every other line keeps its number."""
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
    last = node.end_lineno or node.lineno
    for number in range(first - 1, min(last, len(lines))):
        lines[number] = "\n"


# what did not run


def _not_in_memory(statements: Sequence[_Statement], names: Mapping[str, Any], flags: int) -> set[int]:
    """Statements that bind names which stand for something else now, or for nothing."""
    by_name: dict[str, list[_Statement]] = defaultdict(list)
    for one in statements:
        for name in one.binds:
            by_name[name].append(one)
    left_out: set[int] = set()
    for name, binding in by_name.items():
        value = names.get(name, _ABSENT)
        if value is _ABSENT:
            left_out |= {id(one) for one in binding if _binds_alone(one) and not one.binds & names.keys()}
            continue
        for place in range(len(binding) - 1, -1, -1):
            made = _has_made(binding[place], name, value, flags)
            if made is None and place == len(binding) - 1:
                break
            if made:
                left_out |= {id(one) for one in binding[place + 1 :] if _binds_alone(one) and one.binds == {name}}
                break
    return left_out


def _binds_alone(one: _Statement) -> bool:
    return isinstance(one.node, _BINDINGS)


def _has_made(one: _Statement, name: str, value: Any, flags: int) -> bool | None:
    """Whether a statement has made what a name stands for; None where nothing tells."""
    node = one.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        try:
            written = ast.literal_eval(node.value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            written = _ABSENT
        if written is not _ABSENT:
            return bool(type(written) is type(value) and repr(written) == repr(value))
    is_lambda = isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)
    if not isinstance(node, _DEFINITIONS) and not is_lambda:
        return None
    asked = _codes_in(value)
    if not asked:
        return None
    try:
        code = compile(ast.Module([node], []), "cell", "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    there = list(_inner(code))
    return all(any(same_code(own, other) for other in there) for own in asked)


def _codes_in(value: Any) -> list[types.CodeType]:
    """The code of a function, or of what a class defines."""
    if isinstance(value, type):
        inner = (getattr(one, "fget", None) or getattr(one, "__func__", one) for one in vars(value).values())
        return [one.__code__ for one in inner if isinstance(one, types.FunctionType)]
    try:
        # what tf.function makes knows its function by another name
        value = inspect.unwrap(getattr(value, "python_function", value))
    except ValueError:
        return []
    return [value.__code__] if isinstance(value, types.FunctionType) else []


def _inner(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _inner(constant)


_SAME = "co_name co_code co_names co_varnames co_freevars co_cellvars co_argcount co_posonlyargcount co_kwonlyargcount"


def same_code(one: types.CodeType, two: types.CodeType) -> bool:
    """Whether two functions were made by the same text, wherever it stands."""
    if any(getattr(one, name) != getattr(two, name) for name in _SAME.split()):
        return False
    if len(one.co_consts) != len(two.co_consts):
        return False
    for own, other in zip(one.co_consts, two.co_consts, strict=True):
        if isinstance(own, types.CodeType) and isinstance(other, types.CodeType):
            if not same_code(own, other):
                return False
        # 1, 1.0 and True are equal, and -0.0 is 0.0
        elif type(own) is not type(other) or repr(own) != repr(other):
            return False
    return True


# what was replaced


def _superseded(statements: Sequence[_Statement], whatever_is_between: bool = False) -> set[int]:
    """Functions that were defined again before anything could use them, and our own checks: edit, run, check, edit."""
    left_out: set[int] = set()
    again: set[str] = set()
    for one in reversed(statements):
        node = one.node
        if _is_ours(node):
            left_out.add(id(one))
        elif isinstance(node, ast.FunctionDef) and not node.decorator_list and not _runs_defaults(node):
            if node.name in again:
                left_out.add(id(one))
            again.add(node.name)
        elif not _does_nothing(node) and not whatever_is_between:
            again.clear()
    return left_out


def _is_ours(node: ast.stmt) -> bool:
    """`check("03.5")`, `hint("03.5")`, or where they come from."""
    if isinstance(node, ast.ImportFrom):
        return node.module == _OURS_FROM
    if isinstance(node, ast.Try):
        # the cell that a starter begins with
        return len(node.body) == 1 and _is_ours(node.body[0])
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in _OURS:
        return False
    return all(isinstance(one, ast.Constant) for one in call.args)


def _does_nothing(node: ast.stmt) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass))


def _runs_defaults(node: ast.FunctionDef) -> bool:
    """Whether something is computed when a function is defined."""
    defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    return any(isinstance(inner, ast.Call) for default in defaults for inner in ast.walk(default))


def absent(
    questions: Collection[str], functions: Mapping[str, Sequence[str]], names: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Of each question the functions that are not in memory; questions that have all of theirs are not among them."""
    missing = {id: [name for name in functions.get(id, ()) if name not in names] for id in questions}
    return {id: found for id, found in missing.items() if found}
