"""Mistakes that the two-layer network invites, besides the general ones: operators know its names here."""

import ast
from itertools import pairwise

from autograder.explain.mutation.operators import Operator, rules


def exchanged_activations(node, context):
    """Activations that stand on each other's layers."""
    calls = [item for item in node.elts if isinstance(item, ast.Call) and ast.unparse(item.func).endswith("Dense")]
    for one, two in pairwise(calls):
        first, second = ([item for item in call.keywords if item.arg == "activation"] for call in (one, two))
        if len(first) + len(second) == 1:
            for call, own, other in ((one, first, second), (two, second, first)):
                call.keywords = [item for item in call.keywords if item not in own] + other
            yield node


OPERATORS = (
    *rules(
        "The gradient of a layer's input takes the place of the input, as on the slide.",
        ("wrong-value", "X.T @ D", "(D @ params['W1'].T).T @ D"),
        ("wrong-value", "dot(X.T, D)", "(D @ W1.T).T @ D"),
    ),
    *rules(
        "The scores are taken for the probabilities.",
        ("missing-activation", "cache['Y_hat'] - Y", "cache['H'] @ params['W2'] + params['b2'] - Y"),
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
