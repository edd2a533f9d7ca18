"""Looking for held-out rows that lie beside their labels where a submission runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.assignment.definition import Assignment
from autograder.authoring.lint.findings import Findings
from autograder.authoring.lint.known_data import KnownData, known_data
from autograder.authoring.lint.watching import Watcher

# fewer rows prove nothing
_LEAST_ROWS = 8
# of the rows, how many have to be there
_MOST_OF_THEM = 0.8
# of a column's spread: what float32 and a division leave
_CLOSE = 1e-4
_STEPS = 12


@dataclass(frozen=True)
class Match:
    """Rows that were found in a data set.

    Attributes:
        count: How many of them.
        labels: What is stored of each row that was found.
        found: Which rows were found.
    """

    count: int
    labels: np.ndarray
    found: np.ndarray


def look_at_held_out(assignment: Assignment, watcher: Watcher, findings: Findings) -> None:
    """Warns of each test whose held-out rows can be looked up."""
    if not watcher.held_out:
        return
    known = list(known_data(assignment))
    told = set()
    for one in watcher.held_out:
        for data in known:
            if (one.test, data.name) in told:
                continue
            match = match_of(one.X, data)
            if match is None:
                continue
            told.add((one.test, data.name))
            labels = (
                "with their labels" if says_labels(match.labels, one.labels[match.found]) else "without their labels"
            )
            findings.warn(
                one.place,
                f"{one.test}: {match.count} of {len(one.X)} held-out rows lie in {data.name}, {labels}; a submission "
                "can look them up. self.private_split(X, labels) in problems.py makes rows that nobody has",
            )
            break


def match_of(X: np.ndarray, data: KnownData) -> Match | None:
    """The rows that lie in a data set, as they are or with each column scaled and moved; None where most do not.

    Rows are put on the columns' scale, each paired with its nearest, and the scale is fitted to the pairs, until
    nothing moves: rows that are really there then agree to the last digits.

    Example:

    >>> stored = KnownData("stored", np.random.default_rng(0).normal(size=(50, 3)), np.arange(50))
    >>> match = match_of((stored.X[10:30] - 2) / 7, stored)
    >>> match.count, match.labels.tolist() == list(range(10, 30))
    (20, True)
    """
    if len(X) < _LEAST_ROWS or X.ndim != 2 or X.shape[1] != data.X.shape[1] or not np.isfinite(X).all():
        return None
    spread = data.X.std(axis=0)
    columns = (spread > 0) & (X.std(axis=0) > 0)
    if not columns.any():
        return None
    stored = (data.X[:, columns] - data.X[:, columns].mean(axis=0)) / spread[columns]
    asked = X[:, columns]
    # as they are, and as their own mean and spread put them
    plain = (asked - data.X[:, columns].mean(axis=0)) / spread[columns]
    scaled = (asked - asked.mean(axis=0)) / asked.std(axis=0)
    for start in (plain, scaled):
        rows, nearest = start, np.zeros(0, int)
        for _ in range(_STEPS):
            before, nearest = nearest, _nearest(rows, stored)
            if len(before) and (before == nearest).all():
                break
            rows = _fitted(asked, stored[nearest])
        # a column that is nearly constant in these rows fits no scale: the others decide
        found = np.median(np.abs(rows - stored[nearest]), axis=1) < _CLOSE
        if found.mean() >= _MOST_OF_THEM and len(np.unique(nearest[found])) > len(X) // 2:
            return Match(int(found.sum()), data.labels[nearest[found]], found)
    return None


def _nearest(rows: np.ndarray, stored: np.ndarray) -> np.ndarray:
    """The nearest stored row of each."""
    squares = (stored**2).sum(axis=1)
    return np.argmin(squares - 2 * rows @ stored.T, axis=1)


def _fitted(asked: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Each column scaled and moved to where it is nearest to what is wanted."""
    centred, target = asked - asked.mean(axis=0), wanted - wanted.mean(axis=0)
    scale = (centred * target).sum(axis=0) / (centred**2).sum(axis=0)
    return centred * scale + wanted.mean(axis=0)


def says_labels(stored: np.ndarray, labels: np.ndarray) -> bool:
    """Whether stored labels tell those that are held out, under whatever names.

    Example:

    >>> says_labels(np.array([0, 0, 1, 2]), np.eye(3)[[2, 2, 0, 1]])
    True
    >>> says_labels(np.array([0, 0, 1]), np.array([1, 2, 1]))
    False
    """
    one, two = _classes(stored), _classes(labels)
    return len({(a, b) for a, b in zip(one, two, strict=True)}) == len(set(one))


def _classes(labels: np.ndarray) -> list[bytes]:
    return [np.round(np.asarray(row, np.float64), 6).tobytes() for row in labels]
