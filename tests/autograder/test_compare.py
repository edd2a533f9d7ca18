"""Tolerances and facts: what counts as right, and what a wrong answer is told."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.assertions import assert_history, assert_metric, check, tolerance
from autograder.assertions.arrays import assert_close
from autograder.assertions.compare import compare, compare_arrays, judge, kind_of, number_of
from autograder.assertions.failure import CheckFailed
from autograder.engine.kept_back import without_numbers
from autograder.facts.fact import Fact
from autograder.wire import Remote, Tensor, Variable
from autograder.wire.trees import is_single
from autograder.words import message, say

RIGHT = np.arange(1.0, 13.0).reshape(3, 4)


def fact(received, given=RIGHT, exact=None, single=False):
    (found,) = compare(received, given, given if exact is None else exact, "W1", single).values()
    return found


def told(received, given=RIGHT):
    """Kind and numbers of what is wrong, without how far it is off."""
    found = fact(received, given)
    return found.kind, {name: found.values[name] for name in found.values if name not in ("error", "allowed")}


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


A_LIST, A_FLOAT = Fact("form-list"), Fact("form-float")


@pytest.mark.parametrize(
    "received, kind, values",
    [
        (RIGHT.T, "transposed", {"came": (4, 3), "wanted": (3, 4)}),
        (RIGHT[0], "shape", {"came": (4,), "wanted": (3, 4)}),
        (RIGHT.astype(np.float32), "dtype", {"came": "float32", "wanted": "float64"}),
        (RIGHT.astype(int), "dtype", {"came": "int64", "wanted": "float64"}),
        (None, "not-an-array", {"came": Fact("form-none"), "wanted": (3, 4)}),
        (RIGHT.tolist(), "sequence-for-array", {"came": A_LIST, "wanted": (3, 4)}),
        (3.5, "not-an-array", {"came": A_FLOAT, "wanted": (3, 4)}),
        (np.where(RIGHT == 5, np.nan, RIGHT), "some-nan", {"count": 1, "size": 12}),
        (np.full((3, 4), np.inf), "some-infinite", {"count": 12, "size": 12}),
        (
            RIGHT + (RIGHT == 7),
            "one-off",
            {"count": 1, "size": 12, "entry": "1, 2", "yours": 8.0, "digits": 4, "more": 1.0},
        ),
    ],
)
def test_wrong_arrays(received, kind, values):
    assert told(received) == (kind, values)


def test_how_far_off():
    found = fact(RIGHT * 1.001)
    assert found.kind == "all-off" and found.measured and found.values["count"] == 12
    assert found.values["error"] == pytest.approx(0.0005, rel=1e-2) and found.values["allowed"] == 1e-9


@pytest.mark.parametrize(
    "received, kind",
    [
        *((value, "not-one-number") for value in (True, "1", np.ones(1), [1.0])),
        (float("nan"), "nan"),
        (1.1, "off-number"),
    ],
)
def test_wrong_numbers(received, kind):
    assert fact(received, 1.0).kind == kind


def test_lists_of_losses():
    assert told([1.0], [1.0, 2.0]) == ("list-length", {"came": 1, "wanted": 2})
    assert told([1.0, None], [1.0, 2.0]) == ("no-number-in-list", {"index": 1, "came": Fact("form-none")})
    assert told(3.0, [1.0, 2.0]) == ("not-a-list", {"came": A_FLOAT, "count": 2})


def test_list_of_arrays_part_by_part():
    facts = compare([RIGHT, RIGHT.T], [RIGHT, RIGHT], [RIGHT, RIGHT], "weights", False)
    assert facts["weights[0]"] is None and facts["weights[1]"].kind == "transposed"


def test_dicts_and_tuples_part_by_part():
    facts = compare({"a": RIGHT, "c": 1}, {"a": RIGHT, "b": RIGHT}, {"a": RIGHT, "b": RIGHT}, "", False)
    assert facts["a"] is None and facts["b"] == Fact("missing-key", values={"extra": ("c",)}, code="kind")
    facts = compare([RIGHT], (RIGHT, 1.0), (RIGHT, 1.0), "", False, ("params", "loss"))
    one = Fact("form-values", values={"count": 1})
    assert facts["loss"].values == {"came": one, "count": 2, "names": ("params", "loss")}


def test_float32_is_widened_by_the_references_own_rounding():
    exact = RIGHT
    given = RIGHT.astype(np.float32) * np.float32(1 + 3e-5)
    received = (RIGHT * (1 - 3e-5)).astype(np.float32)
    assert compare_arrays(received, given, exact) is None
    assert compare_arrays(received, RIGHT.astype(np.float32), exact) is not None


def test_partial_credit_is_the_share_of_right_parts():
    with pytest.raises(CheckFailed) as failure:
        judge({"W1": None, "b1": Fact("nan"), "W2": None, "b2": Fact("nan")})
    assert failure.value.share == 0.5
    assert failure.value.facts == (Fact("nan", ("b1",)), Fact("nan", ("b2",)), Fact("right", ("W1", "W2")))
    assert str(failure.value) == "b1 and b2 are NaN.\nW1 and W2 are right."
    with pytest.raises(CheckFailed) as failure:
        judge({"X": None, "H": Fact("nan")}, without_points=("X",))
    assert failure.value.share == 0


def test_expected_numbers_are_never_told_in_hidden_tests():
    exact = np.array([[0.123456789, 9.87654321], [5.55555555, 7.77777777]])
    for received in (exact * 2, exact + 1, np.zeros((2, 2)), exact * np.nan):
        said = message(without_numbers((fact(received, exact).on("W1"),)))
        assert not any(f"{value:.3g}" in said for value in exact.ravel()), said
        assert not re.search(r"\d\.\d", said), said


@pytest.mark.parametrize(
    "received, given, said",
    [
        (17.3249, 2.4249, "The loss is wrong: you have 17.32, which is 14.9 too much."),
        (-3, -1.5, "The loss is wrong: you have -3, which is 1.5 too little."),
        (0.0, 0.25, "The loss is wrong: you have 0, which is 0.25 too little."),
        # the difference is not rounded away
        (1.00000123, 1.0, "The loss is wrong: you have 1.0000012, which is 1.23e-06 too much."),
        (31200.0, 30000.0, "The loss is wrong: you have 31200, which is 1200 too much."),
        (1e300, -1.7e308, "The loss is wrong: you have 1e+300, which is 1.7e+308 too much."),
        (1.7e308, -1.7e308, "The loss is wrong: you have 1.7e+308."),
        (np.ones((1, 1)), np.zeros((1, 1)), "The loss is wrong: you have 1, which is 1 too much."),
        (
            RIGHT + 0.4 * (RIGHT == 7),
            RIGHT,
            "One of 12 entries of the loss is wrong. At [1, 2] you have 7.4, which is 0.4 too much.",
        ),
        (
            RIGHT - RIGHT**2,
            RIGHT,
            "All 12 entries of the loss are wrong. The worst is [2, 3], where you have -132, which is 144 too little.",
        ),
        (
            [1.0, 2.5],
            [1.0, 2.0],
            "One of 2 entries of the loss is wrong. At [1] you have 2.5, which is 0.5 too much.",
        ),
        (
            [1.5, 2.5, 3.0],
            [1.0, 2.4, 3.0],
            "2 of 3 entries of the loss are wrong. The worst is [0], where you have 1.5, which is 0.5 too much.",
        ),
        ("0.5", 0.5, "The loss is a string. Expected one number."),
        (False, True, "The loss is False. That is wrong."),
        (3.0, True, "The loss is a float. Expected True or False."),
    ],
)
def test_numbers_are_told_as_people_read_them(received, given, said):
    assert say(fact(received, given).on("the loss")) == said


SCALARS = [np.float64(2), np.float32(2), np.int64(2), np.array(2.0), np.array(2), np.uint8(2), 2]


@pytest.mark.parametrize("scalar", SCALARS)
def test_what_is_right_in_value_and_harmless_in_type_is_right(scalar):
    received = scalar.item() if isinstance(scalar, np.generic) else scalar  # as it is when it arrives
    assert fact(received, 2.0) is None and fact(received, 2) is None
    assert fact([received], [2.0]) is None and fact((received, 1), [2.0, 1.0]) is None
    assert_history((received, 1.0), [2.0, 1.0])


def test_true_and_one():
    for right in (True, 1, 1.0, np.array(True), np.array(1)):
        assert fact(right, True) is None and fact(right, np.array(True)) is None and fact(right, 1) is None
    assert fact([1, False], [True, False]) is None and fact(0, True).kind == "other-truth"
    assert fact("True", True).kind == "not-true-or-false" and fact(np.ones(1), True).kind == "not-true-or-false"


def test_metrics():
    assert_metric("accuracy", 0.89, 0.90, within=0.02)
    assert_metric("loss", 1.2, 1.0, within=0.3, higher_is_better=False)
    with pytest.raises(CheckFailed, match=r"accuracy is 0\.8, which is 0\.1 worse"):
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
