"""The hidden tests: other sizes, values and seeds. Worth less than half of a question; students never get this file.

After the colon of a docstring stands what students are told of it beforehand.
"""

from autograder.testing import assert_array, question


@question("00.1", points=1)
def test_slope_again(student, reference, problem):
    """Gradient of the mean squared error: other sizes, such as one example or one feature."""
    assert_array(student.slope, reference.slope, problem.edges)


@question("00.1", points=0.5)
def test_slope_of_large_targets(student, reference, problem):
    """Gradient of the mean squared error: large targets."""
    problem = problem.extended(y=lambda one: one.array(100 * one.rng("large").normal(size=one.N)))
    assert_array(student.slope, reference.slope, problem)
