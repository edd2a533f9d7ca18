"""Held-out examples that nobody can look up, made from a data set that everybody has.

A submission may read what is installed: whoever asks it about the rows of `sklearn.datasets.load_iris` asks about
labels that lie beside them. So rows are mixed until none of them is stored anywhere, and what can be learned stays.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class PrivateSplit(NamedTuple):
    """Examples to learn from and examples to be asked about.

    Attributes:
        X_train: Features of M examples, float64, shape (M, n).
        Y_train: What is true of them, shape (M, ...), as the labels that were given.
        X_test: Features of the examples that are held out, shape (K, n).
        Y_test: What is true of these. Keep it in the grader: hand it to `held_out_score` alone.
    """

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray


def private_split(
    X: np.ndarray, labels: np.ndarray, rng: np.random.Generator, test_fraction: float = 0.3, noise: float = 0.1
) -> PrivateSplit:
    """Splits examples so that stored labels are worth nothing.

    Rows come in another order. Features are standardised, those without any spread left out, then turned in space, so
    that each is a mixture of all, and moved by a little noise. Classes change their names: what was class 0 is another
    one. Numbers as labels are standardised, and change their sign at times. The same changes hold for both parts, so
    a network learns from the first what it is asked about the second. It learns nothing about pixels that are
    neighbours: for convolutions, draw images of your own.

    Args:
        X: Features, shape (M, n) or (M, ...); what comes after the first axis is made one.
        labels: What is true of them: classes as whole numbers (M,) or one-hot rows (M, k), or numbers of any kind.
        rng: Where the changes are drawn from.
        test_fraction: Part of the examples that is held out, between 0 and 1.
        noise: How far features move, in standard deviations.

    Raises:
        ValueError: When there are not as many labels as examples, or one part would be empty.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> X, labels = rng.normal(size=(20, 4)), np.arange(20) % 3
    >>> one, same = (private_split(X, labels, np.random.default_rng(7)) for _ in range(2))
    >>> one.X_train.shape, one.Y_test.shape, bool((one.X_test == same.X_test).all())
    ((14, 4), (6,), True)
    """
    features, labels = np.asarray(X, np.float64).reshape(len(X), -1), np.asarray(labels)
    if len(features) != len(labels):
        raise ValueError(f"expected a label for each of {len(features)} examples, received {len(labels)}")
    held_out = round(test_fraction * len(features))
    if not 0 < held_out < len(features):
        raise ValueError(
            f"expected test_fraction to leave examples in both parts, received {test_fraction} of {len(features)}"
        )
    order = rng.permutation(len(features))
    mixed, renamed = _mixed(features, rng, noise)[order], _renamed(labels, rng)[order]
    return PrivateSplit(mixed[held_out:], renamed[held_out:], mixed[:held_out], renamed[:held_out])


def _mixed(features: np.ndarray, rng: np.random.Generator, noise: float) -> np.ndarray:
    spread = features.std(axis=0)
    standard = (features - features.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    turn, triangle = np.linalg.qr(rng.normal(size=(standard.shape[1], standard.shape[1])))
    # with these signs every turn is as likely as any other
    turned = standard @ (turn * np.sign(np.diag(triangle)))
    return turned + noise * rng.normal(size=turned.shape)


def _renamed(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    one_hot = labels.ndim == 2 and labels.shape[1] > 1 and bool(((labels == 0) | (labels == 1)).all())
    if one_hot:
        return labels[:, rng.permutation(labels.shape[1])]
    if labels.dtype.kind in "iub":
        classes, places = np.unique(labels, return_inverse=True)
        return rng.permutation(classes)[places].reshape(labels.shape)
    centred = labels - labels.mean(axis=0)
    spread = labels.std(axis=0)
    return rng.choice([-1.0, 1.0]) * centred / np.where(spread > 0, spread, 1.0)
