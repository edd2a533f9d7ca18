"""What a top-level statement has to do with names: which it binds, which it may change, which it reads.

This decides what is run when a function reads a global name: each statement that binds it, and each that may change
what it stands for (`Net.backward = backward`, `TABLE["relu"] = relu`, `LAYERS.append(8)`, `setattr(Net, …)`, a call of
the file's own function that does so). The body of a function counts for what a call changes, and for nothing else:
what it reads is asked for when it runs.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_UNCHANGING = (str, bytes, int, float, complex, tuple, frozenset, range)
# methods that leave the object as it is: `X.mean()` at top level is no reason to run it when X is read
_ONLY_READS = set(
    """
    mean sum std var min max argmin argmax argsort reshape astype dot flatten ravel transpose squeeze numpy item
    items keys values get tolist round clip cumsum cumprod prod any all fromkeys
    to_numpy to_list head tail describe info batch map prefetch cache repeat take skip zip filter as_numpy_iterator
    predict evaluate summary get_weights get_config count_params
    corr groupby sort_values loc iloc plot hist show savefig read readlines
    """.split()
) | {name for kind in _UNCHANGING for name in vars(kind) if not name.startswith("_")}
# what a class of the student's does under these names may change it
_ONLY_READS -= {"center", "translate"}
_CHANGING = ("__set", "__del", "__i")
# functions of libraries whose names begin so change a setting, and nothing of the file's own
_SETS = ("set", "seed", "enable", "disable", "run_functions_eagerly", "filterwarnings", "simplefilter")
_HAVE_SETTINGS = ("numpy", "tensorflow", "keras", "tf_keras", "random", "warnings", "sys", "torch", "jax")
# with these a text can reach any name: `globals()["forward"]`
_REACH_ANY = {"globals", "vars", "locals", "eval", "exec", "dir"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)


@dataclass
class Touches:
    """A statement's names.

    Attributes:
        binds: Names that it binds or deletes.
        changes: Names of what it may change in place.
        reads: Names that it reads while it runs itself.
        calls: Functions and classes of the file that it calls, with what each is given.
        stars: Whether it imports everything that a module has.
        reaches_any: Whether it can reach any name, as `globals()["x"]` does.
        binds_any: Whether it may bind any name, as `globals()["x"] = 1` and `exec` do.
        is_setting: Whether it sets something in a library, such as `np.random.seed(0)`, from constants alone.
    """

    binds: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    calls: list[tuple[str, ast.Call | None]] = field(default_factory=list)
    stars: bool = False
    reaches_any: bool = False
    binds_any: bool = False
    is_setting: bool = False


@dataclass(frozen=True)
class _File:
    """What the statements of a file define.

    Attributes:
        modules: Names that imports bind, and what they stand for, such as `np`: `numpy`.
        functions: Functions and classes by name; the methods of classes as well, such as `Net.random`.
    """

    modules: dict[str, str]
    functions: dict[str, ast.AST]

    @classmethod
    def of(cls, statements: list[ast.stmt]) -> _File:
        """Looks through top-level statements, also inside `if` and `try`, and not inside functions."""
        modules: dict[str, str] = {}
        functions: dict[str, ast.AST] = {}
        waiting: list[ast.AST] = list(reversed(statements))
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Import):
                for one in node.names:
                    root = one.name.partition(".")[0]
                    modules[one.asname or root] = one.name if one.asname else root
            elif isinstance(node, ast.ImportFrom):
                modules |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
            elif isinstance(node, _DEFINITIONS):
                functions[node.name] = node
                for inner in node.body if isinstance(node, ast.ClassDef) else ():
                    if isinstance(inner, _FUNCTIONS):
                        functions[f"{node.name}.{inner.name}"] = inner
            elif isinstance(node, (ast.stmt, ast.ExceptHandler)):
                waiting += reversed(list(ast.iter_child_nodes(node)))
        return cls(modules, functions)


def touches_of(statements: list[ast.stmt]) -> list[Touches]:
    r"""What each top-level statement touches, through the file's own functions and classes as well.

    Example:

    >>> [one.changes for one in touches_of(ast.parse("L = []\ndef f():\n    L.append(1)\nf()").body)]
    [set(), set(), {'L'}]
    """
    file = _File.of(statements)
    effects = _Effects(file)
    found = []
    for statement in statements:
        looker = _Looker(file)
        looker.visit(statement)
        looker.found.changes |= effects.of_calls(looker.found.calls)
        looker.found.is_setting = _is_setting(statement, file.modules)
        found.append(looker.found)
    # `dict.fromkeys` changes no `dict`, unless that is the file's own
    bound = set_by_functions(statements).union(*(one.binds for one in found))
    for one in found:
        one.changes -= vars(builtins).keys() - bound
    return found


def set_by_functions(statements: list[ast.stmt]) -> set[str]:
    """The names that functions say are `global`."""
    every = (one for statement in statements for one in ast.walk(statement))
    return {name for one in every if isinstance(one, ast.Global) for name in one.names}


def _is_setting(statement: ast.stmt, modules: dict[str, str]) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return False
    given = [node for one in (*call.args, *call.keywords) for node in ast.walk(one)]
    if any(isinstance(node, ast.Call) or (isinstance(node, ast.Name) and node.id not in modules) for node in given):
        return False
    module = modules.get(base_of(call.func) or "", "")
    # `seed(0)` after `from numpy.random import seed`
    name = call.func.attr if isinstance(call.func, ast.Attribute) else module.rpartition(".")[2]
    return module.partition(".")[0] in _HAVE_SETTINGS and name.startswith(_SETS)


def base_of(node: ast.AST) -> str | None:
    """The name that an expression starts from: `net` of `net.layers[0].append`; None when it starts from no name.

    What a function returns is another thing than the function: `Net(params).step()` starts from no name.
    """
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Starred)):
        if isinstance(node, ast.Call):
            node = node.func
            if isinstance(node, ast.Name):
                return None
        else:
            node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _only_reads(method: str) -> bool:
    """Whether a method leaves its object as it is, as far as its name tells: `__iter__` is taken for `__iadd__`."""
    is_special = method.startswith("__") and not method.startswith(_CHANGING)
    return is_special or method in _ONLY_READS


def _on_argument(called: ast.Attribute) -> bool:
    """Whether it is a method of a built-in type, such as `list.append`, that may change what it is given first."""
    kind = getattr(builtins, called.value.id, None) if isinstance(called.value, ast.Name) else None
    if not isinstance(kind, type) or kind in _UNCHANGING or _only_reads(called.attr):
        return False
    method = inspect.getattr_static(kind, called.attr, None)
    return isinstance(method, (types.MethodDescriptorType, types.WrapperDescriptorType))


def _is_all_names(node: ast.AST) -> bool:
    """Whether it is `globals()`, or another view of the file's names."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("globals", "vars", "locals")
        and not node.args
    )


