"""Mistakes with functions: activations and their derivatives, losses, logarithms, random numbers, related functions."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from functools import partial

from autograder.explain.mutation.operators.operator import Context, Operator, Rewritten, expanded, rules
from autograder.explain.mutation.operators.patterns import ACTIVATIONS, applied, name_of, parsed


def other_activations(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """Every other activation."""
    name = name_of(node)
    if (name in ACTIVATIONS or name in context.helpers) and node.args:
        yield from (applied(other, ast.unparse(node.args[0]), context) for other in ACTIVATIONS if other != name)


def named_activations(node: ast.Constant, context: Context) -> Iterator[ast.AST]:
    """Another activation by its name, as Keras takes it."""
    if node.value in ACTIVATIONS:
        yield from (ast.Constant(other) for other in ACTIVATIONS if other != node.value)


def no_activation(node: ast.Constant, context: Context) -> Iterator[ast.AST]:
    """None for an activation's name."""
    if node.value in ACTIVATIONS:
        yield ast.Constant(None)


def activated_layers(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A Keras layer with an activation that has none."""
    if name_of(node) == "Dense" and not any(keyword.arg == "activation" for keyword in node.keywords):
        for activation in ACTIVATIONS:
            keyword = ast.keyword("activation", ast.Constant(activation))
            yield ast.Call(node.func, node.args, [*node.keywords, keyword])


def large_epsilons(node: ast.Attribute, context: Context) -> Iterator[ast.AST]:
    """A number that keeps from log 0, so large that it is seen."""
    if node.attr in ("tiny", "eps"):
        yield from map(ast.Constant, (1e-3, 1e-5, 1e-7, 1e-8, 1e-10, 1e-12, 1e-15))


def drawn_throughout(old: str, new: str, function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Every random number of a function from another distribution."""
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


def other_endings(activations: tuple[str, ...], function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A function that ends with an activation of its scores, whatever it makes of them otherwise."""
    for place, step in enumerate(function.body[:-1]):
        name = ast.unparse(step.targets[0]) if isinstance(step, ast.Assign) else ""
        if name in context.like_result and ("@" in ast.unparse(step) or "matmul" in ast.unparse(step)):
            for activation in activations:
                changed = copy.deepcopy(function)
                ending = applied(activation, name, context) if activation else parsed(name)
                changed.body[place + 1 :] = [ast.Return(ending)]
                yield Rewritten(function.body[-1].lineno, ast.unparse(function.body[-1]), ast.unparse(ending), changed)
            return


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
    """`right(-a)` in place of a function of `one` array `a`, or of a loss of `a` and `b`, of `rows` or of a `series`."""
    names = [argument.arg for argument in function.args.args]
    fits = len(names) == (1 if kind == "one" else 2) and not function.args.kwonlyargs and "self" not in names
    fits = fits and kind in ("one", context.measures)
    uses = ast.walk(parsed(text))
    library = {node.id for node in uses if isinstance(node, ast.Name)} & {"np", "tf"}
    if not fits or (library and context.library not in library):
        return
    tree = _Renamed(dict(zip("ab", names, strict=False))).visit(expanded(text, context))
    changed = copy.deepcopy(function)
    inner = copy.deepcopy(function)
    inner.name = "right"
    after = ast.unparse(ast.fix_missing_locations(tree))
    changed.body = [*([inner] if "right(" in text else []), *ast.parse(f"return {after}").body]
    yield Rewritten(function.lineno, function.name, after.replace("right(", f"{function.name}("), changed)


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._names.get(node.id, node.id), ast.Load())


def wrappers(doc: str, kind: str, *rows: tuple[str, str]) -> tuple[Operator, ...]:
    """Operators that put something around a function of one array, or a loss of two."""
    before = "right(a)" if kind == "one" else "right(a, b)"
    given = {"measures": kind, "library": "tf" if any("tf." in after for _, after in rows) else "np"}
    return tuple(Operator(code, doc, before, after, partial(around, after, kind), given=given) for code, after in rows)


_RELATED = ("maximum minimum", "argmax argmin", "zeros ones", "zeros_like ones_like", "max min")
_PAIRS = [tuple(pair.split()[::step]) for pair in _RELATED for step in (1, -1)]
FUNCTIONS = (
    *rules(
        "An activation is left out, or applied where none belongs.",
        ("missing-activation", "activation(a, ...)", "a"),
        ("extra-activation", "activation(a, ...)", "activation(activation(a, ...))"),
    ),
    *rules(
        "An activation is applied to a weighted sum that should have none.",
        *(("extra-activation", "weighted", f"{name}(weighted)") for name in ACTIVATIONS),
        named=True,
    ),
    Operator(
        "other-activation", "Another activation is used.", "np.tanh(a)", "np.maximum(a, 0)", other_activations, ast.Call
    ),
    Operator("other-activation", "Another activation is named.", "'relu'", "'tanh'", named_activations, ast.Constant),
    Operator("missing-activation", "No activation is named.", "'relu'", "None", no_activation, ast.Constant),
    Operator(
        "extra-activation",
        "A layer has an activation that should have none.",
        "Dense(3)",
        "Dense(3, activation='relu')",
        activated_layers,
        ast.Call,
    ),
    *rules(
        "A term is added after the activation instead of before it.",
        ("order", "activation(a + b, ...)", "activation(a, ...) + b"),
        ("order", "activation(a + b + c, ...)", "activation(a + c, ...) + b"),
        ("order", "a * (weighted + c)", "a * weighted + c"),
    ),
    *rules(
        "The derivative V (1 − V) of a sigmoid has another form, or is taken at another value.",
        ("other-derivative", "v * (1 - v)", "(1 - v ** 2)"),
        ("other-derivative", "v * (1 - v)", "(1 + v ** 2)"),
        ("other-derivative", "v * (1 - v)", "(v * (1 + v))"),
        ("other-derivative", "v * (1 - v)", "(v > 0)"),
        ("other-derivative", "v * (1 - v)", "v * (1 - v) * v"),
        ("other-derivative", "v * (1 - v)", "v * (1 - v) * (1 - v)"),
        ("derivative-value", "v * (1 - v)", "(1 - tanh(v) ** 2)"),
        ("derivative-value", "v * (1 - v)", "(sigmoid(v) * (1 - sigmoid(v)))"),
        ("derivative-value", "v * (1 - v)", "other(v) * (1 - other(v))"),
        ("other-derivative", "v * (1 - v)", "(1 - other(v) ** 2)"),
        ("other-derivative", "v * (1 - v)", "(other(v) > 0)"),
        ("other-derivative", "v * (1 - v)", "other(v)"),
        ("other-derivative", "v * (1 - v)", "(1 - other(v))"),
        ("other-derivative", "a * v * (1 - v)", "a * (a > 0)"),
    ),
    *rules(
        "The derivative 1 − V² of a tanh has another form, or is taken at another value.",
        ("derivative-value", "1 - v ** 2", "1 - other(v) ** 2"),
        ("derivative-value", "1 - v ** 2", "1 - tanh(v) ** 2"),
        ("other-derivative", "1 - v ** 2", "v * (1 - v)"),
        ("other-derivative", "1 - v ** 2", "1 - v"),
        ("other-derivative", "1 - v ** 2", "1 + v ** 2"),
        ("other-derivative", "1 - v ** 2", "(v > 0)"),
    ),
    *rules(
        "The error of predictions P against targets Y has another form.",
        ("other-function", "P - Y", "np.sign(P - Y)"),
        ("sign", "P - Y", "-np.abs(P - Y)"),
        ("partial-loss", "P - Y", "(P - Y) * Y"),
        ("partial-loss", "P - Y", "(P - Y) * (1 - Y)"),
        ("wrong-value", "P - Y", "P - 1"),
        ("missing-derivative", "P - Y", "-Y / P"),
        ("missing-derivative", "P - Y", "(P - Y) / (P * (1 - P))"),
        ("extra-derivative", "P - Y", "(P - Y) * P * (1 - P)"),
        ("extra-derivative", "P - Y", "(P - Y) * (1 - P ** 2)"),
        ("extra-derivative", "P - Y", "(P - Y) * (P > 0)"),
        ("extra-derivative", "P - Y", "P * (P - Y - np.sum((P - Y) * P, axis=1, keepdims=True))"),
        ("broadcast", "P - Y", "P - np.mean(Y, axis=0)"),
        ("broadcast", "P - Y", "P - np.ravel(Y)"),
        ("broadcast", "P - Y", "P - tf.reshape(Y, [-1])"),
        ("one-output", "P - Y", "P[:, :1] - Y[:, :1]"),
        ("one-example", "P - Y", "P[-1:] - Y[-1:]"),
        *(("extra-activation", "P - Y", f"{name}(P) - Y") for name in ACTIVATIONS),
        *(
            ("extra-derivative", "P - Y", f"P * ({name}(P) - Y - np.sum(({name}(P) - Y) * P, axis=1, keepdims=True))")
            for name in ACTIVATIONS
        ),
    ),
    *rules(
        "A logarithm has another base, or another argument.",
        ("logarithm", "log(a)", "log(a) / 2.302585092994046"),
        ("logarithm", "log(a)", "log(a) / 0.6931471805599453"),
        ("wrong-value", "log(a)", "log(1 - a)"),
        ("epsilon", "log(a)", "log(a + 1e-2)"),
        ("epsilon", "log(a)", "log(a + 1e-3)"),
        ("epsilon", "log(a)", "log(a + 1e-7)"),
    ),
    *rules(
        "Scores are taken for probabilities.",
        (
            "missing-activation",
            "sigmoid_cross_entropy_with_logits(labels=a, logits=b)",
            "tf.keras.losses.binary_crossentropy(a[..., None], b[..., None])",
        ),
    ),
    Operator("epsilon", "A number against log 0 is large.", "np.finfo(d).tiny", "1e-07", large_epsilons, ast.Attribute),
    *rules(
        "A related function is used.",
        *(("other-function", f"{one}(...)", f"{two}(...)") for one, two in _PAIRS),
    ),
    *rules(
        "A function is left out.",
        ("copy-updated", "np.copy(a)", "a"),
        ("changes-argument", "a.copy()", "a"),
        ("epsilon", "maximum(a, ...)", "a"),
        ("epsilon", "clip(a, ...)", "a"),
        *(
            ("missing-function", f"{name}(a, ...)", "a")
            for name in ("exp", "log", "sqrt", "abs", "sign", "minimum", "min")
        ),
    ),
    *rules(
        "Numbers are drawn from another distribution, or are not to be drawn.",
        ("distribution", "uniform(...)", "normal(...)"),
        ("distribution", "normal(...)", "uniform(...)"),
        ("distribution", "uniform(...)", "2 * uniform(...) - 1"),
        ("distribution", "normal(...)", "2 * normal(...) - 1"),
        ("zero", "uniform(...)", "0 * uniform(...)"),
        ("zero", "normal(...)", "0 * normal(...)"),
        ("distribution", "zeros(...)", "0.5 + zeros(...)"),
        ("distribution", "ones(...)", "0.5 + ones(...)"),
    ),
    *(
        Operator(
            code, "All draws are of another kind.", f"rng.{old}(n)", f"rng.{new}(", partial(drawn_throughout, old, new)
        )
        for code, old, new in (
            ("distribution", "uniform", "normal"),
            ("distribution", "normal", "uniform"),
            ("with-replacement", "permutation", "choice"),
        )
    ),
    Operator("zero", "Everything that should be drawn is zero.", "rng.normal(n)", "0 * rng.normal(n)", zero_draws),
    Operator(
        "distribution",
        "What should be zero is drawn.",
        "return (rng.normal(n), np.zeros(n))",
        "return (rng.normal(n), rng.normal(n))",
        drawn_zeros,
    ),
    *wrappers(
        "A function of one array is that of another value, or is followed by something.",
        "one",
        ("sign", "right(-a)"),
        ("sign", "1 - right(a)"),
        ("missing-factor", "right(2 * a)"),
        ("missing-factor", "right(a / 2)"),
        ("extra-activation", "right(right(a))"),
        *(("other-activation", f"{name}(a)") for name in ACTIVATIONS),
    ),
    *wrappers(
        "A loss gets its arguments in another form.",
        "rows",
        ("arguments-swapped", "right(b, a)"),
        ("partial-loss", "right(1 - a, 1 - b)"),
        ("extra-term", "right(a, b) + right(1 - a, 1 - b)"),
        ("one-output", "right(a[:, :1], b[:, :1])"),
        ("one-example", "right(a[:1], b[:1])"),
        ("one-example", "right(a[-1:], b[-1:])"),
        ("broadcast", "right(np.repeat(a, len(a), axis=0), np.concatenate([b] * len(b)))"),
        ("extra-function", "right(a, b) ** 0.5"),
    ),
    *wrappers(
        "A loss is another one, or is not brought down to one number.",
        "rows",
        ("other-function", "float(np.mean(a.argmax(axis=1) == b.argmax(axis=1)))"),
        ("other-function", "float(np.mean(a.argmax(axis=1) != b.argmax(axis=1)))"),
        ("order", "float(np.sum(np.mean(a - b, axis=0) ** 2))"),
        ("order", "float(np.mean(a - b) ** 2)"),
        ("order", "float(np.sum(a - b) ** 2 / len(b))"),
        ("broadcast", "float(np.mean((a[:, None] - b[None]) ** 2))"),
        ("other-function", "float(np.sum(np.abs(a - b)) / len(b))"),
        ("not-summed", "np.sum((a - b) ** 2, axis=1)"),
        ("not-summed", "np.mean((a - b) ** 2, axis=1)"),
        ("axis", "np.sum((a - b) ** 2, axis=0) / len(b)"),
        ("not-summed", "-np.sum(b * np.log(a), axis=1)"),
        ("axis", "-np.sum(b * np.log(a), axis=0) / len(b)"),
        ("missing-function", "float(-np.sum(b * a) / len(b))"),
    ),
    *wrappers(
        "A loss of tensors is another one, or is not brought down to one number.",
        "rows",
        ("broadcast", "right(tf.repeat(a, len(a), axis=0), tf.concat([b] * len(b), 0))"),
        ("order", "tf.reduce_sum(tf.square(tf.reduce_mean(a - b, axis=0)))"),
        ("order", "tf.square(tf.reduce_mean(a - b))"),
        ("not-summed", "tf.reduce_mean(tf.square(a - b), axis=-1)"),
        ("not-summed", "tf.reduce_sum(tf.square(a - b), axis=-1)"),
        ("axis", "tf.reduce_mean(tf.square(a - b), axis=0)"),
        ("other-function", "tf.reduce_mean(tf.reduce_sum(tf.abs(a - b), axis=1))"),
    ),
    *wrappers(
        "A measure of a series holds a part of it.",
        "series",
        ("missing-term", "right(a[-1:], b[-1:])"),
        ("missing-term", "right(a[:1], b[:1])"),
        ("missing-term", "right(a[1:], b[1:])"),
        ("missing-term", "right(a[:-1], b[:-1])"),
    ),
    Operator(
        "other-activation",
        "Scores are followed by another activation.",
        "s = X @ w\nreturn 1 / (1 + np.exp(-s))",
        "return np.tanh(s)",
        partial(other_endings, tuple(ACTIVATIONS)),
        given={"like_result": ("s",)},
    ),
    Operator(
        "missing-activation",
        "Scores are followed by no activation.",
        "s = X @ w\nreturn 1 / (1 + np.exp(-s))",
        "s = X @ w\n    return s",
        partial(other_endings, ("",)),
        given={"like_result": ("s",)},
    ),
    Operator(
        "partial-loss",
        "Only one class counts.",
        "np.mean(f(s) - y * s)",
        "np.mean(y * (f(s) - y * s))",
        one_class,
        ast.Call,
        given={"alike": (("y", "s"),), "arrays": ("y",)},
    ),
)
