"""Operators on calls: logarithms, related functions, arguments, switches, and steps of a chain."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.reductions import with_keyword
from autograder.explain.mutation.operators.registry import (
    Change,
    Context,
    Rewritten,
    name_of,
    operator,
    parsed,
    renamed,
    rewriter,
)

_RELATED = {"maximum": "minimum", "minimum": "maximum", "argmax": "argmin", "argmin": "argmax", "zeros": "ones"}
_RELATED |= {"zeros_like": "ones_like", "ones_like": "zeros_like", "max": "min", "min": "max"}
_DISTRIBUTIONS = {"uniform": "normal", "normal": "uniform"}
_ELEMENTWISE = {"exp", "log", "sqrt", "abs", "copy", "sign", "clip", "maximum", "minimum"}


@operator(ast.Call)
def logarithms(node: ast.Call, context: Context) -> Iterator[Change]:
    """A logarithm to another base, of the opposite, or with a large number added."""
    if name_of(node) != "log" or not node.args:
        return
    for base in ("10.0", "2.0"):
        divisor = f"{'np' if context.library == 'np' else 'tf.math'}.log({base})"
        if context.library == "tf":
            divisor = "2.302585092994046" if base == "10.0" else "0.6931471805599453"
        yield Change("logarithm", ast.BinOp(node, ast.Div(), parsed(divisor)))
    argument = ast.unparse(node.args[0])
    yield Change("wrong-value", ast.Call(node.func, [parsed(f"1 - ({argument})")], node.keywords))
    for small in ("1e-2", "1e-3", "1e-7"):
        yield Change("epsilon", ast.Call(node.func, [parsed(f"({argument}) + {small}")], node.keywords))


@operator(ast.Attribute)
def smallest(node: ast.Attribute, context: Context) -> Iterator[Change]:
    """A number that keeps from log 0, so large that it is seen."""
    if node.attr in ("tiny", "eps"):
        for number in (1e-3, 1e-5, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15):
            yield Change("epsilon", ast.Constant(number))


@rewriter
def distributions(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Every random number of a function from another distribution, and zeros that are drawn."""
    for old, new in (("uniform", "normal"), ("normal", "uniform"), ("permutation", "choice")):
        changed = copy.deepcopy(function)
        found = [node for node in ast.walk(changed) if isinstance(node, ast.Call) and name_of(node) == old]
        for node in found:
            node.func.attr = new  # type: ignore[attr-defined]
            if new == "choice":
                node.args = [node.args[0], node.args[0]]
        if found:
            code = "with-replacement" if new == "choice" else "distribution"
            yield Rewritten(code, function.lineno, old, f"{new} throughout", changed)
    for value in ("zeros", "uniform", "normal"):
        changed = _Redrawn(value).visit(copy.deepcopy(function))
        yield Rewritten("zero" if value == "zeros" else "distribution", function.lineno, "zeros", value, changed)


class _Redrawn(ast.NodeTransformer):
    """Zeros in the place of random numbers, or the reverse."""

    def __init__(self, value: str) -> None:
        self._value = value

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if self._value == "zeros" and name_of(node) in ("uniform", "normal"):
            return ast.BinOp(ast.Constant(0), ast.Mult(), node)
        if self._value != "zeros" and name_of(node) == "zeros" and node.args:
            source = {"rng", "generator"}
            text = ast.unparse(node.args[0])
            for name in sorted(source):
                drawn = f"{name}.{self._value}({'size=' if name == 'rng' else ''}{text})"
                if self._defined(name):
                    return parsed(drawn)
        return self.generic_visit(node)

    def _defined(self, name: str) -> bool:
        return name in self._names

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        return self.generic_visit(node)


@operator(ast.Call)
def functions(node: ast.Call, context: Context) -> Iterator[Change]:
    """A function left out, or a related one."""
    name = name_of(node)
    if name in _RELATED:
        yield Change("other-function", renamed(node, _RELATED[name]))
    if name in _DISTRIBUTIONS:
        yield Change("distribution", renamed(node, _DISTRIBUTIONS[name]))
        yield Change("distribution", parsed(f"2 * {ast.unparse(node)} - 1"))
        yield Change("zero", parsed(f"0 * {ast.unparse(node)}"))
    if name in ("zeros", "ones"):
        yield Change("distribution", ast.BinOp(ast.Constant(0.5), ast.Add(), node))
    if name in _ELEMENTWISE:
        code = "copy-updated" if name == "copy" else "epsilon" if name in ("maximum", "clip") else "missing-function"
        if node.args:
            yield Change(code, node.args[0])
        elif isinstance(node.func, ast.Attribute):
            yield Change("changes-argument" if name == "copy" else code, node.func.value)
    if name in ("max", "min") and node.args and node.keywords:
        # over everything in place of row by row
        yield Change("axis", ast.Call(node.func, node.args, []))


