"""Mistakes made on purpose: mutants are whole functions, or classes, that differ from the solution."""

from __future__ import annotations

import ast
import contextlib

import numpy as np
import pytest

from autograder.assignment.definition import find_assignment
from autograder.explain.mutation.extra import Extra
from autograder.explain.mutation.mutants import mutants_of
from autograder.explain.mutation.roles import Roles
from autograder.facts.kinds import CODES


def test_statements():
    source = (
        "def f(total, parts):\n    for part in parts:\n        total += part\n    total.assign(1)\n    return total"
    )
    found = {(mutant.code, mutant.after) for mutant in mutants_of(source, ["f"])}
    assert {("accumulation", "total = part"), ("sign", "total -= part"), ("missing-step", "")} <= found
    assert any(mutant.code == "order" for mutant in mutants_of(source, ["f"]))


@pytest.mark.parametrize("name", ["03_numpy_net", "04_tape_net", "09_regularization"])
def test_mutants_of_an_assignment_are_functions_or_classes_of_their_own(name):
    solution = find_assignment(name).solution.read_text("utf-8")
    functions = [node.name for node in ast.parse(solution).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    found = mutants_of(solution, functions)
    original = {ast.unparse(node) for node in ast.parse(solution).body}
    assert len({mutant.source for mutant in found}) == len(found) > 50
    for mutant in found:
        compile(mutant.source, "mutant", "exec")
        assert mutant.code in CODES and mutant.source not in original
        assert f"line {mutant.line}" in mutant.author_text
        assert ast.parse(mutant.source).body[0].name == mutant.owner


def test_mutants_of_the_loss_give_other_losses():
    solution = find_assignment("03_numpy_net").solution.read_text("utf-8")
    rng = np.random.default_rng(0)
    Y_hat, Y = rng.normal(size=(7, 3)), rng.normal(size=(7, 3))
    values = {}
    extra = Extra(find_assignment("03_numpy_net")).operators
    for mutant in mutants_of(solution, ["mse_loss"], {"mse_loss": Roles(is_loss=True)}, extra):
        names = {"np": np}
        exec(mutant.source, names)
        with contextlib.suppress(TypeError, ValueError), np.errstate(all="ignore"):
            values[mutant.author_text] = np.asarray(names["mse_loss"](Y_hat, Y))
    right = np.sum((Y_hat - Y) ** 2) / 7
    same = {text for text, value in values.items() if value.shape == () and np.isclose(value, right)}
    # the square does not tell which was subtracted from which, nor do ones minus both; what is right for
    # these sizes and this precision alone is right here
    assert {text.split(": ")[1] for text in same} == {
        "len(Y) → 7",
        "Y_hat - Y → Y_hat - np.squeeze(Y)",
        "Y_hat - Y → np.squeeze(Y_hat) - Y",
        "Y → Y without its axis",
        "Y_hat - Y → Y - Y_hat",
        "Y_hat - Y → -np.abs(Y_hat - Y)",
        "mse_loss → mse_loss(Y, Y_hat)",
        "mse_loss → mse_loss(1 - Y_hat, 1 - Y)",
    }
    assert len(values) > 30


def test_methods_are_mutated_inside_their_class_and_given_code_is_not():
    source = (
        "class A:\n    def f(self, x):\n        # BEGIN SOLUTION 1\n        return 2 * x\n        # END SOLUTION\n\n"
        "    def g(self, x):\n        return 3 * x\n\n\ndef given(x):\n    return 4 * x\n"
    )
    found = mutants_of(source, ["A", "given"])
    assert {mutant.function for mutant in found} == {"A.f"}
    for mutant in found:
        assert mutant.owner == "A" and "def g" in mutant.source and ast.parse(mutant.source).body[0].name == "A"


def made_of(body: str, arguments: str = "X, W1, b1, W2, b2, y", **roles) -> set[tuple[str, str]]:
    """Kinds of the mutants of a function, with what they make, spaces aside."""
    source = f"import numpy as np\ndef f({arguments}):\n" + "\n".join(f"    {line}" for line in body.splitlines())
    found = mutants_of(source, ["f"], {"f": Roles(**roles)})
    return {(one.code, one.source.split("\n", 1)[1].replace("    ", "").replace("\n", "; ")) for one in found}


def test_twins_go_wrong_together():
    found = made_of("h = np.tanh(X @ W1 + b1)\np = h @ W2 + b2\nreturn (h, p)")
    assert ("missing-term", "h = np.tanh(X @ W1); p = h @ W2; return (h, p)") in found
    assert ("missing-term", "h = np.tanh(X @ W1); p = h @ W2 + b2; return (h, p)") in found
    body = "a = m / (1 - b ** t)\nc = v / (1 - d ** t)\nreturn a / c"
    found = made_of(body, "m, v, b, d, t", scalars=("b", "d"))
    assert ("bias-correction", "a = m; c = v; return a / c") in found
    assert ("bias-correction", "a = m / (1 - b ** (t + 1)); c = v / (1 - d ** (t + 1)); return a / c") in found


@pytest.mark.parametrize(
    "formula", ["1 / (1 + np.exp(-s))", "np.exp(s) / (1.0 + np.exp(s))", "np.maximum(0, s)", "s * (s > 0)"]
)
def test_activations_may_be_written_out(formula):
    found = made_of(f"s = X @ W1\nreturn {formula} @ W2")
    assert ("missing-activation", "s = X @ W1; return s @ W2") in found
    assert ("other-activation", "s = X @ W1; return np.tanh(s) @ W2") in found


def test_a_function_of_two_values_is_no_activation_by_itself():
    made = {
        result: {
            one.after
            for one in mutants_of(f"def f(z):\n    return {result}\n", ["f"])
            if one.code == "other-activation"
        }
        for result in ("2 * z", "(2 * z, 2)")
    }
    assert any("tanh" in after for after in made["2 * z"]) and not made["(2 * z, 2)"]


def test_a_maximum_of_margins_is_no_activation():
    found = made_of("s = X @ W1\nreturn np.sum(np.maximum(0, 1 - y * s))")
    assert not {"missing-activation", "other-activation"} & {code for code, _ in found}


def test_a_count_is_that_of_something_else():
    sizes = {"X.shape[0]": (7, 11), "X.shape[1]": (5, 3), "X.size": (35, 33), "M": (7, 11)}
    found = made_of("M = X.shape[0]\nreturn X.T @ y / M", sizes=sizes, counts={"M": (("X", 0),)})
    wrong = {text.split(";")[0] for code, text in found if code == "wrong-count"}
    assert wrong == {"M = X.shape[1]", "M = X.size", "M = X.shape[0]"}
