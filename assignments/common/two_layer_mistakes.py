"""Mistakes that the two-layer network invites, besides the general ones: operators know its names here."""

import ast
import copy
from functools import partial
from itertools import pairwise

from common.two_layer import TwoLayer

from autograder.explain.mutation.operators import Operator, Rewritten, rules

FIRST = TwoLayer.sizes[0]


def exchanged_activations(node, context):
    """Activations that stand on each other's layers."""
    calls = [item for item in node.elts if isinstance(item, ast.Call) and ast.unparse(item.func).endswith("Dense")]
    for one, two in pairwise(calls):
        first, second = ([item for item in call.keywords if item.arg == "activation"] for call in (one, two))
        if len(first) + len(second) == 1:
            for call, own, other in ((one, first, second), (two, second, first)):
                call.keywords = [item for item in call.keywords if item not in own] + other
            yield node


def hard_coded(node, context):
    """The sizes that an author, or a student, sees first, in the place of those that are given."""
    # a loop that gets its batches made has a count of its own for each: a constant there is a weight that is missing
    if isinstance(getattr(node, "ctx", None), ast.Store) or context.of_kind("optimizer"):
        return
    size = FIRST["M"] if context.is_count(ast.unparse(node)) else FIRST.get(getattr(node, "id", ""))
    if size:
        yield ast.Constant(size)


def flat_targets(place: str, function, context):
    """Targets that lose their axis when there is one output, at the beginning of the function or of each batch."""
    step = ast.parse(f"Y = {context.library}.squeeze(Y)").body[0]
    compares = context.measures or function.name in context.gradients or context.of_kind("variables")
    if place == "function" and compares and "Y" in [argument.arg for argument in function.args.args]:
        function.body.insert(0, step)
        yield Rewritten(function.lineno, "Y", "Y without its axis", function)
    for loop in [node for node in ast.walk(function) if isinstance(node, ast.For) and place == "batch"]:
        if "Y" in [ast.unparse(name) for name in getattr(loop.target, "elts", [])]:
            loop.body.insert(0, copy.deepcopy(step))
            yield Rewritten(loop.lineno, "Y", "Y of a batch without its axis", function)


OPERATORS = (
    *rules(
        "The gradient of a layer's input takes the place of the input, as on the slide.",
        ("wrong-value", "X.T @ D", "(D @ params['W1'].T).T @ D"),
        ("wrong-value", "dot(X.T, D)", "(D @ W1.T).T @ D"),
    ),
    *rules("A mean is one of the notebook's examples.", ("constant", "mean(a)", f"sum(a) / {FIRST['M']}")),
    *rules(
        "The scores are taken for the probabilities.",
        ("missing-activation", "cache['Y_hat'] - Y", "cache['H'] @ params['W2'] + params['b2'] - Y"),
    ),
    Operator("constant", "A size is the one of the notebook.", "len(Y)", f"{FIRST['M']}", hard_coded, ast.expr),
    Operator("broadcast", "Targets are flat.", "return f(Y)", "Y = np.squeeze(Y)", partial(flat_targets, "function")),
    Operator(
        "broadcast",
        "Targets of a batch are flat.",
        "for X, Y in b:\n    f(X, Y)",
        "Y = np.squeeze(Y)",
        partial(flat_targets, "batch"),
    ),
    Operator(
        "arguments-swapped",
        "The activation stands on the other layer.",
        "[Dense(4, activation='sigmoid'), Dense(3)]",
        "[Dense(4), Dense(3, activation='sigmoid')]",
        exchanged_activations,
        ast.List,
    ),
)
