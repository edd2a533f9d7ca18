"""The fixture rules: inputs on which mistakes differ from right answers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from autograder.assignment.problems import SIZES, Problems
from autograder.wire import Tensor, Variable


@pytest.mark.parametrize("sizes", SIZES)
def test_sizes(sizes):
    M = sizes[0]
    assert M >= 5 and all(M % divisor for divisor in range(2, M))
    assert len(set(sizes)) == 4
    for one, two in itertools.permutations(sizes, 2):
        assert one * two not in sizes


@pytest.mark.parametrize("seed", range(20))
def test_values(seed):
    for problem in Problems(seed, "numpy"):
        Z1 = problem.X @ problem.params["W1"] + problem.params["b1"]
        assert 0.3 < np.abs(Z1).mean() < 3
        assert all(np.abs(problem.params[name]).min() > 0 for name in ("b1", "b2"))
        counts = problem.Y_one_hot.sum(axis=0)
        assert counts.min() >= 1 and counts.max() > counts.min()
        assert (problem.Y_one_hot.sum(axis=1) == 1).all()


def test_same_seed_same_values_and_another_seed_others():
    one, same, other = (Problems(seed, "numpy") for seed in (1, 1, 2))
    assert np.array_equal(one.X, same.X) and not np.array_equal(one.X, other.X)
    first, second = one
    assert first.X.shape != second.X.shape
    assert first.rng("a").random() == first.rng("a").random() != first.rng("b").random()


def test_values_by_framework():
    problem = Problems(0, "tensorflow").first
    assert type(problem.X) is Tensor and problem.X.array.dtype == np.float32
    assert {type(value) for value in problem.params.values()} == {Variable}


def test_extended_values_are_computed_once_and_per_size():
    calls = []
    problems = Problems(0, "numpy").extended(twice=lambda one: calls.append(one.M) or 2 * one.X)
    assert [problem.twice.shape for problem in problems] == [(7, 5), (11, 3)]
    assert problems.first["twice"] is problems.first.twice
    assert calls == [7, 11]
    with pytest.raises(AttributeError, match="no such_thing"):
        _ = problems.first.such_thing
