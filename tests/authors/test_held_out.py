"""Held-out rows that a submission can load from an installed package, and splits that nobody has stored."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from autograder.assignment.private import private_split
from autograder.authoring.lint.held_out import match_of, says_labels
from autograder.authoring.lint.known_data import KnownData, known_data
from tests.authors.errors import Error
from tests.authors.test_errors import build, folder  # noqa: F401

RNG = np.random.default_rng(3)
IRIS, WINE, CANCER, DIGITS = (load(return_X_y=True) for load in (load_iris, load_wine, load_breast_cancer, load_digits))


def some(data, count=40):
    """Rows of a data set in another order, with their labels."""
    rows = RNG.permutation(len(data[0]))[:count]
    return data[0][rows], data[1][rows]


@pytest.mark.parametrize(
    "data, changed",
    [
        (IRIS, lambda X: X),
        (IRIS, lambda X: X.astype(np.float32).astype(np.float64)),
        (IRIS, lambda X: (X - X.mean(axis=0)) / X.std(axis=0)),
        (IRIS, lambda X: (X - IRIS[0].mean(axis=0)) / IRIS[0].std(axis=0)),
        (IRIS, lambda X: X / X.max(axis=0)),
        (WINE, lambda X: (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))),
        (CANCER, lambda X: ((X - X.mean(axis=0)) / X.std(axis=0)).astype(np.float32).astype(np.float64)),
        (DIGITS, lambda X: X / 16),
        (DIGITS, lambda X: X / 8 - 1),
    ],
)
def test_rows_are_found_however_columns_are_scaled(data, changed):
    rows, labels = some(data)
    match = match_of(changed(rows), KnownData("stored", *data))
    assert match is not None and match.count >= 36
    assert says_labels(match.labels, labels[match.found])
    # classes by other names, or one-hot
    assert says_labels(match.labels, np.eye(10)[(labels[match.found] + 4) % 10])
    assert not says_labels(match.labels, RNG.permutation(labels[match.found]))


@pytest.mark.parametrize("data", [IRIS, WINE, CANCER, DIGITS], ids=["iris", "wine", "cancer", "digits"])
def test_rows_that_are_drawn_are_not_found(data):
    spread, middle = data[0].std(axis=0), data[0].mean(axis=0)
    for _ in range(2):
        drawn = middle + spread * RNG.normal(size=(40, data[0].shape[1]))
        assert match_of(drawn, KnownData("stored", *data)) is None
        half = np.concatenate([data[0][:20], drawn[:20]])
        assert match_of(half, KnownData("stored", *data)) is None


def test_a_private_split_is_found_nowhere():
    for data in (IRIS, WINE, CANCER, DIGITS):
        split = private_split(*data, np.random.default_rng(1))
        assert match_of(split.X_test, KnownData("stored", *data)) is None


@pytest.mark.parametrize("data, worse", [(IRIS, 0.12), (WINE, 0.08), (CANCER, 0.05)])
def test_what_can_be_learned_stays_and_stored_labels_are_worth_nothing(data, worse):
    """Learning loses little; who looks up the nearest stored row, on any scale, is no better than a guess."""
    learned, looked_up = [], []
    guess = np.bincount(data[1]).max() / len(data[1])
    for seed in range(4):
        split = private_split(*data, np.random.default_rng(seed))
        model = LogisticRegression(max_iter=2000).fit(split.X_train, split.Y_train)
        learned.append(model.score(split.X_test, split.Y_test))
        scores = []
        width = split.X_test.shape[1]
        stored = data[0][:, data[0].std(axis=0) > 0][:, :width]
        scaled = (stored - stored.mean(axis=0)) / stored.std(axis=0)
        for one in (stored, scaled):
            nearest = KNeighborsClassifier(1).fit(one, data[1])
            # with the best of all names for the classes it finds, which no submission could know
            found = nearest.predict(split.X_test)
            table = np.array([[np.sum((found == a) & (split.Y_test == b)) for b in set(data[1])] for a in set(data[1])])
            scores.append(nearest.score(split.X_test, split.Y_test) if len(table) > 3 else table.max() / table.sum())
        looked_up.append(max(scores))
    plain = np.random.default_rng(0).permutation(len(data[1]))
    cut = len(plain) * 3 // 10
    scale = data[0].std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=2000).fit(data[0][plain[cut:]] / scale, data[1][plain[cut:]])
    assert np.mean(learned) > model.score(data[0][plain[:cut]] / scale, data[1][plain[:cut]]) - worse
    assert np.mean(looked_up) < guess + 0.1


def test_a_seed_gives_the_same_split_and_another_one_another():
    one, same, other = (private_split(*IRIS, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert all((a == b).all() for a, b in zip(one, same, strict=True))
    assert not (one.X_test == other.X_test).any() and (one.Y_train != other.Y_train).any()


def test_both_parts_are_changed_alike():
    """Regression: noise aside, one linear function holds for train and test; a renamed class is the same in both."""
    X = RNG.normal(size=(200, 5))
    split = private_split(X, X @ np.arange(5.0), np.random.default_rng(0), noise=0.0)
    weights, *_ = np.linalg.lstsq(np.c_[split.X_train, np.ones(140)], split.Y_train, rcond=None)
    assert np.allclose(np.c_[split.X_test, np.ones(60)] @ weights, split.Y_test)
    one_hot = private_split(X, np.eye(3)[np.arange(200) % 3], np.random.default_rng(0))
    assert one_hot.Y_test.shape == (60, 3) and (one_hot.Y_test.sum(axis=1) == 1).all()


@pytest.mark.parametrize(
    "labels, fraction, told",
    [
        (np.zeros(9), 0.3, "a label for each of 10 examples, received 9"),
        (np.zeros(10), 0.0, "both parts"),
        (np.zeros(10), 1.0, "both parts"),
    ],
)
def test_what_cannot_be_split_is_told(labels, fraction, told):
    with pytest.raises(ValueError, match=told):
        private_split(np.zeros((10, 2)), labels, RNG, fraction)


SCORED = '''"""The hidden tests of 20."""

import numpy as np
from sklearn.datasets import load_iris

from autograder.testing import assert_metric, held_out_score, question


def accuracy(labels, values):
    return float(np.mean((values > 0) == (labels > 0)))


@question("20.1", points=0.5)
def test_line_on_irises(student, reference, problem):
    """The line: on irises."""
    {rows}
    w = np.array([0.5, -0.4, 1.0, 1.0])
    right = accuracy(labels, reference.line(X, w, -3.0))
    assert_metric("accuracy", held_out_score(lambda X: student.line(X, w, -3.0), X, labels, accuracy), right, 0.1)


@question("20.2", points=1)
def test_loss_again(student, reference, problem):
    """The mean squared error: other values."""
    assert abs(student.loss(np.ones(3), np.zeros(3)) - 1) < 1e-9
'''
LOOKED_UP = "X, labels = (one[60:] for one in load_iris(return_X_y=True))\n    X = X / X.max(axis=0)"
PRIVATE = "_, _, X, labels = problem.first.private_split(*load_iris(return_X_y=True))"


@pytest.mark.parametrize("rows, is_told", [(LOOKED_UP, True), (PRIVATE, False)])
def test_build_warns_of_rows_that_can_be_looked_up(folder, capsys, rows, is_told):  # noqa: F811
    Error("held out", "tests/test_hidden.py", SCORED.format(rows=rows), "", ()).make(folder)
    status, lines = build(folder, capsys, "--check")
    assert status == 1, lines  # not built yet, and no mistake
    told = [line for line in lines if "held-out rows" in line]
    assert bool(told) is is_told
    if is_told:
        (line,) = told
        assert line.startswith("tests/test_hidden.py:14: warning: test_line_on_irises: 90 of 90 held-out rows lie in ")
        assert "sklearn.datasets.load_iris and tfkit.load_iris, with their labels" in line and "private_split" in line


def test_data_of_the_assignment_and_of_keras_is_known(folder, monkeypatch):  # noqa: F811
    from autograder.assignment.definition import Assignment

    home = folder.parent / "keras"
    (home / "datasets").mkdir(parents=True)
    np.savez(home / "datasets" / "boston_housing.npz", x=RNG.normal(size=(20, 3)), y=RNG.normal(size=20))
    np.savez(home / "datasets" / "mnist.npz", x_train=np.ones((9, 2, 2)), y_train=np.arange(9))
    (home / "datasets" / "broken.npz").write_bytes(b"no zip")
    monkeypatch.setenv("KERAS_HOME", str(home))
    names = [one.name for one in known_data(Assignment.load(folder))]
    assert names.count("sklearn.datasets.load_iris") == 1 and "tfkit.load_iris" in names
    assert "keras.datasets.boston_housing" in names and "keras.datasets.mnist" in names
    assert "tfkit.load_digits" not in names  # the assignment does not let a submission read it
