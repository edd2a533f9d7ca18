"""Makers of mistakes in formulas: numbers, axes, activations, random numbers, losses with something around them."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import (
    ACTIVATIONS,
    Put,
    applied,
    expanded,
    is_weighted,
    name_of,
    number_of,
    parsed,
    written_out,
)


def other_numbers(node: ast.Constant, context: Context) -> Iterator[ast.AST]:
    """Twice and half of a number that is neither 0 nor 1."""
    number = number_of(node)
    if number not in (0, 1) and abs(number) >= 1e-3:
        yield ast.Constant(2 * number)
        yield ast.Constant(number / 2)


def all_axes(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """All reductions of a function along another axis, or over everything."""
    for value in (0, 1, None):
        changed = copy.deepcopy(function)
        calls = [node for node in ast.walk(changed) if isinstance(node, ast.Call)]
        found = [
            one for call in calls for one in call.keywords if one.arg == "axis" and type(one.value) is ast.Constant
        ]
        if len(found) > 1:
            for keyword in found:
                keyword.value = ast.Constant(value)
            yield Rewritten(function.lineno, "axis", f"axis={value} throughout", changed)


def other_activations(node: ast.expr, context: Context) -> Iterator[ast.AST]:
    """Every other activation."""
    name, argument = name_of(node), node.args[0] if isinstance(node, ast.Call) and node.args else None
    if name not in ACTIVATIONS and name not in context.helpers:
        name, argument = written_out(node, context) or ("", None)
    if name and argument is not None:
        yield from (applied(other, ast.unparse(argument), context) for other in ACTIVATIONS if other != name)


def activated_arguments(words: str, function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """An activation of what a function that makes one number is given, such as one of logits."""
    for name in context.arrays if context.is_number else ():
        for activation in words.split():
            changed = copy.deepcopy(function)
            after = applied(activation, name, context)
            changed.body.insert(0, ast.Assign([ast.Name(name, ast.Store())], after, lineno=function.lineno))
            yield Rewritten(function.lineno, name, f"{activation}({name})", changed)


def wrong_divisors(node: ast.BinOp, context: Context) -> Iterator[ast.AST]:
    """A division by the number of something else: columns, entries, keys."""
    if not isinstance(node.op, ast.Div):
        return
    sum_of = node.left.operand if isinstance(node.left, ast.UnaryOp) else node.left
    is_sum = name_of(sum_of).removeprefix("reduce_") == "sum"
    for other in _other_sizes(node.right, context):
        # a sum by the number of all entries is a mean, along more axes than one
        if not (is_sum and ast.unparse(other).endswith(".size")):
            yield ast.BinOp(node.left, node.op, other)


def wrong_counts(node: ast.Assign, context: Context) -> Iterator[ast.AST]:
    """A name for the number of examples that holds another number."""
    if isinstance(node.targets[0], ast.Name) and node.targets[0].id in context.divisors:
        yield from (ast.Assign(node.targets, other, lineno=node.lineno) for other in _other_sizes(node.value, context))


def _other_sizes(count: ast.expr, context: Context) -> Iterator[ast.expr]:
    """Expressions that count something else than one does, each number once."""
    text = re.sub(r"^len\(([\w\[\]'.]+)\)$", r"\1.shape[0]", ast.unparse(count))
    if text in context.sizes:
        seen = {context.sizes[text]}
        for other, values in context.sizes.items():
            if values not in seen and not other.isidentifier() and (context.library == "np" or "size" not in other):
                seen.add(values)
                yield parsed(other)


def activated_layers(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A Keras layer with an activation that has none."""
    if name_of(node) == "Dense" and not any(keyword.arg == "activation" for keyword in node.keywords):
        for activation in ACTIVATIONS:
            keyword = ast.keyword("activation", ast.Constant(activation))
            yield ast.Call(node.func, node.args, [*node.keywords, keyword])


