"""The hidden tests of 20."""

import numpy as np

from autograder.testing import assert_array, assert_loss, question


@question("20.1", points=0.5)
def test_line_again(student, reference):
    """The line: one example."""
    assert_array(student.line, reference.line, np.array([[1.0, 2.0]]), np.array([3.0, 4.0]), 0.5)


@question("20.2", points=1)
def test_loss_again(student, reference, problem):
    """The mean squared error: other values."""
    problem = problem.extended(y_hat=lambda one: one.y + one.X[:, 0])
    assert_loss(student.loss, reference.loss, problem)
