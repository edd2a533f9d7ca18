"""Mistakes made on purpose: what each operator does to a line, and that mutants are whole functions that differ."""

from __future__ import annotations

import ast
import contextlib

import numpy as np
import pytest

from autograder.assignment.definition import find_assignment
from autograder.explain.mutation.mutants import mutants_of
from autograder.facts.kinds import CODES

# a line of a solution, the kind of mistake, what a student might have written
LINES = [
    ("np.sum(E**2) / M", "missing-mean", "np.sum(E ** 2)"),
    ("np.sum(E) / M", "mean-over-outputs", "np.mean(E) / M"),
    ("tf.reduce_mean(E)", "missing-mean", "tf.reduce_sum(E)"),
    ("D.mean(axis=0)", "missing-mean", "D.sum(axis=0)"),
    ("2 * E", "factor-half", "E"),
    ("G * H * (1 - H)", "partial-derivative", "G * H"),
    ("G * H * (1 - H)", "missing-derivative", "G"),
    ("G * H * (1 - H)", "other-derivative", "G * (1 - H ** 2)"),
    ("G * H * (1 - H)", "doubled-factor", "G * H * (1 - H) * (1 - H)"),
    ("D.sum(axis=0, keepdims=True)", "axis", "D.sum(axis=1, keepdims=True)"),
    ("D.sum(axis=0, keepdims=True)", "axis", "D.sum(axis=None, keepdims=True)"),
    ("D.sum(axis=0, keepdims=True)", "keepdims", "D.sum(axis=0, keepdims=False)"),
    ("X.T @ D", "transpose", "X @ D"),
    ("X.T @ D", "one-example", "X[-1:].T @ D[-1:]"),
    ("D @ W", "transpose", "D @ W.T"),
    ("D @ W", "operands-swapped", "W @ D"),
    ("D @ W", "other-function", "D * W"),
    ("tf.matmul(X, D, transpose_a=True)", "transpose", "tf.matmul(X, D, transpose_a=False)"),
    ("Y_hat - Y", "sign", "Y - Y_hat"),
    ("Y_hat - Y", "other-function", "np.sign(Y_hat - Y)"),
    ("W - rate * G", "sign", "W + rate * G"),
    ("-np.sum(L)", "sign", "np.sum(L)"),
    ("np.log(P)", "logarithm", "np.log(P) / np.log(10.0)"),
    ("np.log(P)", "logarithm", "np.log(P) / np.log(2.0)"),
    ("tf.math.log(P)", "logarithm", "tf.math.log(P) / 2.302585092994046"),
    ("np.log(P + 1e-12)", "epsilon", "np.log(P)"),
    ("loss + penalty", "missing-term", "loss"),
    ("np.maximum(Z, 0)", "other-function", "np.minimum(Z, 0)"),
    ("np.exp(np.abs(Z))", "missing-function", "np.exp(Z)"),
    ("model(X, training=False)", "flag", "model(X, training=True)"),
    ("np.matmul(H, W)", "arguments-swapped", "np.matmul(W, H)"),
    ("range(0, M, size)", "off-by-one", "range(0, M - 1, size)"),
    ("X[start:stop]", "off-by-one", "X[start:stop + 1]"),
    ("Z > 0", "comparison", "Z >= 0"),
    ("0.5 * E", "constant", "1.0 * E"),
    ("E**2", "missing-function", "E"),
    ("D * cache['H']", "wrong-value", "D * cache['Z1']"),
]
ALIKE = (("cache['H']", "cache['Z1']"),)


@pytest.mark.parametrize("line, code, wrong", LINES, ids=[f"{code}: {line}" for line, code, _ in LINES])
def test_operator(line, code, wrong):
    found = mutants_of(f"def f():\n    return {line}", ["f"], {"f": ALIKE})
    sources = {(mutant.code, mutant.source.splitlines()[-1].strip()) for mutant in found}
    assert (code, f"return {wrong}") in sources


def test_statements():
    source = (
        "def f(total, parts):\n    for part in parts:\n        total += part\n    total.assign(1)\n    return total"
    )
    found = {(mutant.code, mutant.after) for mutant in mutants_of(source, ["f"])}
    assert {("accumulation", "total = part"), ("sign", "total -= part"), ("missing-step", "")} <= found
    assert any(mutant.code == "order" for mutant in mutants_of(source, ["f"]))


@pytest.mark.parametrize("name", ["03_numpy_net", "04_tape_net"])
def test_mutants_of_an_assignment_are_functions_of_their_own(name):
    solution = find_assignment(name).solution.read_text("utf-8")
    functions = [node.name for node in ast.parse(solution).body if isinstance(node, ast.FunctionDef)]
    found = mutants_of(solution, functions)
    original = {ast.unparse(node) for node in ast.parse(solution).body}
    assert len({mutant.source for mutant in found}) == len(found) > 50
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        assert mutant.code in CODES and mutant.source not in original
        assert f"line {mutant.line}" in mutant.author_text
        assert ast.parse(mutant.source).body[0].name == mutant.function


def test_mutants_of_the_loss_give_other_losses():
    solution = find_assignment("03_numpy_net").solution.read_text("utf-8")
    rng = np.random.default_rng(0)
    Y_hat, Y = rng.normal(size=(7, 3)), rng.normal(size=(7, 3))
    values = {}
    for mutant in mutants_of(solution, ["mse_loss"]):
        names = {"np": np}
        exec(mutant.source, names)
        with contextlib.suppress(TypeError, ValueError), np.errstate(all="ignore"):
            values[mutant.author_text] = np.asarray(names["mse_loss"](Y_hat, Y))
    right = np.sum((Y_hat - Y) ** 2) / 7
    same = {text for text, value in values.items() if value.shape == () and np.isclose(value, right)}
    # the square does not tell which was subtracted from which, nor do ones minus both
    assert {text.split(": ")[1] for text in same} == {
        "Y_hat - Y → Y - Y_hat",
        "Y_hat - Y → -np.abs(Y_hat - Y)",
        "mse_loss → mse_loss(Y, Y_hat)",
        "mse_loss → mse_loss(1 - Y_hat, 1 - Y)",
    }
    assert len(values) > 30