def drawn_throughout(words: str, function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Every random number of a function from another distribution: `uniform normal`."""
    old, new = words.split()
    found = [node for node in ast.walk(function) if isinstance(node, ast.Call) and name_of(node) == old]
    for node in found:
        if isinstance(node.func, ast.Attribute):
            node.func.attr = new
        if new == "choice":
            node.args = [node.args[0], node.args[0]]
    if found:
        yield Rewritten(function.lineno, old, f"{new} throughout", function)


def zero_draws(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Zeros in the place of random numbers."""
    yield Rewritten(function.lineno, "drawn", "zeros", _Redrawn("zeros", "").visit(function))


def drawn_zeros(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Random numbers in the place of zeros, from a generator that the function has."""
    draws = [node for node in ast.walk(function) if isinstance(node, ast.Call) and name_of(node) in _DRAWS]
    if draws and isinstance(draws[0].func, ast.Attribute):
        generator = ast.unparse(draws[0].func.value) + ".{}({})"
        size = "size={}" if any(one.arg == "size" for one in draws[0].keywords) else "{}"
        for kind in _DRAWS:
            changed = _Redrawn(kind, generator.format(kind, size)).visit(copy.deepcopy(function))
            yield Rewritten(function.lineno, "zeros", kind, changed)


_DRAWS = ("uniform", "normal")


class _Redrawn(ast.NodeTransformer):
    """Zeros in the place of random numbers, or the reverse."""

    def __init__(self, kind: str, drawn: str) -> None:
        self._kind, self._drawn = kind, drawn

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if self._kind == "zeros" and name_of(node) in _DRAWS:
            return ast.BinOp(ast.Constant(0), ast.Mult(), node)
        if self._kind != "zeros" and name_of(node) == "zeros" and node.args:
            return parsed(self._drawn.format(ast.unparse(node.args[0])))
        return self.generic_visit(node)


def other_endings(words: str, function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A function that ends with an activation of its scores, whatever it makes of them otherwise."""
    for place, step in enumerate(function.body[:-1]):
        name = ast.unparse(step.targets[0]) if isinstance(step, ast.Assign) else ""
        rest = " ".join(map(ast.unparse, function.body[place + 1 :]))
        if name in context.like_result and is_weighted(ast.unparse(step)) and _ACTIVATES.search(rest):
            for activation in words.split():
                changed = copy.deepcopy(function)
                ending = applied(activation, name, context) if activation in ACTIVATIONS else parsed(name)
                changed.body[place + 1 :] = [ast.Return(ending)]
                yield Rewritten(function.body[-1].lineno, ast.unparse(function.body[-1]), ast.unparse(ending), changed)
            return


# what an activation of scores is written with
_ACTIVATES = re.compile(r"\b(exp|tanh|sigmoid|softmax|relu|maximum|where)\(")


def one_class(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A sum over examples that counts those of one class."""
    if name_of(node).removeprefix("reduce_") not in ("sum", "mean") or not node.args:
        return
    inside = {one.id for one in ast.walk(node.args[0]) if isinstance(one, ast.Name)}
    for name in context.arrays:
        if name in inside and context.others(name):
            text = ast.unparse(node.args[0])
            for weight in (name, f"(1 - {name})"):
                yield ast.Call(node.func, [parsed(f"{weight} * ({text})"), *node.args[1:]], node.keywords)


# functions with another around them


def around(text: str, kind: str, function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """`right(-a)` for a function of `one` array `a`, or of a loss of `a` and `b`, of `rows` or a `series`."""
    names = [argument.arg for argument in function.args.args]
    fits = len(names) == (1 if kind == "one" else 2) and not function.args.kwonlyargs and "self" not in names
    fits = fits and kind in ("one", context.measures)
    uses = ast.walk(parsed(text))
    library = {node.id for node in uses if isinstance(node, ast.Name)} & {"np", "tf"}
    if not fits or (library and context.library not in library):
        return
    several = any(isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) for node in ast.walk(function))
    if several and "right(" not in text:
        # who returns one value where several are asked for has forgotten the others
        return
    tree = Put(dict(zip("ab", names, strict=False))).visit(expanded(text, context))
    changed = copy.deepcopy(function)
    inner = copy.deepcopy(function)
    inner.name = "right"
    after = ast.unparse(ast.fix_missing_locations(tree))
    changed.body = [*([inner] if "right(" in text else []), *ast.parse(f"return {after}").body]
    yield Rewritten(function.lineno, function.name, after.replace("right(", f"{function.name}("), changed)
