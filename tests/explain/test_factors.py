"""Constant factors: found on both fixtures, named by what they come from, and only then."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from autograder.engine.observed import Observed
from autograder.explain.diagnosis.factors import factor_of, named
from autograder.explain.leaves import Leaf, distance, leaves_of, same, sizes_of, sketch
from autograder.wire import Remote, Tensor

SIZES = ((7, 5, 4, 3), (11, 3, 5, 2))


def fixture(sizes, factor, rng, dtype=np.float64):
    """A gradient and a multiple of it, as two calls returned them."""
    M, n, h, k = sizes
    gradient = rng.normal(size=(n, h)).astype(dtype)
    given = [rng.normal(size=(M, k)).astype(dtype) for _ in range(2)]
    arguments = ({"W1": gradient}, *given)
    right, wrong = (
        leaves_of([Observed("backward", {"W1": (scale * gradient).astype(dtype)}, arguments=arguments)])[0]
        for scale in (1.0, factor)
    )
    declared = [{"examples": M, "features": n, "hidden units": h, "outputs": k}]
    return wrong, replace(right, sizes=sizes_of(arguments, None, declared))


def name_of(factors, dtype=np.float64):
    rng = np.random.default_rng(0)
    pairs = [fixture(sizes, factor, rng, dtype) for sizes, factor in zip(SIZES, factors, strict=True)]
    found = [(factor_of(wrong, right), right) for wrong, right in pairs]
    return named(found)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "factors, code, source, size",
    [
        ((7, 11), "missing-mean", "M", 7),
        ((1 / 7, 1 / 11), "mean-twice", "1/M", 7),
        ((2, 2), "factor-two", "2", 2),
        ((0.5, 0.5), "factor-half", "1/2", 2),
        ((-1, -1), "sign", "-1", 1),
        ((1 / 3, 1 / 2), "mean-over-outputs", "1/k", 3),
        ((1 / math.log(10),) * 2, "logarithm", "1/ln 10", math.log(10)),
        ((7 / 3, 11 / 2), "wrong-count", "M/size", 3),
        ((7 / 4, 11 / 4), "wrong-count", "M/number", 4),
    ],
)
def test_factor_gets_its_source(factors, code, source, size, dtype):
    found = name_of(factors, dtype)
    assert found is not None and (found.code, found.source) == (code, source)
    assert found.size == pytest.approx(size) and found.rows == "examples"
    assert found.columns in ("outputs", "")


def test_count_of_something_else_is_told_by_its_name():
    found = name_of((7 / 5, 11 / 3))
    assert (found.code, found.source, found.size, found.columns) == ("wrong-count", "M/size", 5, "features")


@pytest.mark.parametrize(
    "sizes, factors, found",
    [
        (((7, 5, 4, 3), (7, 5, 4, 1)), (7 / 3, 7), ("wrong-count", "M/size")),
        (((7, 5, 4, 1), (11, 3, 1, 1)), (7, 11), ("missing-mean", "M")),
        (((1, 5, 4, 3), (1, 3, 5, 2)), (1 / 3, 1 / 2), ("mean-over-outputs", "1/k")),
        (((1, 5, 4, 3), (1, 3, 5, 2)), (2, 2), ("factor-two", "2")),
        (((1, 5, 4, 3), (1, 3, 5, 2)), (-1, -1), ("sign", "-1")),
        (((7, 5, 4, 1), (11, 3, 1, 1)), (0.5, 0.5), ("factor-half", "1/2")),
    ],
)
def test_sizes_of_one_neither_spoil_a_factor_nor_invent_one(sizes, factors, found):
    rng = np.random.default_rng(0)
    pairs = [fixture(size, factor, rng) for size, factor in zip(sizes, factors, strict=True)]
    named_one = named([(factor_of(wrong, right), right) for wrong, right in pairs])
    assert named_one is not None and (named_one.code, named_one.source) == found


@pytest.mark.parametrize("factors", [(7, 7), (7, 1 / 11), (1.7, 1.7), (2, 4), (3, 3)])
def test_factor_without_a_source_is_not_named(factors):
    assert name_of(factors) is None


@pytest.mark.parametrize(
    "factors", [(14, 22), (3.5, 5.5), (-7, -11), (1 / 49, 1 / 121), (-2, -2), (4, 4), (1 / 6, 1 / 4)]
)
def test_product_of_two_sources_proves_neither(factors):
    assert name_of(factors) is None


def test_no_factor_between_arrays_that_are_not_parallel():
    rng = np.random.default_rng(1)
    wrong, right = fixture(SIZES[0], 2.0, rng)
    other = Leaf(0, "f", "", right.shape, "float64", sketch(rng.normal(size=right.shape)), right.sizes)
    assert factor_of(wrong, right) == pytest.approx(2)
    assert factor_of(other, right) is None
    assert factor_of(right, right) is None
    zero = Leaf(0, "f", "", right.shape, "float64", sketch(np.zeros(right.shape)), right.sizes)
    assert factor_of(zero, right) is None and factor_of(wrong, zero) is None


def test_sketches_tell_arrays_apart_and_keep_factors():
    rng = np.random.default_rng(2)
    for shape in ((2,), (8,), (9,), (5, 4), (50, 30)):
        array = rng.normal(size=shape)
        assert distance(sketch(array), sketch(array + 0.0)) == 0
        nudged = array.copy()
        nudged.flat[0] += 1e-3
        assert distance(sketch(array), sketch(nudged)) > 1e-6
        assert np.allclose(sketch(3 * array), 3 * np.array(sketch(array)))


@pytest.mark.parametrize(
    "value", [np.array([np.nan]), np.array([np.inf, 1]), np.zeros(0), np.ones(10**6), np.array([1e200])]
)
def test_what_cannot_be_compared_matches_nothing(value):
    assert sketch(value) == () and distance(sketch(value), sketch(value)) == math.inf


def test_hostile_values_become_leaves_or_nothing():
    deep = {"a": [{"b": (10**400, True, "text", None, {"c": np.ones(3)})}]}
    found = leaves_of([Observed("f", deep), Observed("g", list(range(3000))), Observed("h", [[1]] * 3000)])
    assert len(found) <= 500
    assert [leaf.numbers for leaf in found[:3]] == [(), (1.0,), (1.0, 1.0, 1.0)]


def test_float32_arguments_inside_a_data_set_widen_the_tolerance():
    dataset = Remote("tensorflow.data.Dataset.from_tensor_slices", (Tensor(np.ones((7, 3), np.float32)),))
    exact, near = (leaves_of([Observed("train", [2.5 + error], arguments=(dataset, 3))])[0] for error in (0, 1e-5))
    assert exact.dtype == "float32" and same(exact, near)
    assert not same(*(leaves_of([Observed("train", [2.5 + error])])[0] for error in (0, 1e-5)))


def test_sizes_are_named():
    params = {"W1": np.ones((5, 4)), "b1": np.ones((1, 4)), "W2": np.ones((4, 3)), "b2": np.ones((1, 3))}
    cache = {"X": np.ones((7, 5)), "H": np.ones((7, 4)), "Y_hat": np.ones((7, 3))}
    declared = [{"examples": 11, "outputs": 2}, {"examples": 7, "features": 5, "hidden units": 4, "outputs": 3}]
    given = (cache, np.ones((7, 3)), params)
    others = (("number of features", 5), ("number of hidden units", 4))
    assert sizes_of(given, None, declared) == (("number of examples", 7), ("number of outputs", 3), *others)
    assert sizes_of(given) == (("number of examples", 7), ("number of columns", 3))
    assert sizes_of((3, "text")) == () == sizes_of((params,))


def test_rows_are_those_that_the_solution_takes_means_over():
    series = (np.ones((4, 7, 2)), np.ones((4, 7)))
    declared = [{"steps": 4, "sequences": 7, "classes": 2}]
    others = (("number of steps", 4),)
    assert sizes_of(series, (0, 1), declared) == (("number of sequences", 7), ("number of classes", 2), *others)
