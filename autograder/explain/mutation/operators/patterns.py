"""Patterns of code: `mean(a, ...)` found in a function, and `sum(a, ...)` put in its place."""

from __future__ import annotations

import ast
import copy
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# groups of expressions, as text, whose values have the same shape and dtype: what can be confused without an exception
Alike = tuple[tuple[str, ...], ...]
ACTIVATIONS = {
    "sigmoid": ("1 / (1 + np.exp(-({x})))", "tf.sigmoid({x})"),
    "tanh": ("np.tanh({x})", "tf.tanh({x})"),
    "relu": ("np.maximum({x}, 0)", "tf.nn.relu({x})"),
    "softmax": (
        "(lambda s: np.exp(s) / np.sum(np.exp(s), axis=-1, keepdims=True))({x} - np.max({x}, axis=-1, keepdims=True))",
        "tf.nn.softmax({x})",
    ),
}
_IN_TENSORFLOW = {"sum": "reduce_sum", "mean": "reduce_mean", "max": "reduce_max", "log": "math.log"}
_SMALL = 1e-3
# what begins like this is a number of Python's, which has neither axes nor a precision to choose
_TO_NUMBER = ("float(", "int(", "len(")
# names in a pattern that stand for something with a call's form
CALLS = ("f", "g", "activation")
# activations as they are written out in a formula
_WRITTEN_OUT = {
    "sigmoid": ("1 / (1 + exp(-a))", "1 / (exp(-a) + 1)", "exp(a) / (1 + exp(a))", "exp(a) / (exp(a) + 1)"),
    "softmax": ("exp(a - max(a, ...)) / sum(exp(a - max(a, ...)), ...)", "exp(a) / sum(exp(a), ...)"),
    "relu": ("maximum(a, 0)", "maximum(0, a)", "a * (a > 0)", "(a > 0) * a", "where(a > 0, a, 0)"),
}


@dataclass(frozen=True)
class Context:
    """What is known of a function: from its text, and from running the solution.

    Attributes:
        alike: Groups of expressions that can be confused.
        library: `np` or `tf`: the one whose functions it calls.
        modules: Names under which modules are imported.
        counts: Names of local values that count examples.
        divisors: Counts, as text, that it divides by.
        scalars: Arguments, and attributes of `self`, that are one number, such as a learning rate.
        sizes: What can be counted: axes of arrays, their entries, keys, with the number in every call.
        weighted: Names that hold a weighted sum, or the one argument of a function.
        activated: Names that hold what an activation gives.
        dicts: Groups of dicts of one form, and of values in them, which can be confused.
        helpers: Functions of the solution that map one array to another, such as `sigmoid`.
        functions: All functions of the solution.
        gradients: Those that return something of the form of one of their arguments: derivatives of parameters.
        kinds: What kind of object each argument is: `optimizer`, `variables`, `generator`, `metric`, `model`.
        arrays: Arguments that are arrays.
        like_result: Values of the shape of what it returns.
        is_number: Whether it makes one number.
        measures: `rows` when it makes one number of two arrays with the same rows, `series` when rows come second.
        results: Ids of the nodes whose value has a name: what is assigned, returned, or put into a returned dict.
    """

    alike: Alike = ()
    library: str = "np"
    modules: tuple[str, ...] = ("np", "tf", "keras")
    counts: tuple[str, ...] = ()
    divisors: tuple[str, ...] = ()
    scalars: tuple[str, ...] = ()
    sizes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    weighted: tuple[str, ...] = ()
    activated: tuple[str, ...] = ()
    dicts: Alike = ()
    helpers: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    gradients: tuple[str, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)
    arrays: tuple[str, ...] = ()
    like_result: tuple[str, ...] = ()
    is_number: bool = False
    measures: str = ""
    results: frozenset[int] = frozenset()

    def others(self, text: str) -> list[str]:
        """Expressions that can be confused with one."""
        return [other for group in self.alike if text in group for other in group if other != text]

    def of_kind(self, kind: str) -> list[str]:
        """Arguments of a kind."""
        return [name for name, found in self.kinds.items() if found == kind]

    def is_count(self, text: str) -> bool:
        """Whether an expression counts rows."""
        return text in self.counts or bool(re.fullmatch(r"len\(.+\)|[\w.]+\.shape\[\d\]|tf\.shape\(.+\)\[\d\]", text))


