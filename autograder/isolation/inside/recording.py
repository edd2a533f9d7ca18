"""A call of the submission's function with its values noted on the way: where a wrong value first comes up.

The functions of the file are compiled once more, each expression in them wrapped in a call that notes its value, and
are put in the place of the others for as long as the call takes. On failure only: an answer that is right is never
asked for again.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from autograder.isolation.inside.demand import Names, Statement
from autograder.wire.trees import leaves

_NOTE = "__note_value__"
_MOST_NOTES, _MOST_TIMES, _MOST_LEAVES = 1200, 16, 40
_MOST_ENTRIES, _MOST_BYTES = 20_000, 2**21
_MOST_NAMES = 40
_BLOCKS = ("body", "orelse", "finalbody")
_TENSORS = ("EagerTensor", "ResourceVariable", "Variable", "IndexedSlices")


@dataclass(frozen=True)
class _Home:
    """Where a statement stands: the file's statement, the function, and a number of its own."""

    statement: Statement
    function: str
    number: int
    binds: tuple[str, ...]


class Recorder:
    """Notes values of expressions.

    Attributes:
        notes: `[place, path, array]` in the order of the computation; the place counts in `places`.
    """

    def __init__(self) -> None:
        self.notes: list[list[Any]] = []
        self._places: list[dict[str, Any]] = []
        self._times: dict[int, int] = {}
        self._bytes = 0

    @property
    def places(self) -> dict[str, dict[str, Any]]:
        """Where the noted values come from.

        Each is a part, a line with columns, a function; the number of its statement; the names that it reads; the
        names that get the value; whether it is only a part of that value, whether it is no more than a name, and
        whether numbers of Python or NumPy came of tensors there.
        """
        return {str(number): self._places[number] for number in {note[0] for note in self.notes}}

    def __call__(self, place: int, value: Any) -> Any:
        """Notes a value, and gives it back."""
        times = self._times[place] = self._times.get(place, 0) + 1
        if times <= _MOST_TIMES:
            with contextlib.suppress(Exception):  # an object of the student's may do anything when it is looked at
                self._keep(place, value)
                if isinstance(value, (float, np.floating, np.ndarray)) and "tensorflow" in sys.modules:
                    self._look_at_what_was_read(place, sys._getframe(1))
        return value

    def _keep(self, place: int, value: Any) -> None:
        if type(value) in (list, tuple) and value and all(type(item) in (int, float) for item in value):
            value = np.array(value, np.float64)
        for count, (way, leaf) in enumerate(leaves(value)):
            if count == _MOST_LEAVES or len(self.notes) == _MOST_NOTES:
                return
            array = _array(leaf)
            if array is not None and array.size <= _MOST_ENTRIES and self._bytes + array.nbytes <= _MOST_BYTES:
                self._bytes += array.nbytes
                self.notes.append([place, "".join(f"[{key!r}]" for key in way)[:100], np.array(array)])

    def _look_at_what_was_read(self, place: int, frame: FrameType) -> None:
        known = {**frame.f_globals, **frame.f_locals}
        read = (known.get(name) for name in self._places[place]["reads"])
        if any(_is_tensor(leaf) for value in read for _, leaf in leaves(value)):
            self._places[place]["leaves_tensors"] = True

    @contextlib.contextmanager
    def watching(self, names: Names) -> Iterator[None]:
        """Meanwhile the functions of a file note their values."""
        known = names.functions
        before = {name: names.read(name) for name in known}
        globals_ = names.globals
        globals_[_NOTE] = self
        try:
            for statement in known.values():
                with contextlib.suppress(Exception):  # one that cannot be compiled again is not watched
                    module = ast.Module([_Watched(self, statement).function], [])
                    code = compile(
                        ast.fix_missing_locations(module), statement.part, "exec", statement.flags, dont_inherit=True
                    )
                    exec(code, globals_)
            yield
        finally:
            globals_.update(before)
            globals_.pop(_NOTE, None)

    def wrapped(self, node: ast.expr, read: ast.AST, home: _Home, is_part: bool = False) -> ast.expr:
        """An expression that notes its value."""
        reads = [one.id for one in ast.walk(read) if isinstance(one, ast.Name) and one.id != _NOTE]
        place: dict[str, Any] = {"part": home.statement.part, "line": node.lineno, "function": home.function}
        place["columns"] = [node.col_offset, node.end_col_offset]
        place |= {
            "statement": home.number,
            "binds": list(home.binds),
            "is_part": is_part,
            "is_name": isinstance(node, (ast.Name, ast.Constant)),
        }
        self._places.append(place | {"reads": list(dict.fromkeys(reads))[:_MOST_NAMES]})
        arguments: list[ast.expr] = [ast.Constant(len(self._places) - 1), node]
        return ast.copy_location(ast.Call(ast.Name(_NOTE, ast.Load()), arguments, []), node)


def _array(leaf: Any) -> Any:
    kind = type(leaf)
    if kind in (int, float, bool):
        return np.asarray(leaf)
    if isinstance(leaf, (np.ndarray, np.generic)):
        return np.asarray(leaf) if leaf.dtype.kind in "fiub" else None
    if _is_tensor(leaf):
        return np.asarray(sys.modules["tensorflow"].convert_to_tensor(leaf).numpy())
    return None


