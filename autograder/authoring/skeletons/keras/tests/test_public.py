"""The public tests: what `autograder check` runs. Together they look at each sentence of a docstring once."""

from autograder.testing import question


@question("00.1", points=2.5)
def test_build_classifier(student, problem):
    """Two layers: weights of the right shapes, rectifiers, a softmax."""
    for one in problem:
        one.check(student.build_classifier(one.features, one.units, one.classes))