def parsed(text: str) -> ast.expr:
    """The syntax tree of an expression."""
    return ast.parse(text, mode="eval").body


def name_of(call: ast.AST) -> str:
    """The last part of what is called; "" for what is no call."""
    function = call.func if isinstance(call, ast.Call) else call
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def number_of(node: ast.AST) -> float:
    """The number that a constant is, 0 for anything else."""
    value = node.value if isinstance(node, ast.Constant) else 0
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0


def is_weighted(text: str) -> bool:
    """Whether an expression has a matrix product in it.

    Example:

    >>> is_weighted("X @ W + b"), is_weighted("1 - y * s")
    (True, False)
    """
    return "@" in text or "matmul(" in text or ".dot(" in text


def written_out(node: ast.AST, context: Context) -> tuple[str, ast.expr] | None:
    """The activation that a formula is, and what it is of: `1 / (1 + np.exp(-z))` is a sigmoid of `z`.

    A maximum with 0 is one only of a weighted sum: that of a margin is a loss.
    """
    if not isinstance(node, (ast.BinOp, ast.Call)):
        return None
    for name, forms in _WRITTEN_OUT_TREES.items():
        for form in forms:
            bound: dict[str, ast.AST] = {}
            if _match(form, node, bound, context):
                argument = bound["a"]
                text = ast.unparse(argument)
                if name == "relu" and not (is_weighted(text) or text in context.weighted):
                    return None
                return name, argument  # type: ignore[return-value]
    return None


def factors(node: ast.expr) -> list[ast.expr]:
    """The factors of a product, from left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*factors(node.left), *factors(node.right)]
    return [node]


def product(found: list[ast.expr]) -> ast.expr:
    """The product of factors."""
    result = found[0]
    for factor in found[1:]:
        result = ast.BinOp(result, ast.Mult(), factor)
    return result


def windows(node: ast.expr, size: int) -> Iterator[tuple[list[ast.expr], ast.expr, list[ast.expr]]]:
    """Every run of neighbouring factors of a product, with those before and behind it."""
    found = factors(node)
    for start in range(len(found) - size + 1):
        yield found[:start], product(found[start : start + size]), found[start + size :]


def applied(activation: str, argument: str, context: Context) -> ast.expr:
    """An activation of an expression, in the library of the function."""
    return parsed(ACTIVATIONS[activation][context.library == "tf"].format(x=argument))


def expanded(text: str, context: Context) -> ast.expr:
    """An expression whose functions without a module are those of the library."""
    return next(Pattern("_", text).built({}, context))  # type: ignore[return-value]


class Pattern:
    """A piece of code and what stands in its place."""

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = parsed(before), parsed(after)
        self._library = "np" if re.search(r"\bnp\.", after) else "tf" if re.search(r"\btf\.", after) else ""
        self._size = len(factors(self.before))

    def changes(self, node: ast.AST, context: Context) -> Iterator[ast.AST]:
        """What may stand in place of a node, each a fresh tree."""
        if not isinstance(node, ast.expr) or self._library not in ("", context.library):
            return
        if self._size == 1:
            for bound in self._matches(node, context):
                yield from self.built(bound, context)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            for before, inner, behind in windows(node, self._size):
                for bound in self._matches(inner, context):
                    for found in self.built(bound, context):
                        yield copy.deepcopy(product([*before, found, *behind]))  # type: ignore[list-item]

    def _matches(self, node: ast.AST, context: Context) -> Iterator[dict[str, ast.AST]]:
        bound: dict[str, ast.AST] = {}
        if _match(self.before, node, bound, context):
            yield bound

    def built(self, bound: dict[str, ast.AST], context: Context) -> Iterator[ast.AST]:
        """The replacement, once for every value that a word in it may have."""
        words = {node.id for node in ast.walk(self.after) if isinstance(node, ast.Name)}
        choices: dict[str, list[str]] = {}
        if "count" in words and "count" not in bound:
            choices["count"] = list(context.divisors)
        if "scalar" in words and "scalar" not in bound:
            choices["scalar"] = list(context.scalars)
        if "other" in words:
            choices["other"] = context.others(ast.unparse(bound["v"]))
        for values in itertools.product(*choices.values()):
            chosen = {name: parsed(value) for name, value in zip(choices, values, strict=True)}
            built = _Builder({**bound, **chosen}, context).visit(copy.deepcopy(self.after))
            if built is not None:
                yield built


class Put(ast.NodeTransformer):
    """Puts expressions in the place of others, wherever they are read."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def visit(self, node: ast.AST) -> Any:  # of the kind of what is visited
        if isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store):
            found = self._texts.get(ast.unparse(node))
            if found is not None:
                return parsed(found)
        return self.generic_visit(node)


