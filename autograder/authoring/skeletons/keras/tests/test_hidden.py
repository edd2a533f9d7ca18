"""The hidden tests: other sizes, values and seeds. Worth less than half of a question; students never get this file.

After the colon of a docstring stands what students are told of it beforehand.
"""

from autograder.testing import question


@question("00.1", points=1.5)
def test_build_classifier_again(student, problem):
    """Two layers: other sizes, such as one feature or one hidden unit."""
    for one in problem.edges:
        one.check(student.build_classifier(one.features, one.units, one.classes))
