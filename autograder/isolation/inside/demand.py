"""A submission's global names, each made when it is first read.

Nothing of a file runs until a name is asked for. Then every statement that binds this name, or may change what it
stands for, is run, in the file's order, and before each of them what it reads itself. So a function has the globals
that it would have in the student's notebook after all cells; a training cell that nothing asks for never runs; and a
statement that fails or does not end costs those questions alone that need it.

CPython looks a global up in the module's dict, then in its `__builtins__`; where these are no plain dict, it asks them
with `[]`. Here they are a dict that makes the name in `__missing__`. The module, its dict and its functions are as
always.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import random
import sys
import threading
import warnings
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from autograder.isolation.inside.touches import set_by_functions, touches_of

# where a function stands that is called from outside: below every statement
_END = 2**31
_ABSENT = object()
# with these a function can reach any name
_REACH_ANY = ("globals", "vars", "locals", "eval", "exec")


@dataclass(frozen=True)
class Statement:
    """A top-level statement.

    Attributes:
        node: What it says.
        part: The file, or the cell, that it stands in.
        flags: What `from __future__ import …` above it asks of the compiler.
        spares: Names that are read without it, although it may change what they stand for.
    """

    node: ast.stmt
    part: str
    flags: int = 0
    spares: frozenset[str] = frozenset()


class _OnDemand(dict):
    """The built-in names, and what is asked when a name is not among them."""

    def __init__(self, names: dict[str, Any], make: Callable[[str], Any]) -> None:
        super().__init__(names)
        self._make = make

    def __missing__(self, name: str) -> Any:
        return self._make(name)


class Names:
    """The global names of a submission, in a module.

    Args:
        module: The module; its dict holds what is made.
        statements: The file.
        failed: Called with each statement that raises, and what it raised.
        built_in: Names that a notebook has besides Python's own.
    """

    def __init__(
        self,
        module: ModuleType,
        statements: list[Statement],
        failed: Callable[[Statement, BaseException], None],
        built_in: dict[str, Any],
    ) -> None:
        nodes = [statement.node for statement in statements]
        self._globals = vars(module)
        self._statements = statements
        self._failed = failed
        self._touches = touches_of(nodes)
        self._is_done = [False] * len(statements)
        self._touching: dict[str, list[int]] = defaultdict(list)
        self._imports: dict[str, list[int]] = defaultdict(list)
        for position, touches in enumerate(self._touches):
            touches.changes -= statements[position].spares
            for name in touches.binds | touches.changes:
                self._touching[name].append(position)
            for root in _roots(nodes[position]):
                self._imports[root].append(position)
        # what a name stood for after each statement that bound it: one that is run late finds what stood there
        self._values: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        self._shown: dict[str, Any] = {}
        # names that a statement has still to change, and the others by the place where they were bound last
        self._moving: set[str] = set()
        self._settled: list[tuple[int, str]] = []
        self._set_by_functions = set_by_functions(nodes)
        self._errors: dict[str, BaseException] = {}
        self._position = _END
        self._stream = (random.getstate(), np.random.get_state())
        self._real = vars(builtins) | built_in
        hidden = {*self._touching, *_REACH_ANY}
        on_demand = {name: value for name, value in self._real.items() if name not in hidden}
        self._globals["__builtins__"] = _OnDemand(on_demand, self._make)

    @property
    def known(self) -> list[str]:
        """Every name that the file binds, and what is there besides."""
        found = (name for name in (*self._touching, *self._globals) if not name.startswith("__"))
        return list(dict.fromkeys(found))

    @property
    def modules(self) -> dict[str, ModuleType]:
        """The modules that the file gives names to, where they are imported already."""
        found = {}
        for statement in self._statements:
            if isinstance(statement.node, ast.Import):
                for one in statement.node.names:
                    module = sys.modules.get(one.name if one.asname else one.name.partition(".")[0])
                    if type(module) is ModuleType:
                        found[one.asname or module.__name__] = module
        return found

    @property
    def globals(self) -> dict[str, Any]:
        """The module's own dict."""
        return self._globals

    @property
    def functions(self) -> dict[str, Statement]:
        """The last definition of each function that the file gives no other value."""
        found = {}
        for name, positions in self._touching.items():
            statements = [self._statements[at] for at in positions]
            if all(isinstance(one.node, ast.FunctionDef) and one.node.name == name for one in statements):
                found[name] = statements[-1]
        return found

    def begin(self) -> None:
        """Runs what concerns no name alone: settings of libraries, stars, and what binds names by their texts."""
        first = [at for at, one in enumerate(self._touches) if one.is_setting or one.stars or one.binds_any]
        with self._apart():
            for position in first:
                self._run(self._needed_by(position))

    def run_all(self) -> None:
        """Runs every statement, in order."""
        with self._apart():
            self._run(set(range(len(self._statements))))

    def read(self, name: str) -> Any:
        """The value of a name, as a function sees it.

        Raises:
            KeyError: When there is none.
            BaseException: What the statement raised that was to make it.
        """
        return self._globals[name] if name in self._globals else self._make(name)

    def _make(self, name: str) -> Any:
        """Makes a name that was asked for, and is not there."""
        limit = self._position
        if limit == _END and _is_tracing():
            # tapes and graphs belong to a thread: in another one, TensorFlow is as it is at top level
            thread = threading.Thread(target=self._run_for, args=(name, limit))
            thread.start()
            thread.join()
        else:
            self._run_for(name, limit)
        if name in self._globals:
            return self._globals[name]
        latest = self._values[name][-1][1] if name in self._values else _ABSENT
        if latest is not _ABSENT and limit != _END:
            return latest
        if name in self._real:
            if name in _REACH_ANY and limit == _END:
                # what it can reach is there now
                self._globals["__builtins__"][name] = self._real[name]
            return self._real[name]
        if name in self._errors:
            raise self._errors[name]
        raise KeyError(name)

    def _run_for(self, name: str, limit: int) -> None:
        with self._apart():
            self._run(self._needed_for(name, limit))
            if name not in self._globals and limit != _END:
                # it stands below alone: the student ran the cells in another order
                self._run(self._needed_for(name, _END))

    def _needed_for(self, name: str, limit: int) -> set[int]:
        """The statements above a position that have to run before a name is read there."""
        needed: set[int] = set()
        wanted = [at for at in self._touching.get(name, ()) if at < limit]
        if name in _REACH_ANY:
            wanted = [at for at, one in enumerate(self._statements) if at < limit and _is_plain(one.node)]
        elif not wanted and name not in self._real:
            wanted = [at for at, one in enumerate(self._touches) if at < limit and one.reaches_any]
        for position in wanted:
            needed |= self._needed_by(position)
        return needed

    def _needed_by(self, position: int) -> set[int]:
        """A statement, and all above it that make what it reads."""
        needed: set[int] = set()
        waiting = [position]
        while waiting:
            at = waiting.pop()
            if at in needed or self._is_done[at]:
                continue
            needed.add(at)
            for name in self._touches[at].reads:
                waiting += [other for other in self._touching.get(name, ()) if other < at]
            # `import scipy.special` gives `scipy`, whatever else it is called, a part more
            for root in _roots(self._statements[at].node):
                waiting += self._imports[root]
        return needed

    def _run(self, positions: set[int]) -> None:
        for position in sorted(positions):
            if not self._is_done[position]:
                self._run_one(position)

    def _run_one(self, position: int) -> None:
        statement, outer = self._statements[position], self._position
        self._is_done[position] = True
        self._show(position)
        touches = self._touches[position]
        before = set(self._globals) if touches.stars or touches.reaches_any else set()
        try:
            code = compile(ast.Module([statement.node], []), statement.part, "exec", statement.flags, dont_inherit=True)
            exec(code, self._globals)
        except BaseException as error:
            # SystemExit and KeyboardInterrupt of a submission are its mistakes, not our end
            self._errors |= dict.fromkeys(touches.binds, error)
            self._failed(statement, error)
        # a star brings names that only now are known
        came = set(self._globals) - before - self._values.keys() if before else set()
        if touches.binds_any:
            came |= {name for name in self._values if self._globals.get(name, _ABSENT) is not self._shown[name]}
        for name in touches.binds | touches.changes | came:
            self._note(name, position, self._globals.get(name, _ABSENT))
        self._show(outer)

    def _note(self, name: str, position: int, value: Any) -> None:
        values = self._values[name]
        if name in self._moving:
            self._moving.discard(name)
        elif values:
            del self._settled[bisect_left(self._settled, (values[-1][0], name))]
        insort(values, (position, value), key=lambda pair: pair[0])
        self._shown[name] = value
        if all(self._is_done[at] for at in self._touching[name]):
            insort(self._settled, (values[-1][0], name))
        else:
            self._moving.add(name)

    def _show(self, position: int) -> None:
        """Shows each name as it is at a position: what stands below has not happened; what lacks a step is hidden."""
        for name in self._set_by_functions & self._values.keys():
            now = self._globals.get(name, _ABSENT)
            if now is not self._shown[name]:
                self._note(name, min(self._position, _END - 1), now)
        # a name that stood above both places, and will not change, stays
        above = bisect_left(self._settled, (min(self._position, position), ""))
        self._position = position
        for name in (*self._moving, *(name for _, name in self._settled[above:])):
            value = next((value for at, value in reversed(self._values[name]) if at < position), _ABSENT)
            if any(at < position and not self._is_done[at] for at in self._touching[name]):
                value = _ABSENT
            self._shown[name] = value
            if value is _ABSENT:
                self._globals.pop(name, None)
            else:
                self._globals[name] = value

    @contextlib.contextmanager
    def _apart(self) -> Iterator[None]:
        """Runs statements as at top level, whatever calls for them.

        The numbers that the file draws are no part of those that a question draws, and its warnings are not those of
        the function that is called.
        """
        if self._position != _END:
            yield
            return
        outer = random.getstate(), np.random.get_state()
        _set_states(self._stream)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            try:
                yield
            finally:
                self._stream = random.getstate(), np.random.get_state()
                _set_states(outer)


def _is_tracing() -> bool:
    tensorflow = sys.modules.get("tensorflow")
    return tensorflow is not None and not tensorflow.executing_eagerly()


def _set_states(states: tuple[Any, Any]) -> None:
    random.setstate(states[0])
    np.random.set_state(states[1])


def _roots(node: ast.stmt) -> set[str]:
    """The packages that an import imports from."""
    if isinstance(node, ast.Import):
        return {one.name.partition(".")[0] for one in node.names}
    return {(node.module or "").partition(".")[0]} if isinstance(node, ast.ImportFrom) else set()


def _is_plain(node: ast.stmt) -> bool:
    """Whether running it takes no time: a definition, an import, or a value without a call."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
        return True
    calls = any(isinstance(one, ast.Call) for one in ast.walk(node))
    return isinstance(node, (ast.Assign, ast.AnnAssign)) and not calls