@operator(ast.Call)
def arguments(node: ast.Call, context: Context) -> Iterator[Change]:
    """Two arguments swapped; one left at another constant; a seed left out or fixed."""
    if len(node.args) == 2 and not any(isinstance(one, ast.Constant) for one in node.args):
        yield Change("arguments-swapped", ast.Call(node.func, node.args[::-1], node.keywords))
    for index, argument in enumerate(node.args):
        if isinstance(argument, ast.Name) and "seed" in argument.id:
            replaced = list(node.args)
            replaced[index] = ast.Constant(0)
            yield Change("seed", ast.Call(node.func, replaced, node.keywords))
        if isinstance(argument, ast.Tuple) and len(argument.elts) == 2:
            replaced = list(node.args)
            replaced[index] = ast.Tuple(argument.elts[::-1], ast.Load())
            yield Change("shape" if name_of(node) in _SHAPED else "arguments-swapped", _with(node, replaced))


_SHAPED = {"zeros", "ones", "uniform", "normal", "reshape"}


def _with(node: ast.Call, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(node.func, arguments, node.keywords)


@operator(ast.Call)
def keywords(node: ast.Call, context: Context) -> Iterator[Change]:
    """A switch set the other way, a keyword left at its default, a size of 1, shapes turned round."""
    for index, keyword in enumerate(node.keywords):
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if isinstance(value, bool) and keyword.arg != "keepdims":
            code = "transpose" if keyword.arg in ("transpose_a", "transpose_b") else "flag"
            yield Change(code, with_keyword(node, index, not value))
        if keyword.arg == "seed":
            yield Change("seed", with_keyword(node, index, 0))
            yield Change("seed", with_keyword(node, index, None))
        elif keyword.arg not in ("axis", "keepdims", None, "name"):
            fewer = [other for other in node.keywords if other is not keyword]
            missing = "missing-activation" if keyword.arg == "activation" else "flag"
            yield Change(missing, ast.Call(node.func, node.args, fewer))
        if keyword.arg in ("size", "shape") and isinstance(keyword.value, ast.Tuple):
            turned = copy.deepcopy(node)
            turned.keywords[index].value.elts.reverse()  # type: ignore[attr-defined]
            yield Change("shape", turned)
        if keyword.arg == "buffer_size":
            yield Change("flag", with_keyword(node, index, 1))


@operator(ast.Call)
def chains(node: ast.Call, context: Context) -> Iterator[Change]:
    """A step of a chain of methods left out, or done twice: `x.shuffle(n).batch(b)`."""
    if isinstance(node.func, ast.Attribute) and (node.args or node.keywords):
        inner = node.func.value
        root = inner
        while isinstance(root, ast.Attribute):
            root = root.value
        is_module = isinstance(root, ast.Name) and root.id in ("np", "tf", "keras", "rng", "tape", "optimizer")
        if not is_module and not (isinstance(inner, ast.Name) and name_of(node) == "dot"):
            yield Change("missing-step", inner)
            if name_of(node) == "batch":
                yield Change("repeated-step", parsed(f"({ast.unparse(inner)}).repeat(2).batch({_listed(node)})"))


def _listed(node: ast.Call) -> str:
    return ", ".join([*map(ast.unparse, node.args), *(f"{k.arg}={ast.unparse(k.value)}" for k in node.keywords)])


@operator(ast.Call)
def ranges(node: ast.Call, context: Context) -> Iterator[Change]:
    """A loop that begins or ends one off."""
    if name_of(node) == "range" and node.args:
        last = len(node.args) - 1 if len(node.args) < 3 else 1
        for text in (f"{ast.unparse(node.args[last])} - 1", f"{ast.unparse(node.args[last])} + 1"):
            replaced = list(node.args)
            replaced[last] = parsed(text)
            yield Change("off-by-one", _with(node, replaced))
        if len(node.args) == 3:
            step = ast.unparse(node.args[2])
            replaced = list(node.args)
            replaced[1] = parsed(f"{ast.unparse(node.args[1])} - {step} + 1")
            yield Change("off-by-one", _with(node, replaced))


@operator(ast.Slice)
def slices(node: ast.Slice, context: Context) -> Iterator[Change]:
    """A slice that begins or ends one off."""
    for end in ("lower", "upper"):
        bound = getattr(node, end)
        if bound is not None:
            moved = copy.deepcopy(node)
            setattr(moved, end, ast.BinOp(bound, ast.Add(), ast.Constant(1)))
            yield Change("off-by-one", moved)
