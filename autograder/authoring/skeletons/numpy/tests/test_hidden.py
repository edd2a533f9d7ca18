"""The hidden tests: other sizes, values and seeds. Worth less than half of a question; students never get this file.

After the colon of a docstring stands what students are told of it beforehand.
"""

from autograder.testing import assert_array, question


@question("00.1", points=1)
def test_weighted_mean_again(student, reference, problem):
    """Weighted mean of rows: other sizes, such as one example or one feature."""
    assert_array(student.weighted_mean, reference.weighted_mean, problem.edges)


@question("00.1", points=0.5)
def test_weighted_mean_of_large_weights(student, reference, problem):
    """Weighted mean of rows: large weights."""
    problem = problem.extended(weights=lambda one: 1000 * one.rng("large").uniform(0.5, 3, size=one.N))
    assert_array(student.weighted_mean, reference.weighted_mean, problem)
