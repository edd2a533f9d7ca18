"""Mistakes that images and labels invite, besides the general ones: other inputs or other targets of `prepare`."""

from __future__ import annotations

import ast
import copy
from functools import partial

from autograder.explain.mutation.operators import Operator, Rewritten

RIGHT = {
    "X": "X = (images / 255).reshape(len(images), -1).astype(np.float32)",
    "Y": "Y = np.eye(k, dtype=np.float32)[labels]",
}


def instead(name, text, function, context):
    """Other statements in the place of the one that makes X, or Y."""
    places = [
        place
        for place, node in enumerate(function.body)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    ]
    if function.name == "prepare" and places:
        changed = copy.deepcopy(function)
        changed.body[places[0] : places[0] + 1] = ast.parse(text).body
        yield Rewritten(function.body[places[0]].lineno, name, text, changed)


def others(name, *rows):
    """Other ways to make X, or Y: kind and text of each."""
    return tuple(
        Operator(
            code, f"{name} of prepared images is made in another way.", RIGHT[name], text, partial(instead, name, text)
        )
        for code, text in rows
    )


FLAT = "X = np.reshape(images, (len(images), -1))"
SCALED = "X = ({}).astype(np.float32)"

OPERATORS = (
    *others(
        "X",
        *(("constant", f"{FLAT}\n{SCALED.format(f'X / {number}')}") for number in (256, 254, 127.5, 128, 100)),
        ("missing-factor", f"{FLAT}\n{SCALED.format('X')}"),
        ("wrong-source", f"{FLAT}\n{SCALED.format('X / np.max(X)')}"),
        ("wrong-source", f"{FLAT}\n{SCALED.format('X / np.max(X, axis=1, keepdims=True)')}"),
        ("wrong-source", f"{FLAT}\n{SCALED.format('X / np.max(X, axis=0)')}"),
        ("rounding", f"{FLAT}\n{SCALED.format('X // 255')}"),
        ("rounding", f"{FLAT}\n{SCALED.format('np.round(X / 255)')}"),
        ("extra-term", f"{FLAT}\n{SCALED.format('X / 255 - 0.5')}"),
        ("complement", f"{FLAT}\n{SCALED.format('1 - X / 255')}"),
        ("other-function", f"{FLAT}\n{SCALED.format('(X - X.mean()) / X.std()')}"),
        ("other-function", f"{FLAT}\n{SCALED.format('(X - X.mean(axis=0)) / X.std(axis=0)')}"),
        (
            "other-function",
            f"{FLAT}\n{SCALED.format('(X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)')}",
        ),
        ("other-function", f"{FLAT}\n{SCALED.format('(X - X.min()) / (X.max() - X.min())')}"),
        ("order", SCALED.format("np.transpose(images, (0, 2, 1)).reshape(len(images), -1) / 255")),
        ("order", SCALED.format("np.reshape(images, (-1, len(images))).T / 255")),
        ("order", SCALED.format("np.reshape(images[:, ::-1], (len(images), -1)) / 255")),
    ),
    *others(
        "Y",
        ("off-by-one", "Y = np.eye(k, dtype=np.float32)[labels - 1]"),
        ("off-by-one", "Y = np.eye(k + 1, dtype=np.float32)[labels + 1][:, :k]"),
        ("broadcast", "Y = np.zeros((len(labels), k), np.float32)\nY[:, labels] = 1"),
        ("complement", "Y = 1 - np.eye(k, dtype=np.float32)[labels]"),
        ("wrong-value", "Y = np.eye(k, dtype=np.float32)[labels] * labels[:, None].astype(np.float32)"),
        ("order", "Y = np.eye(k, dtype=np.float32)[np.sort(labels)]"),
    ),
)
