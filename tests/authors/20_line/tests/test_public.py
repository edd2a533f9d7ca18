"""The public tests of 20."""

from autograder.testing import assert_array, assert_loss, question


@question("20.1", points=1.5)
def test_line(student, reference, problem):
    """The line: a value for each example."""
    assert_array(student.line, reference.line, problem)


@question("20.2", points=2, after="20.1")
def test_loss(student, reference, problem):
    """The mean squared error of your own line."""
    problem = problem.extended(y_hat=lambda one: reference.line(one.X, one.w, one.b))
    assert_loss(student.loss, reference.loss, problem)
