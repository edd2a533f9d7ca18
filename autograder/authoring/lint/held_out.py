"""Looking for held-out rows that lie beside their labels where a submission runs."""

from __future__ import annotations

from collections.abc import Iterator
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
    known = list(known_data(assignment)) if watcher.held_out else []
    for one in watcher.held_out.values():
        found = {data.name: match for data in known if (match := match_of(one.X, data)) is not None}
        if found:
            match = next(iter(found.values()))
            has_labels = any(says_labels(other.labels, one.labels[other.found]) for other in found.values())
            findings.warn(
                one.place,
                f"{one.test}: {match.count} of {len(one.X)} held-out rows lie in {' and '.join(found)}, "
                f"{'with' if has_labels else 'without'} their labels; a submission can look them up. Rows that nobody "
                "has: self.private_split(X, labels) in problems.py",
            )


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
    columns = (data.X.std(axis=0) > 0) & (X.std(axis=0) > 0)
    if not columns.any():
        return None
    known, asked = data.X[:, columns], X[:, columns]
    middle, spread = known.mean(axis=0), known.std(axis=0)
    stored = (known - middle) / spread
    for start in _guesses(asked, known):
        rows, nearest = (start - middle) / spread, np.zeros(0, int)
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


def _guesses(asked: np.ndarray, known: np.ndarray) -> Iterator[np.ndarray]:
    """Where rows may stand on the scale of those that are known: as they are, and as programs scale columns."""
    low, high = known.min(axis=0), known.max(axis=0)
    yield asked
    yield (asked - asked.mean(axis=0)) / asked.std(axis=0) * known.std(axis=0) + known.mean(axis=0)
    yield (asked - asked.min(axis=0)) / np.ptp(asked, axis=0) * (high - low) + low
    largest = np.abs(asked).max(axis=0)
    yield asked / largest * np.abs(known).max(axis=0)
    # all columns alike, such as pixels
    yield (asked - asked.min()) / np.ptp(asked) * (high.max() - low.min()) + low.min()


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
