"""Mistakes in calls and indices: arguments, switches, steps of a chain, loops and slices one off, confused values."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.operator import Context, Operator, Rewritten, rules
from autograder.explain.mutation.operators.patterns import name_of, parsed

_SHAPED = {"zeros", "ones", "uniform", "normal", "reshape"}


def swapped_arguments(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """Two arguments, neither of them a constant, turned round."""
    if len(node.args) == 2 and not any(isinstance(one, ast.Constant) for one in node.args):
        yield ast.Call(node.func, node.args[::-1], node.keywords)


def swapped_items(node: ast.List, context: Context) -> Iterator[ast.AST]:
    """A list of two, turned round."""
    if len(node.elts) == 2:
        yield ast.List(node.elts[::-1], node.ctx)


def swapped_pairs(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A pair that is an argument, turned round."""
    if name_of(node) not in _SHAPED:
        yield from _turned(node)


def swapped_shapes(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A shape, turned round."""
    if name_of(node) in _SHAPED:
        yield from _turned(node)
    for keyword in node.keywords:
        if keyword.arg in ("size", "shape") and isinstance(keyword.value, ast.Tuple):
            keyword.value.elts.reverse()
            yield copy.deepcopy(node)
            keyword.value.elts.reverse()


def _turned(node: ast.Call) -> Iterator[ast.AST]:
    for index, argument in enumerate(node.args):
        if isinstance(argument, ast.Tuple) and len(argument.elts) == 2:
            replaced = list(node.args)
            replaced[index] = ast.Tuple(argument.elts[::-1], ast.Load())
            yield ast.Call(node.func, replaced, node.keywords)


def fixed_seeds(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A seed of its own in place of the given one."""
    for index, argument in enumerate(node.args):
        if isinstance(argument, ast.Name) and "seed" in argument.id:
            yield ast.Call(node.func, [*node.args[:index], ast.Constant(0), *node.args[index + 1 :]], node.keywords)
    for keyword in node.keywords:
        if keyword.arg == "seed":
            for value in (0, None):
                changed = copy.deepcopy(node)
                next(one for one in changed.keywords if one.arg == "seed").value = ast.Constant(value)
                yield changed


def turned_switches(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A switch set the other way, an option left at its default."""
    for index, keyword in enumerate(node.keywords):
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if isinstance(value, bool) and keyword.arg not in ("keepdims", "transpose_a", "transpose_b"):
            yield _with(node, index, not value)
        if keyword.arg == "buffer_size":
            yield _with(node, index, 1)
        if keyword.arg not in ("axis", "keepdims", "name", "seed", "activation", None):
            yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not keyword])


def turned_transposes(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A transpose that is a switch."""
    for index, keyword in enumerate(node.keywords):
        if keyword.arg in ("transpose_a", "transpose_b") and isinstance(keyword.value, ast.Constant):
            yield _with(node, index, not keyword.value.value)


def lost_activations(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A layer's activation left at its default."""
    fewer = [keyword for keyword in node.keywords if keyword.arg != "activation"]
    if len(fewer) < len(node.keywords):
        yield ast.Call(node.func, node.args, fewer)


def _with(node: ast.Call, index: int, value: object) -> ast.AST:
    changed = copy.deepcopy(node)
    changed.keywords[index].value = ast.Constant(value)  # type: ignore[arg-type]
    return changed


def lost_links(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A step of a chain of methods left out."""
    if _is_link(node, context):
        yield node.func.value  # type: ignore[attr-defined]


def repeated_data(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """Every example twice in an epoch."""
    if _is_link(node, context) and name_of(node) == "batch":
        changed = copy.deepcopy(node)
        inner = changed.func.value  # type: ignore[attr-defined]
        changed.func.value = parsed(f"({ast.unparse(inner)}).repeat(2)")  # type: ignore[attr-defined]
        yield changed


def _is_link(node: ast.Call, context: Context) -> bool:
    root: ast.AST = node.func
    while isinstance(root, ast.Attribute):
        root = root.value
    foreign = {*context.modules, "self", *context.kinds}
    is_object = isinstance(node.func, ast.Attribute) and not (isinstance(root, ast.Name) and root.id in foreign)
    return is_object and bool(node.args or node.keywords) and name_of(node) != "dot"


def slices_one_off(node: ast.Slice, context: Context) -> Iterator[ast.AST]:
    """A slice that begins or ends one place later."""
    for end in ("lower", "upper"):
        if getattr(node, end) is not None:
            moved = copy.deepcopy(node)
            setattr(moved, end, ast.BinOp(getattr(node, end), ast.Add(), ast.Constant(1)))
            yield moved


def confused(node: ast.expr, context: Context) -> Iterator[ast.AST]:
    """A value for one of the same shape, in one place."""
    if isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Load):
        yield from map(parsed, context.others(ast.unparse(node)))


def confused_everywhere(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """The same in every place of a statement."""
    for place, statement in enumerate(function.body):
        texts = [ast.unparse(node) for node in ast.walk(statement) if isinstance(node, (ast.Name, ast.Subscript))]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            for other in context.others(text):
                yield _replaced(function, place, text, other)


def counts_of_one(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A number of rows that counts as one."""
    for text in context.counts:
        for place, statement in enumerate(function.body):
            if any(isinstance(node, ast.Name) and node.id == text for node in ast.walk(statement)):
                yield _replaced(function, place, text, "1")


def _replaced(function: ast.FunctionDef, place: int, text: str, other: str) -> Rewritten:
    changed = copy.deepcopy(function)
    statement = _Everywhere(text, parsed(other)).visit(changed.body[place])
    changed.body[place] = statement  # type: ignore[call-overload]
    return Rewritten(function.body[place].lineno, ast.unparse(function.body[place]), ast.unparse(statement), changed)


class _Everywhere(ast.NodeTransformer):
    """Puts an expression in the place of another wherever it is read."""

    def __init__(self, text: str, replacement: ast.expr) -> None:
        self._text, self._replacement = text, replacement

    def visit(self, node: ast.AST) -> ast.AST:
        is_read = isinstance(node, (ast.Name, ast.Subscript)) and isinstance(node.ctx, ast.Load)
        if is_read and ast.unparse(node) == self._text:
            return copy.deepcopy(self._replacement)
        return self.generic_visit(node)


def exchanged_values(node: ast.Dict, context: Context) -> Iterator[ast.AST]:
    """Two entries of a dict that have changed places."""
    for one, two in _pairs(node):
        yield ast.Dict(node.keys, _exchanged(node.values, one, two))


def exchanged_order(node: ast.Dict, context: Context) -> Iterator[ast.AST]:
    """The same entries, evaluated in another order: it matters where each draws a random number."""
    for one, two in _pairs(node):
        yield ast.Dict(_exchanged(node.keys, one, two), _exchanged(node.values, one, two))


def _pairs(node: ast.Dict) -> Iterator[tuple[int, int]]:
    size = len(node.values)
    return ((one, two) for one in range(size) for two in range(one + 1, size))


def _exchanged(items: list, one: int, two: int) -> list:
    found = list(items)
    found[one], found[two] = found[two], found[one]
    return found


VALUES = {"alike": (("v", "w"),)}
CALLS = (
    Operator("arguments-swapped", "Two arguments change places.", "f(a, b)", "f(b, a)", swapped_arguments, ast.Call),
    Operator(
        "arguments-swapped", "Two items change places.", "hstack([a, b])", "hstack([b, a])", swapped_items, ast.List
    ),
    Operator("arguments-swapped", "A pair is turned round.", "data((X, Y))", "data((Y, X))", swapped_pairs, ast.Call),
    Operator("shape", "A shape is turned round.", "np.zeros((n, h))", "np.zeros((h, n))", swapped_shapes, ast.Call),
    Operator("seed", "The given seed is not used.", "from_seed(seed)", "from_seed(0)", fixed_seeds, ast.Call),
    Operator(
        "flag",
        "A switch is set the other way, or an option is left at its default.",
        "model(X, training=False)",
        "model(X, training=True)",
        turned_switches,
        ast.Call,
    ),
    Operator(
        "transpose",
        "A transpose that is a switch is set the other way.",
        "tf.matmul(X, D, transpose_a=True)",
        "tf.matmul(X, D, transpose_a=False)",
        turned_transposes,
        ast.Call,
    ),
    Operator(
        "missing-activation",
        "A layer's activation is left out.",
        "Dense(h, activation='relu')",
        "Dense(h)",
        lost_activations,
        ast.Call,
    ),
    Operator(
        "missing-step", "A step of a chain is left out.", "x.shuffle(n).batch(b)", "x.batch(b)", lost_links, ast.Call
    ),
    Operator(
        "repeated-step", "Every example comes twice.", "x.batch(b)", "x.repeat(2).batch(b)", repeated_data, ast.Call
    ),
    *rules("The size of a batch is not the one that was given.", ("batch-size", "batch(a, b)", "batch(a, 1)")),
    *rules(
        "A loop begins or ends one off.",
        ("off-by-one", "range(b)", "range(b - 1)"),
        ("off-by-one", "range(b)", "range(b + 1)"),
        ("off-by-one", "range(b)", "range(1, b)"),
        ("off-by-one", "range(a, b, ...)", "range(a, b - 1, ...)"),
        ("off-by-one", "range(a, b, ...)", "range(a, b + 1, ...)"),
        ("off-by-one", "range(a, b, c)", "range(a, b - c + 1, c)"),
    ),
    Operator("off-by-one", "A slice is one off.", "a[b:c]", "a[b:c + 1]", slices_one_off, ast.Slice),
    *rules(
        "An index, or the end of a slice, is one off.",
        ("off-by-one", "a[number:]", "a[:-number]"),
        ("off-by-one", "a[1:]", "a[:-1]"),
        ("off-by-one", "a[i + 1]", "a[i]"),
        ("off-by-one", "a[:-1]", "a[1:]"),
    ),
    *rules("The first of a list is read where the last belongs.", ("stale-value", "a[-1]", "a[0]")),
    Operator("wrong-value", "Another value of the same shape.", "2 * v", "2 * w", confused, ast.expr, given=VALUES),
    Operator(
        "wrong-value", "The same in every place.", "return v + v", "return w + w", confused_everywhere, given=VALUES
    ),
    Operator(
        "unweighted-mean",
        "Rows are not counted.",
        "rows = len(X)\nreturn total * rows",
        "return total * 1",
        counts_of_one,
        given={"counts": ("rows",)},
    ),
    Operator(
        "wrong-value", "Two entries change places.", "{'a': x, 'b': y}", "{'a': y, 'b': x}", exchanged_values, ast.Dict
    ),
    Operator(
        "order",
        "Two entries are drawn in another order.",
        "{'a': x, 'b': y}",
        "{'b': y, 'a': x}",
        exchanged_order,
        ast.Dict,
    ),
)
