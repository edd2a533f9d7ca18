"""A bank of three mutants, with numbers of all magnitudes."""

from __future__ import annotations

import math

from autograder.explain.leaves import Leaf
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant


def leaf(path: str, *numbers: float, dtype: str = "float64", sizes: tuple[tuple[str, int], ...] = ()) -> Leaf:
    return Leaf(0, "f", path, (len(numbers),), dtype, numbers, sizes)


def a_bank() -> Bank:
    """A bank of three mutants and two tests, one of them hidden, with numbers of all magnitudes."""
    texts = [(f"a + {'b' * n}", f"def f(a, b):\n    return a + {n}") for n in range(3)]
    mutants = [Mutant("sign", "f", 3 + n, "a - b", *text) for n, text in enumerate(texts)]
    right = leaf("['W1']", 1 / 3, math.pi, sizes=(("number of examples", 7), ("number of columns", 3)))
    wrong = [
        leaf("['W1']", 7 / 3, 7 * math.pi),
        leaf("['W1']", 1e-200, -3e-200),
        leaf("['b1']", 1e140, 2.0, dtype="float32"),
        Leaf(1, "g", "", (), "float64", ()),
    ]
    answers = [
        WrongAnswer(0, "failed", "a message", (wrong[0], wrong[2], wrong[3])),
        WrongAnswer(1, "passed", "", (right,)),
        WrongAnswer(2, "error", "", (wrong[1], right)),
    ]
    bank = Bank(mutants, homes=["1.1"] * len(mutants), hidden=["test_hidden"])
    for test in ("test_public", "test_hidden"):
        bank.right[test], bank.questions[test], bank.calls[test] = (right,), "1.1", ("f", "g")
        bank.answers[test], bank.points[test] = answers, 2.0
    return bank