def _is_tensor(value: Any) -> bool:
    kind = type(value)
    return kind.__module__.startswith(("tensorflow.", "keras.")) and kind.__name__ in _TENSORS


class _Watched:
    """A definition whose values are noted."""

    def __init__(self, recorder: Recorder, statement: Statement) -> None:
        self._recorder, self._statement = recorder, statement
        self._count = 0
        self.function: Any = copy.deepcopy(statement.node)
        self._of_function(self.function)

    def _of_function(self, function: Any) -> None:
        arguments = function.args
        names = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        self._of_block(function.body, function.name)
        given = []
        for name in names:
            node = ast.copy_location(ast.Name(name, ast.Load()), function)
            home = _Home(self._statement, function.name, 0, (name,))
            given.append(ast.Expr(self._recorder.wrapped(node, ast.Constant(0), home)))
        function.body[0:0] = [ast.copy_location(one, function) for one in given]

    def _of_block(self, block: list[ast.stmt], function: str) -> None:
        # from the last to the first: some take two places
        for place, statement in reversed(list(enumerate(block))):
            block[place : place + 1] = self._of_statement(statement, function)

    def _of_statement(self, node: ast.stmt, function: str) -> list[ast.stmt]:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self._of_function(node)
            return [node]
        for block in _BLOCKS:
            if isinstance(getattr(node, block, None), list):
                self._of_block(getattr(node, block), function)
        for handler in getattr(node, "handlers", []):
            self._of_block(handler.body, function)
        self._count += 1
        if isinstance(node, ast.Assign):
            target: Any = node.targets[0]
            value: Any = node.value
            tuples = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            if tuples and len(target.elts) == len(value.elts):
                pairs = zip(target.elts, value.elts, strict=True)
                value.elts = [self._noted(item, function, (ast.unparse(one),)) for one, item in pairs]
                return [node]
            node.value = self._noted(node.value, function, tuple(map(ast.unparse, node.targets)))
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            node.value = self._noted(node.value, function, (ast.unparse(node.target),))
        elif isinstance(node, ast.Return) and node.value is not None:
            node.value = self._noted(node.value, function, ("return",))
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            node.iter = self._noted(node.iter, function, (ast.unparse(node.target),))
        elif isinstance(node, ast.AugAssign):
            return [node, self._after(node, function)]
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            binds = (ast.unparse(call.func.value),) if isinstance(call.func, ast.Attribute) else ()
            call.args = [
                one if isinstance(one, (ast.Starred, ast.Constant)) else self._noted(one, function, binds)
                for one in call.args
            ]
        return [node]

    def _after(self, node: ast.AugAssign, function: str) -> ast.stmt:
        """What notes the new value of `x += …`."""
        binds = (ast.unparse(node.target),)
        home = _Home(self._statement, function, self._count, binds)
        reads = ast.Tuple([copy.deepcopy(node.value), copy.deepcopy(node.target)], ast.Load())
        node.value = _Expressions(self._recorder, home).visit(node.value)
        target: Any = copy.deepcopy(node.target)
        target.ctx = ast.Load()
        ast.copy_location(target, node)
        return ast.copy_location(ast.Expr(self._recorder.wrapped(target, reads, home)), node)

    def _noted(self, node: Any, function: str, binds: tuple[str, ...]) -> ast.expr:
        """An expression that notes its value and those inside it; of a dict that is written out, each entry does."""
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            node.values = [
                self._noted(value, function, (*binds, f"[{ast.unparse(key)}]" if key else "**")) for key, value in pairs
            ]
            return node
        if isinstance(node, (ast.Tuple, ast.List)) and not any(isinstance(one, ast.Starred) for one in node.elts):
            node.elts = [self._noted(one, function, (*binds, f"[{place}]")) for place, one in enumerate(node.elts)]
            return node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
            for keyword in node.keywords:
                keyword.value = self._noted(keyword.value, function, (*binds, f"[{keyword.arg!r}]"))
            return node
        if isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await, ast.Lambda)):
            return node
        home = _Home(self._statement, function, self._count, binds)
        reads = copy.deepcopy(node)
        inside = _Expressions(self._recorder, home)
        inside.generic_visit(node)
        return self._recorder.wrapped(node, reads, home)


class _Expressions(ast.NodeTransformer):
    """Notes the values inside an expression."""

    def __init__(self, recorder: Recorder, home: _Home) -> None:
        self._recorder, self._home = recorder, home

    def visit(self, node: Any) -> Any:
        """Wraps what computes something; what runs elsewhere or later, and the bounds of slices, stay as they are."""
        if isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.JoinedStr)):
            return node
        reads = copy.deepcopy(node)
        if isinstance(node, ast.Subscript):
            node.value = self.visit(node.value)
            return (
                self._recorder.wrapped(node, reads, self._home, is_part=True)
                if isinstance(node.ctx, ast.Load)
                else node
            )
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                node.func.value = self.visit(node.func.value)
            node.args = [self.visit(one) for one in node.args]
            node.keywords = [self.visit(one) for one in node.keywords]
            return self._recorder.wrapped(node, reads, self._home, is_part=True)
        is_transpose = isinstance(node, ast.Attribute) and node.attr == "T"
        if is_transpose or isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp)):
            self.generic_visit(node)
            return self._recorder.wrapped(node, reads, self._home, is_part=True)
        return self.generic_visit(node)
