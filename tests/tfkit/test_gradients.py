import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tfkit import numeric_gradient, relative_error

numbers = st.floats(-100, 100)
any_array = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=numbers)


@given(any_array)
def test_gradient_of_a_sum_of_squares_is_twice_the_argument(x):
    gradient = numeric_gradient(lambda a: np.sum(a**2), x)
    assert gradient.shape == x.shape and gradient.dtype == np.float64
    np.testing.assert_allclose(gradient, 2 * x, atol=1e-4)


def test_point_of_the_lecture():
    np.testing.assert_allclose(numeric_gradient(lambda x: 3 * x[0] ** 2 + x[1] ** 2, [1, 1]), [6, 2], rtol=1e-9)


def test_error_is_of_second_order_in_the_step():
    errors = [abs(numeric_gradient(np.exp, 1.0, h=h) - math.e) for h in (1e-1, 1e-2)]
    assert 90 < errors[0] / errors[1] < 110


def test_a_number_has_a_gradient_without_axes():
    gradient = numeric_gradient(lambda x: x**3, 2)
    assert gradient.shape == () and gradient == pytest.approx(12)


def test_dict_gives_a_dict_of_partial_gradients():
    point = {"w": np.array([[1, 2], [3, 4]]), "b": 5.0}
    gradient = numeric_gradient(lambda p: np.sum(p["w"]) * p["b"], point)
    assert list(gradient) == ["w", "b"]
    np.testing.assert_allclose(gradient["w"], np.full((2, 2), 5), rtol=1e-9)
    np.testing.assert_allclose(gradient["b"], 10, rtol=1e-9)


def test_integers_are_nudged_as_floats():
    np.testing.assert_allclose(numeric_gradient(lambda x: x @ x, np.array([1, 2, 3])), [2, 4, 6], rtol=1e-9)


def test_float32_is_nudged_in_float64():
    x = np.array([1.0, 2.0], dtype=np.float32)
    np.testing.assert_allclose(numeric_gradient(lambda a: a @ a, x), [2, 4], rtol=1e-9)


def test_the_array_is_untouched_when_f_raises_or_writes():
    x = {"w": np.arange(3.0)}

    def raising(p):
        if p["w"][2] != 2:
            raise RuntimeError("in the middle")
        return 0.0

    def writing(p):
        p["w"] *= 0
        return 1.0

    with pytest.raises(RuntimeError):
        numeric_gradient(raising, x)
    np.testing.assert_array_equal(numeric_gradient(writing, x)["w"], np.zeros(3))
    np.testing.assert_array_equal(x["w"], np.arange(3.0))


def test_read_only_arrays_have_gradients():
    x = np.arange(3.0)
    x.flags.writeable = False
    np.testing.assert_allclose(numeric_gradient(np.sum, x), np.ones(3), rtol=1e-9)


@pytest.mark.parametrize("value", [np.zeros(3), np.zeros((1, 1)), None, "text", 1j])
def test_f_must_return_one_real_number(value):
    with pytest.raises(ValueError, match=r"expected (f to return one number|real numbers in the value of f)"):
        numeric_gradient(lambda x: value, np.ones(3))


@pytest.mark.parametrize("h", [0, -1e-5, math.nan, math.inf])
def test_step_must_be_positive(h):
    with pytest.raises(ValueError, match="expected h to be a number above 0"):
        numeric_gradient(np.sum, np.ones(3), h=h)


def test_a_step_lost_in_rounding_is_an_error():
    with pytest.raises(ValueError, match="use a larger h"):
        numeric_gradient(np.sum, np.array([1e15]))


def test_complex_points_are_refused():
    with pytest.raises(ValueError, match=r"real numbers in x, received dtype complex128"):
        numeric_gradient(np.sum, np.ones(2, dtype=complex))


@given(any_array, st.floats(1e-3, 1e3))
def test_relative_error_of_equals_is_zero_and_has_no_unit(x, scale):
    assert relative_error(x, x) == 0
    other = x + 1
    assert relative_error(x, other) == pytest.approx(relative_error(scale * x, scale * other))
    assert relative_error(x, other) == relative_error(other, x) <= 1 + 1e-12


def test_relative_error_of_zeros():
    assert relative_error(np.zeros(3), np.zeros(3)) == 0
    assert relative_error(np.zeros(3), np.array([0, 0, 1e-300])) == 1


@pytest.mark.parametrize("magnitude", [1e-200, 1e200])
def test_relative_error_neither_overflows_nor_underflows(magnitude):
    a = np.array([3.0, 4.0])
    assert relative_error(magnitude * a, magnitude * a * 1.01) == pytest.approx(0.01 / 2.01)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_never_passes(bad):
    x = np.array([1.0, bad])
    assert relative_error(x, x) == math.inf
    assert relative_error(x, np.ones(2)) == relative_error(np.ones(2), x) == math.inf


@pytest.mark.parametrize(("a", "b"), [((3,), (3, 1)), ((1, 3), (3,)), ((), (1,)), ((2, 3), (3, 2))])
def test_shapes_must_be_equal(a, b):
    with pytest.raises(ValueError, match="expected two arrays of the same shape"):
        relative_error(np.ones(a), np.ones(b))


def test_nothing_is_not_equal_to_nothing():
    with pytest.raises(ValueError, match="entries to compare"):
        relative_error([], [])
