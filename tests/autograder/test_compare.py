"""Tolerances and facts: what counts as right, and what a wrong answer is told."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.assertions import assert_metric, check, tolerance
from autograder.assertions.checks import _judge, assert_close
from autograder.assertions.compare import Fact, compare, compare_arrays, kind_of, number_of
from autograder.assignment.questions import CheckFailed
from autograder.wire import Remote, Tensor, Variable
from autograder.wire.trees import is_single

RIGHT = np.arange(1.0, 13.0).reshape(3, 4)


def fact(received, given=RIGHT, exact=None, single=False):
    (found,) = compare(received, given, given if exact is None else exact, "W1", single).values()
    return found


def test_tolerances():
    assert tolerance(np.dtype("float64")) == 1e-9
    assert tolerance(np.dtype("float64"), rounding=1.0) == 1e-9
    assert tolerance(np.dtype("float32")) == 1e-5
    assert 1e-5 < tolerance(np.dtype("float32"), rounding=1e-5) < 1e-4
    assert tolerance(np.dtype("float32"), rounding=1.0) == 1e-3
    with pytest.raises(ValueError, match="float16"):
        tolerance(np.dtype("float16"))


def test_right_answers():
    assert fact(RIGHT) is None
    assert fact(Tensor(RIGHT)) is None and fact(Variable(RIGHT)) is None
    assert fact(RIGHT * (1 + 1e-10)) is None
    assert fact(np.zeros((3, 4)), np.zeros((3, 4))) is None
    assert fact(0.5, np.array(0.5)) is None and fact(np.array(0.5), 0.5) is None
    assert fact(1, np.array(1.0)) is None
    assert fact([1.0, np.array(2.0)], [1.0, 2.0]) is None and fact(np.array([1.0, 2.0]), [1.0, 2.0]) is None


@pytest.mark.parametrize(
    "received, line",
    [
        (RIGHT.T, r"expected shape \(3, 4\), yours is \(4, 3\); is it transposed\?"),
        (RIGHT[0], r"expected shape \(3, 4\), yours is \(4,\)"),
        (RIGHT.astype(np.float32), r"expected dtype float64, yours is float32"),
        (RIGHT.astype(int), r"expected dtype float64, yours is int64"),
        (None, r"expected an array of shape \(3, 4\), you return None"),
        (RIGHT.tolist(), r"you return a list; make it an array with np\.array"),
        (3.5, r"you return a float"),
        (np.where(RIGHT == 5, np.nan, RIGHT), r"1 of 12 entries are NaN"),
        (np.full((3, 4), np.inf), r"12 of 12 entries are infinite"),
        (RIGHT * 1.001, r"off by 0\.0005 \(relative; 1e-09 is allowed\); 12 of 12 entries differ"),
        (RIGHT + (RIGHT == 7), r"1 of 12 entries differ, most at \[1, 2\], where you have 8"),
    ],
)
def test_wrong_arrays(received, line):
    assert re.search(line, fact(received)), fact(received)


@pytest.mark.parametrize(
    "received, line",
    [
        (True, "you return a bool"),
        ("1", "you return a str"),
        (np.ones(1), r"you return an array of shape \(1,\)"),
        (float("nan"), "NaN"),
        (1.1, "off by"),
        ([1.0], "you return a list"),
    ],
)
def test_wrong_numbers(received, line):
    assert re.search(line, fact(received, 1.0))


def test_lists_of_losses():
    assert fact([1.0], [1.0, 2.0]) == "expected 2 numbers, you return 1"
    assert fact([1.0, None], [1.0, 2.0]) == "expected a list of numbers, at [1] you have None"
    assert fact(3.0, [1.0, 2.0]) == "expected a list of 2 numbers, you return a float"


def test_dicts_and_tuples_part_by_part():
    facts = compare({"a": RIGHT, "c": 1}, {"a": RIGHT, "b": RIGHT}, {"a": RIGHT, "b": RIGHT}, "", False)
    assert facts["a"] is None and facts["b"] == "missing in the dict you return (it has c)"
    facts = compare([RIGHT], (RIGHT, 1.0), (RIGHT, 1.0), "", False, ("params", "loss"))
    assert facts["loss"] == "expected 2 values (params, loss), you return 1 values"


def test_float32_is_widened_by_the_references_own_rounding():
    exact = RIGHT
    given = RIGHT.astype(np.float32) * np.float32(1 + 3e-5)
    received = (RIGHT * (1 - 3e-5)).astype(np.float32)
    assert compare_arrays(received, given, exact) is None
    assert compare_arrays(received, RIGHT.astype(np.float32), exact) is not None


def test_partial_credit_is_the_share_of_right_parts():
    with pytest.raises(CheckFailed) as failure:
        _judge({"W1": None, "b1": Fact("wrong"), "W2": None, "b2": Fact("wrong")})
    assert failure.value.share == 0.5
    assert str(failure.value) == "b1, b2: wrong\nright: W1, W2"
    with pytest.raises(CheckFailed) as failure:
        _judge({"X": None, "H": Fact("wrong")}, without_points=("X",))
    assert failure.value.share == 0


def test_expected_numbers_are_never_told():
    exact = np.array([[0.123456789, 9.87654321], [5.55555555, 7.77777777]])
    for received in (exact * 2, exact + 1, np.zeros((2, 2)), exact * np.nan):
        said = fact(received, exact)
        assert not any(f"{value:.3g}" in said for value in exact.ravel()), said


def test_metrics():
    assert_metric("accuracy", 0.89, 0.90, within=0.02)
    assert_metric("loss", 1.2, 1.0, within=0.3, higher_is_better=False)
    with pytest.raises(CheckFailed, match=r"accuracy is 0\.8, 0\.1 worse"):
        assert_metric("accuracy", 0.8, 0.9, within=0.02)
    for wrong in (float("nan"), None, "0.9", True):
        with pytest.raises(CheckFailed, match="one finite number"):
            assert_metric("accuracy", wrong, 0.9, within=0.02)


def test_small_helpers():
    check(True, "never said")
    with pytest.raises(CheckFailed, match="said"):
        check(False, "said", share=0.25)
    assert number_of(np.array(2)) == 2.0 and number_of(np.array([2.0])) is None and number_of(1j) is None
    assert kind_of(Tensor(RIGHT)) == "a tensor of shape (3, 4)" and kind_of(()) == "a tuple"
    assert is_single({"a": [Remote("x", Tensor(RIGHT.astype(np.float32)))]}) and not is_single((RIGHT,))
    assert_close({"a": 1.0}, {"a": 1.0}, "x")