def _match(pattern: object, node: object, bound: dict[str, ast.AST], context: Context) -> bool:
    if isinstance(pattern, ast.Name):
        return isinstance(node, ast.expr) and _match_name(pattern.id, node, bound, context)
    if isinstance(pattern, ast.Call) and isinstance(pattern.func, ast.Name):
        if isinstance(node, ast.Call) and _match_call(pattern, node, bound, context):
            return True
        return pattern.func.id == "activation" and _match_written(pattern, node, bound, context)
    if isinstance(pattern, list):
        return (
            isinstance(node, list)
            and len(pattern) == len(node)
            and all(_match(one, two, bound, context) for one, two in zip(pattern, node, strict=True))
        )
    if isinstance(pattern, ast.Constant) and isinstance(node, ast.Constant):
        # 1 and 1.0 are one number
        numbers = not {type(pattern.value), type(node.value)} - {int, float}
        return pattern.value == node.value and (numbers or type(pattern.value) is type(node.value))
    if not isinstance(pattern, ast.AST):
        return type(pattern) is type(node) and pattern == node
    return type(pattern) is type(node) and all(
        _match(getattr(pattern, name), getattr(node, name), bound, context)
        for name in pattern._fields
        if name not in ("ctx", "kind")
    )


def _match_name(name: str, node: ast.expr, bound: dict[str, ast.AST], context: Context) -> bool:
    text = ast.unparse(node)
    if name in bound:
        return ast.unparse(bound[name]) == text
    fits = {
        "count": lambda: context.is_count(text),
        "scalar": lambda: text in context.scalars,
        "decay": lambda: text in context.scalars or 0 < number_of(node) < 1,
        "number": lambda: number_of(node) not in (0, 1) and abs(number_of(node)) >= _SMALL,
        "small": lambda: 0 < abs(number_of(node)) < _SMALL,
        "computed": lambda: isinstance(node, (ast.BinOp, ast.Call, ast.UnaryOp)),
        "array": lambda: isinstance(node, (ast.BinOp, ast.Call, ast.UnaryOp)) and not text.startswith(_TO_NUMBER),
        "activated": lambda: (
            text in context.activated or (isinstance(node, ast.Call) and name_of(node) in context.functions)
        ),
        "flow": lambda: is_weighted(text) or text in context.weighted,
        "weighted": lambda: isinstance(node, ast.BinOp) and is_weighted(text),
    }
    if name in fits:
        if not fits[name]():
            return False
    elif len(name) > 1:
        return text == name
    elif name.isupper() and not isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)):
        own = isinstance(node, ast.Call) and name_of(node) in context.functions
        if not own:
            return False
    bound[name] = node
    return True


def _is_method(call: ast.Call, context: Context) -> bool:
    root: ast.AST = call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    is_module = isinstance(root, ast.Name) and root.id in context.modules
    return isinstance(call.func, ast.Attribute) and not is_module


def _plain(name: str) -> str:
    return name.removeprefix("reduce_")


