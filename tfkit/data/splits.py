"""Divide a data set, and scale features with what the training part alone knows."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import Seed, check_exactly_one, check_finite, described, generator

if TYPE_CHECKING:
    from tfkit.data.datasets import Dataset


def split(
    dataset: Dataset,
    test_fraction: float | None = None,
    *,
    seed: Seed | None = None,
    fractions: Sequence[float] | None = None,
    stratify: ArrayLike | None = None,
) -> tuple[Dataset, ...]:
    """Divide the examples of a data set at random, each into one part.

    Example:

    >>> from tfkit import load_iris
    >>> iris = load_iris()
    >>> train, test = split(iris, 0.2, seed=0, stratify=iris.Y)
    >>> len(train), len(test), test.Y.sum(axis=0)
    (120, 30, array([10., 10., 10.]))
    >>> [len(part) for part in split(iris, fractions=(0.6, 0.2, 0.2), seed=0)]
    [90, 30, 30]

    Args:
        dataset: The data set, of M examples.
        test_fraction: Part of the examples that goes to the second of two sets, between 0 and 1.
        seed: An integer or a `numpy.random.Generator`; it must be given, so that the split can be repeated.
        fractions: Instead of `test_fraction`: the parts for train, (validation,) test, which sum to 1.
        stratify: Labels, shape `(M,)` or one-hot `(M, k)`: each class is divided separately, in the same
            fractions.

    Returns:
        A tuple of data sets: `(train, test)`, or as many as there are fractions. Examples are shuffled.

    Raises:
        ValueError: If `dataset` is no `Dataset` or there is no seed, if the fractions do not divide the whole, or a
            part (of a class) would be empty.
    """
    from tfkit.data.datasets import Dataset

    if not isinstance(dataset, Dataset):
        raise ValueError(
            f"expected a tfkit.Dataset such as tfkit.load_iris(), received {described(dataset)}; for arrays, use "
            "sklearn.model_selection.train_test_split(X, Y, test_size=0.2, random_state=0)"
        )
    M = len(dataset)
    shares = _shares(test_fraction, fractions)
    if seed is None:
        raise ValueError("expected a seed, so that the split can be repeated, received none; write split(..., seed=0)")
    rng = generator(seed)
    parts: list[list[np.ndarray]] = [[] for _ in shares]
    for group in _groups(M, stratify):
        ends = np.round(np.cumsum(shares)[:-1] * len(group)).astype(int)
        pieces = np.split(rng.permutation(group), ends)
        if any(len(piece) == 0 for piece in pieces):
            what = "examples" if stratify is None else "examples of each class"
            raise ValueError(
                f"expected {what} in all {len(shares)} parts, received {len(group)}, too few for the fractions "
                f"{shares}; use larger fractions, or leave out stratify"
            )
        for part, piece in zip(parts, pieces, strict=True):
            part.append(piece)
    result = []
    for part in parts:
        rows = rng.permutation(np.concatenate(part))  # classes come one after the other, training wants them mixed
        result.append(dataclasses.replace(dataset, X=dataset.X[rows], Y=dataset.Y[rows]))
    return tuple(result)


def standardize(train: ArrayLike, *others: ArrayLike) -> tuple[np.ndarray, ...]:
    """Give each feature mean 0 and standard deviation 1 on the training examples; scale the others alike.

    Mean and deviation come from `train` alone. Taken from all the data, they would carry the test examples
    into training: a leak, after which the test error is too good to be true. Taken from the test examples
    themselves, the same flower would get other numbers in other company. For the same reason, split first
    and standardize after.

    Example:

    >>> train, test = standardize([[1.0, 5.0], [3.0, 5.0]], [[2.0, 7.0]])
    >>> train
    array([[-1.,  0.],
           [ 1.,  0.]])
    >>> test
    array([[0., 2.]])

    Args:
        train: Training examples, shape `(M, n)`.
        others: Any number of arrays of shape `(anything, n)`.

    Returns:
        A tuple of new arrays, one per argument, also if it is the only one. float32 stays float32,
        everything else becomes float64. A feature that is constant on `train` is centred and divided by 1.

    Raises:
        ValueError: If an array is not `(rows, n)`, is empty, or holds NaN or infinity.
    """
    arrays = [_matrix(array, "train" if i == 0 else f"others[{i - 1}]") for i, array in enumerate((train, *others))]
    reference = arrays[0].astype(np.float64)
    for i, array in enumerate(arrays[1:]):
        if array.shape[1] != reference.shape[1]:
            raise ValueError(f"expected {reference.shape[1]} features in others[{i}], received {array.shape[1]}")
    # seldom exactly 0 when computed: the deviation of three times 0.1 is 1e-17, and dividing by it gives noise
    constant = reference.min(axis=0) == reference.max(axis=0)
    mean = np.where(constant, reference[0], reference.mean(axis=0))
    deviation = np.where(constant, 1.0, reference.std(axis=0))
    return tuple(((array - mean) / deviation).astype(array.dtype) for array in arrays)


def _shares(test_fraction: float | None, fractions: Sequence[float] | None) -> tuple[float, ...]:
    if test_fraction is None and fractions is None:
        raise ValueError(
            "expected either test_fraction or fractions, received neither; write split(dataset, 0.2, seed=0)"
        )
    check_exactly_one(test_fraction=test_fraction, fractions=fractions)
    if test_fraction is not None and (isinstance(test_fraction, bool) or not isinstance(test_fraction, Real)):
        raise ValueError(
            f"expected test_fraction to be a number between 0 and 1, received {described(test_fraction)}; "
            "write split(dataset, 0.2, seed=0)"
        )
    if test_fraction is not None:
        fractions = (1 - test_fraction, test_fraction)
    shares = tuple(fractions or ())
    if len(shares) < 2 or not all(0 < share < 1 for share in shares) or not math.isclose(sum(shares), 1):
        raise ValueError(f"expected fractions between 0 and 1 that sum to 1, received {shares}")
    return shares


def _groups(M: int, stratify: ArrayLike | None) -> list[np.ndarray]:
    if stratify is None:
        return [np.arange(M)]
    labels = np.asarray(stratify)
    if labels.ndim not in (1, 2) or len(labels) != M:
        raise ValueError(f"expected a label for each of {M} examples in stratify, received shape {labels.shape}")
    _, group = np.unique(labels.reshape(M, -1), axis=0, return_inverse=True)
    group = group.reshape(M)  # NumPy 2.0 alone returns it with two axes
    return [np.flatnonzero(group == number) for number in range(group.max() + 1)]


def _matrix(array: ArrayLike, name: str) -> np.ndarray:
    matrix = np.asarray(array)
    if matrix.dtype.kind not in "fiub":
        raise ValueError(f"expected numbers in {name}, received dtype {matrix.dtype}; pass the array X of a data set")
    if matrix.ndim != 2 or matrix.size == 0:
        raise ValueError(f"expected {name} of shape (examples, features), received {matrix.shape}")
    check_finite(name, matrix)
    return matrix if matrix.dtype == np.float32 else matrix.astype(np.float64)