@dataclass
class _Effect:
    """What a call of a function may change: globals, and what its parameters are given."""

    names: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)


class _Effects:
    """What calls of the file's functions may change, directly or through others of them."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self._known: dict[str, _Effect] = {}

    def of_calls(self, calls: Iterable[tuple[str, ast.Call | None]]) -> set[str]:
        """The names that calls may change."""
        changed: set[str] = set()
        for name, call in calls:
            effect = self._of(name)
            changed |= effect.names
            owner, _, method = name.partition(".")
            if method:
                arguments = self._file.functions[name].args  # type: ignore[attr-defined]
                own = [one.arg for one in arguments.args[:1]]
                changed |= {owner} if effect.parameters.intersection(own) else set()
            elif call is not None and effect.parameters:
                given = _given(self._file.functions[name], call)
                bases = {base for parameter, base in given if base and parameter in effect.parameters}
                # what a library made is given, such as `keras.optimizers.SGD()`: not the library
                changed |= bases - self._file.modules.keys()
        return changed

    def _of(self, name: str) -> _Effect:
        if name not in self._known:
            self._known[name] = _Effect()  # one that calls itself adds nothing
            definition = self._file.functions[name]
            bodies = definition.body if isinstance(definition, ast.ClassDef) else [definition]
            for inner in bodies:
                if isinstance(inner, _FUNCTIONS):
                    self._add(self._known[name], inner)
        return self._known[name]

    def _add(self, effect: _Effect, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        looker = _Looker(self._file, nested=True)
        for statement in function.body:
            looker.visit(statement)
        seen = looker.found
        changes = seen.changes | self.of_calls(seen.calls)
        parameters = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
        effect.names |= (seen.binds & looker.declared) | (changes - parameters - (seen.binds - looker.declared))
        # `W -= step` changes the array that was given; after `W = W - step` it is another
        bound_again = seen.binds - looker.augmented
        effect.parameters |= parameters & ((changes - bound_again) | looker.augmented)


def _given(definition: ast.AST, call: ast.Call) -> Iterator[tuple[str, str | None]]:
    """The parameters of a call, each with the name that its argument starts from."""
    if isinstance(definition, ast.ClassDef):
        made = (one for one in definition.body if isinstance(one, _FUNCTIONS) and one.name == "__init__")
        definition = next(made, definition)
    arguments = getattr(definition, "args", None)
    if not isinstance(arguments, ast.arguments):
        return
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    names = names[1:] if getattr(definition, "name", "") == "__init__" else names
    rest = arguments.vararg.arg if arguments.vararg else ""
    for place, given in enumerate(call.args):
        yield names[place] if place < len(names) else rest, base_of(given)
    for option in call.keywords:
        yield option.arg or "", base_of(option.value)


class _Looker(ast.NodeVisitor):
    """Walks what runs when a statement runs: not the bodies of functions, unless they are asked for."""

    def __init__(self, file: _File, nested: bool = False) -> None:
        self.found = Touches()
        self.declared: set[str] = set()
        self.augmented: set[str] = set()
        self._file = file
        self._nested = nested
        self._own: list[set[str]] = []  # names of comprehensions and class bodies around what is looked at

    def visit_Name(self, node: ast.Name) -> None:
        if any(node.id in own for own in self._own):
            return
        if not isinstance(node.ctx, ast.Store):
            # what is deleted must have been there
            self.found.reads.add(node.id)
            self.found.reaches_any |= node.id in _REACH_ANY
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id)

    def _bind(self, name: str) -> None:
        (self._own[-1] if self._own else self.found.binds).add(name)

    def visit_Global(self, node: ast.Global) -> None:
        self.declared |= set(node.names)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for one in node.names:
            if one.name == "*":
                self.found.stars = True
            else:
                self._bind(one.asname or one.name.partition(".")[0])

    visit_ImportFrom = visit_Import

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._bind(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self._bind(node.name)
        self.generic_visit(node)

    visit_MatchStar = visit_MatchAs

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.found.reads.add(node.target.id)
            self.augmented.add(node.target.id)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute | ast.Subscript) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._change(base_of(node))
            self.found.binds_any |= _is_all_names(node.value)
        self.generic_visit(node)

    visit_Subscript = visit_Attribute

    def _change(self, name: str | None) -> None:
        if name is not None and not any(name in own for own in self._own):
            self.found.changes.add(name)

    def visit_Call(self, node: ast.Call) -> None:
        called, is_method = node.func, isinstance(node.func, ast.Attribute)
        base = base_of(called)
        if isinstance(called, ast.Name):
            self.found.binds_any |= called.id == "exec"
            if called.id in self._file.functions:
                self.found.calls.append((called.id, node))
            if called.id in ("setattr", "delattr") and node.args:
                self._change(base_of(node.args[0]))
        elif is_method and _is_all_names(called.value):  # type: ignore[attr-defined]
            self.found.binds_any |= not _only_reads(called.attr)  # type: ignore[attr-defined]
        elif is_method and isinstance(self._file.functions.get(base or ""), ast.ClassDef):
            # a class is changed by a method of its own that says so
            if ast.unparse(called) in self._file.functions:
                self.found.calls.append((ast.unparse(called), node))
        elif is_method and base not in self._file.modules and not _only_reads(called.attr):  # type: ignore[attr-defined]
            self._change(base)
            if node.args and _on_argument(called):  # type: ignore[arg-type]
                self._change(base_of(node.args[0]))
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        call = node.value
        # of libraries whose functions mostly return: one whose value nobody keeps is called for what it does
        if isinstance(call, ast.Call):
            root = self._file.modules.get(base_of(call.func) or "", "").partition(".")[0]
            if root in ("numpy", "random"):
                for one in (*call.args, *(option.value for option in call.keywords)):
                    if isinstance(one, (ast.Name, ast.Attribute, ast.Subscript)):
                        self._change(base_of(one))
        self.generic_visit(node)

    def _decorated(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self.visit(decorator)
            if isinstance(decorator, ast.Name) and decorator.id in self._file.functions:
                self.found.calls.append((decorator.id, None))

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._bind(node.name)
        self._decorated(node)
        self.visit(node.args)
        if node.returns is not None:
            self.visit(node.returns)
        if self._nested:
            self._in_own({one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.visit(node.args)
        if self._nested:
            self._in_own({one.arg for one in node.args.args}, [node.body])

    def visit_arg(self, node: ast.arg) -> None:
        if node.annotation is not None:
            self.visit(node.annotation)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name)
        self._decorated(node)
        for base in (*node.bases, *node.keywords):
            self.visit(base)
        self._in_own(set(), node.body)

    def _in_own(self, names: set[str], nodes: Iterable[ast.AST]) -> None:
        self._own.append(names)
        for node in nodes:
            self.visit(node)
        self._own.pop()

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        stored = {inner.id for one in node.generators for inner in ast.walk(one.target) if isinstance(inner, ast.Name)}
        self._in_own(stored, ast.iter_child_nodes(node))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension
