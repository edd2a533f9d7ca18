"""The public tests: what `autograder check` runs. Together they look at each sentence of a docstring once."""

import numpy as np

from autograder.testing import assert_array, question


@question("00.1", points=2)
def test_weighted_mean(student, reference, problem):
    """Weighted mean of rows."""
    assert_array(student.weighted_mean, reference.weighted_mean, problem)


@question("00.1", points=0.5, after="00.1")
def test_weighted_mean_documented(student, reference):
    """Weighted mean of rows: the example of its docstring."""
    example = np.array([[1.0, 2.0], [3.0, 6.0]]), np.array([3.0, 1.0])
    assert_array(student.weighted_mean, reference.weighted_mean, *example)
