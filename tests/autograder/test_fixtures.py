"""Fixtures: drawn by field, in every size, and the author's mistakes told in one line."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from autograder.assignment.definition import Assignment, find_assignment
from autograder.assignment.fixtures import Fixture, Problems, Sizes, cached_property, fixture_of, problems_for
from autograder.errors import UsageError
from autograder.wire import Tensor, Variable


class Small(Fixture):
    sizes = (Sizes(N=7, d=3), Sizes(N=11, d=5))
    edges = (Sizes(N=1, d=1),)

    @cached_property
    def X(self):
        return self.array(self.rng("X").normal(size=(self.N, self.d)))

    @cached_property
    def broken(self):
        return self.X @ self.X


def problems(seed=1, kind=Small, framework="numpy"):
    return Problems(kind, seed, framework)


TWO_LAYER = fixture_of(find_assignment("03_numpy_net"))


@pytest.mark.parametrize("sizes", TWO_LAYER.sizes)
def test_sizes_of_the_two_layer_network(sizes):
    M = sizes["M"]
    assert M >= 5 and all(M % divisor for divisor in range(2, M))
    assert len(set(sizes.values())) == 4
    for one, two in itertools.permutations(sizes.values(), 2):
        assert one * two not in sizes.values()


@pytest.mark.parametrize("seed", range(20))
def test_values_of_the_two_layer_network(seed):
    for problem in problems(seed, TWO_LAYER):
        Z1 = problem.X @ problem.params["W1"] + problem.params["b1"]
        assert 0.3 < np.abs(Z1).mean() < 3
        assert all(np.abs(problem.params[name]).min() > 0 for name in ("b1", "b2"))
        counts = problem.Y_one_hot.sum(axis=0)
        assert counts.min() >= 1 and counts.max() > counts.min()
        assert (problem.Y_one_hot.sum(axis=1) == 1).all()


def test_edges_of_the_two_layer_network_include_one_of_everything():
    edges = list(problems(0, TWO_LAYER).edges)
    assert all(any(one[name] == 1 for one in edges) for name in ("M", "n", "h", "k"))
    assert {one.X.dtype for one in edges} == {np.dtype(np.float32)}
    for one in edges:
        assert one.X.shape == (one.M, one.n) and (one.Y_one_hot.sum(axis=1) == 1).all()


def test_same_seed_same_values_and_another_seed_others():
    one, same, other = (problems(seed) for seed in (1, 1, 2))
    assert np.array_equal(one.X, same.X) and not np.array_equal(one.X, other.X)
    first, second = one
    assert first.X.shape != second.X.shape
    assert first.rng("a").random() == first.rng("a").random() != first.rng("b").random()


def test_values_by_framework():
    problem = problems(0, TWO_LAYER, "tensorflow").first
    assert type(problem.X) is Tensor and problem.X.array.dtype == np.float32
    assert {type(value) for value in problem.params.values()} == {Variable}
    assert problem.widened().X.array.dtype == np.float64 and problem.X.array.dtype == np.float32


def test_extended_values_are_computed_once_and_per_size():
    calls = []
    extended = problems().extended(twice=lambda one: calls.append(one.N) or 2 * one.X)
    assert [one.twice.shape for one in extended] == [(7, 3), (11, 5)]
    assert extended.first["twice"] is extended.first.twice
    assert [one.twice.shape for one in extended.edges] == [(1, 1)]
    assert calls == [7, 11, 1]
    with pytest.raises(AttributeError, match="no such_thing"):
        _ = extended.first.such_thing


def test_an_extended_value_stands_in_for_a_field_and_for_no_method():
    one = problems().extended(X=lambda one: one.N, rng=lambda one: "generator", eta=0.3).first
    assert (one.X, one["X"], one["rng"], one.eta, one["N"]) == (7, 7, "generator", 0.3, 7)
    assert isinstance(one.rng("a"), np.random.Generator)
    assert "X" in one and "rng" in one and "extended" not in one and "Y" not in one
    again = one.extended(X=2)
    assert (again.X, one.X) == (2, 7)


def test_a_field_that_raises_is_told_with_its_line():
    with pytest.raises(UsageError, match=r"test_fixtures.py:\d+: ValueError: .*fix `return self.X @ self.X`"):
        _ = problems().first.broken


@pytest.mark.parametrize(
    "text, said",
    [
        ("import numpy as np\nx = 1 +\n", "problems.py:2: SyntaxError"),
        ("import numpy as np\n\nnp.no_such\n", r"problems.py:3: AttributeError: .*fix `np.no_such`"),
        ("x = 1\n", "expected a class that derives from autograder.testing.Fixture"),
        ("from autograder.testing import Fixture\n\nclass A(Fixture):\n    pass\n", "received A without sizes"),
        ("from common.missing import A\n", "problems.py:1: ModuleNotFoundError"),
        ("from common.shared import A\n", r"common/shared.py:1: ZeroDivisionError.*fix `1 / 0`"),
        (None, "problems.py: expected a class of inputs"),
    ],
)
def test_the_authors_mistakes_are_told_in_one_line(tmp_path, text, said):
    tests = tmp_path / "01_own" / "tests"
    tests.mkdir(parents=True)
    (tests.parent / "assignment.toml").write_text('framework = "numpy"\n')
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "shared.py").write_text("1 / 0\n")
    if text is not None:
        (tests / "problems.py").write_text(text)
    with pytest.raises(UsageError, match=said) as raised:
        problems_for(Assignment.load(tests.parent), 1)
    assert "\n" not in str(raised.value)


def test_each_size_has_a_value_of_its_own():
    ones = [*problems(), *problems().edges]
    assert [one.own("first", "second") for one in ones] == ["first", "second", "second"]
