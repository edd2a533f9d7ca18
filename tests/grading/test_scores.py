"""Metrics that the grader computes itself, and histories that are computed again."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.testing import CheckFailed, assert_history, held_out_score

LABELS = np.array([0, 1, 2, 1])
X = np.arange(8.0).reshape(4, 2)


def accuracy(labels, scores):
    return float(np.mean(scores.argmax(1) == labels))


def test_predictions_are_scored_in_the_grader(room03):
    source = """
import numpy as np
seen = []
def sigmoid(X):
    seen.append(X)
    return np.eye(3)[[0, 1, 1, 1]]
def softmax(x):
    return [len(seen), [type(value).__name__ for value in seen]]
"""
    from autograder.engine.proxies import Student
    from autograder.engine.session import Session
    from autograder.engine.setup import Setup
    from autograder.handin.sources import Source
    from autograder.isolation.host.users import student_user
    from autograder.isolation.settings import Limits

    session = Session(Setup(room03.spawner, Source([{"name": "x.py", "text": source}]), Limits(), user=student_user()))
    session.begin("x")
    student = Student(session)
    assert held_out_score(student.sigmoid, X, LABELS, accuracy) == 0.75
    # all that came to the submission is the inputs, once
    assert student.softmax(0) == [1, ["ndarray"]]
    session.close()


@pytest.mark.parametrize(
    "predictions, line",
    [
        (1.0, "You return a float. Expected predictions as an array"),
        (None, "You return None"),
        (np.eye(3), "3 predictions. Expected one for each of 4 examples"),
        (np.full((4, 3), np.nan), "finite real numbers"),
        (np.ones((4, 3), complex), "finite real numbers"),
    ],
)
def test_no_predictions(predictions, line):
    with pytest.raises(CheckFailed, match=line):
        held_out_score(lambda X: predictions, X, LABELS, accuracy)


def test_reported_history_is_computed_again():
    assert_history([0.5, 0.25], [0.5, 0.25])
    assert_history(np.array([0.5, 0.25]), [0.5, 0.25])
    with pytest.raises(CheckFailed, match=r"The losses: what you report is not what your parameters give"):
        assert_history([0.5, 0.01], [0.5, 0.25])
    with pytest.raises(CheckFailed):
        assert_history(["0.5", "0.25"], [0.5, 0.25])
    with pytest.raises(CheckFailed):
        assert_history([0.5], [0.5, 0.25])
