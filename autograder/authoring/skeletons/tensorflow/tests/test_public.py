"""The public tests: what `autograder check` runs. Together they look at each sentence of a docstring once."""

import numpy as np

from autograder.testing import Tensor, Variable, assert_array, question


@question("00.1", points=2)
def test_slope(student, reference, problem):
    """Gradient of the mean squared error, by the tape."""
    assert_array(student.slope, reference.slope, problem)


@question("00.1", points=0.5, after="00.1")
def test_slope_documented(student, reference):
    """Gradient of the mean squared error, by the tape: the example of its docstring."""
    X, y, w = (np.array(values, np.float32) for values in ([[1, 0], [0, 1]], [0, 1], [1, 1]))
    assert_array(student.slope, reference.slope, Tensor(X), Tensor(y), Variable(w))