def _match_call(pattern: ast.Call, node: ast.Call, bound: dict[str, ast.AST], context: Context) -> bool:
    wanted, name = pattern.func.id, name_of(node)  # type: ignore[attr-defined]
    if wanted == "activation":
        if name not in ACTIVATIONS and name not in context.helpers:
            return False
    elif wanted not in CALLS and wanted != _plain(name):
        return False
    given = list(node.args)
    if wanted != "g" and _is_method(node, context):
        given.insert(0, node.func.value)  # type: ignore[attr-defined]
    args = list(pattern.args)
    open_ended = any(isinstance(one, ast.Constant) and one.value is ... for one in args)
    if open_ended:
        args = [one for one in args if not (isinstance(one, ast.Constant) and one.value is ...)]
    if len(given) < len(args) or (len(given) > len(args) and not open_ended):
        return False
    if not all(_match(one, two, bound, context) for one, two in zip(args, given, strict=False)):
        return False
    named = {one.arg: one for one in node.keywords}
    for one in pattern.keywords:
        if one.arg not in named or not _match(one.value, named.pop(one.arg).value, bound, context):
            return False
    if named and not open_ended:
        return False
    bound[f"{wanted}()"] = node
    if open_ended:
        bound[f"{wanted}(...)"] = ast.Call(ast.Name("_"), given[len(args) :], list(named.values()))
    return True


def _match_written(pattern: ast.Call, node: object, bound: dict[str, ast.AST], context: Context) -> bool:
    """An activation that is written out in the place of a call."""
    found = written_out(node, context) if isinstance(node, ast.AST) else None
    if found is None or not _match(pattern.args[0], found[1], bound, context):
        return False
    bound["activation()"] = node  # type: ignore[assignment]
    bound["activation of"] = found[1]
    return True


_WRITTEN_OUT_TREES = {name: [parsed(form) for form in forms] for name, forms in _WRITTEN_OUT.items()}


class _Builder(ast.NodeTransformer):
    """Puts what was found into a replacement."""

    def __init__(self, bound: dict[str, ast.AST], context: Context) -> None:
        self._bound, self._context = bound, context
        self._calls = [name[:-2] for name in bound if name.endswith("()")]

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return copy.deepcopy(self._bound.get(node.id, node))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if not isinstance(node.func, ast.Name):
            return self.generic_visit(node)
        name = node.func.id
        if name == "other":
            return copy.deepcopy(self._bound["other"])
        args = [self.visit(one) for one in node.args if not (isinstance(one, ast.Constant) and one.value is ...)]
        keywords = [ast.keyword(one.arg, self.visit(one.value)) for one in node.keywords]
        origin = name if name in self._calls else self._calls[-1] if len(self._calls) == 1 else ""
        if not origin or name in ACTIVATIONS:
            return self._of_library(name, args, keywords)
        if origin == "activation" and "activation of" in self._bound:
            return self._written(args[0])
        if len(args) < len(node.args):
            rest = self._bound.get(f"{origin}(...)")
            if isinstance(rest, ast.Call):
                args, keywords = [*args, *rest.args], [*keywords, *rest.keywords]
        order = [one.arg for one in self._bound[f"{origin}()"].keywords]  # type: ignore[attr-defined]
        keywords.sort(key=lambda one: order.index(one.arg) if one.arg in order else len(order))
        return self._like(self._bound[f"{origin}()"], name, args, keywords)  # type: ignore[arg-type]

    def _written(self, argument: ast.expr) -> ast.AST:
        """The activation that is written out, of something else."""
        of = ast.unparse(self._bound["activation of"])
        return Put({of: ast.unparse(argument)}).visit(copy.deepcopy(self._bound["activation()"]))

    def _of_library(self, name: str, args: list[ast.expr], keywords: list[ast.keyword]) -> ast.AST:
        if name in ACTIVATIONS:
            return applied(name, ast.unparse(args[0]), self._context)
        if name not in ("float", "len", "int", "right"):
            name = (
                f"{self._context.library}.{_IN_TENSORFLOW.get(name, name) if self._context.library == 'tf' else name}"
            )
        return ast.Call(parsed(name), args, keywords)

    def _like(self, call: ast.Call, name: str, args: list[ast.expr], keywords: list[ast.keyword]) -> ast.AST:
        """A call in the form of one that was found: the same module, or a method again."""
        function = copy.deepcopy(call.func)
        own = name_of(call)
        if name not in CALLS:
            name = f"reduce_{name}" if own.startswith("reduce_") and name in ("sum", "mean", "max", "min") else name
            if isinstance(function, ast.Attribute):
                function.attr = name
            elif own != name:
                function = ast.Name(name, ast.Load())
        if name != "g" and _is_method(call, self._context) and len(args) > 0 and isinstance(function, ast.Attribute):
            function.value, args = args[0], args[1:]
        return copy.deepcopy(ast.Call(function, args, keywords))
