"""Hidden tests of project 2."""

import numpy as np

from autograder.testing import Tensor, assert_array, question


def tensor(*values):
    return Tensor(np.array(values, np.float32))


@question("A.7", points=1)
def test_scores_at_the_edges(student, reference):
    """A probability at the threshold; nothing predicted; nothing true."""
    names = ("precision", "recall", "F1")
    cases = [
        (tensor(0.5, 0.75, 0.25, 0.5), tensor(1, 1, 1, 0), 0.5),
        (tensor(0.25, 0.125, 0.25), tensor(1, 0, 1), 0.5),
        (tensor(0.75, 0.125, 0.25), tensor(0, 0, 0), 0.5),
    ]
    for case in cases:
        assert_array(student.scores, reference.scores, *case, names=names)


@question("A.1", points=1)
def test_attend_without_padding(student, reference, problem):
    """Attention where no text has padding."""
    full = problem.extended(ids=lambda one: Tensor(np.maximum(one.ids.array, 1)))
    assert_array(student.attend, reference.attend, full, names=("context", "weights"))
