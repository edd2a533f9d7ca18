"""Output activations and the losses that belong to them, in NumPy, computed from the logits `Z`.

A loss is the mean over the `M` examples of the sum over the `k` outputs. From the logits, `log` is never
taken of a probability that was rounded to 0, so that a confident mistake keeps its loss and its gradient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tfkit.nets.activations import linear, sigmoid, softmax


def mean_squared_error(Z: np.ndarray, Y: np.ndarray) -> float:
    """Return `sum((Z - Y)²) / M`, the loss of a linear output.

    Keras divides by the number of outputs as well (`M * k`); here, as in the lecture, outputs are summed.

    Example:

    >>> mean_squared_error(np.array([[12.0], [14.0]]), np.array([[11.5], [12.0]]))
    2.125

    Args:
        Z: Outputs, shape `(M, k)`.
        Y: Targets, shape `(M, k)`.

    Returns:
        The loss, in the squared unit of `Y`.
    """
    return float(np.sum(np.square(Z - Y)) / len(Y))


def binary_cross_entropy(Z: np.ndarray, Y: np.ndarray) -> float:
    """Return the cross-entropy of `sigmoid(Z)` and `Y`, summed over outputs and averaged over examples.

    `-Y log p - (1 - Y) log(1 - p)` with `p = sigmoid(Z)` is `max(Z, 0) - Z Y + log(1 + exp(-|Z|))`.

    Example:

    >>> binary_cross_entropy(np.array([[1000.0]]), np.array([[0.0]]))
    1000.0
    >>> round(binary_cross_entropy(np.array([[0.0]]), np.array([[1.0]])), 4)
    0.6931

    Args:
        Z: Logits, shape `(M, k)`.
        Y: Labels in [0, 1], shape `(M, k)`.

    Returns:
        The loss in nats.
    """
    return float(np.sum(np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))) / len(Y))


def categorical_cross_entropy(Z: np.ndarray, Y: np.ndarray) -> float:
    """Return the cross-entropy of `softmax(Z)` and one-hot `Y`, averaged over examples.

    `-log softmax(Z)` is `log(sum(exp(Z))) - Z`, with each row's largest entry taken out of the sum.

    Example:

    >>> round(categorical_cross_entropy(np.array([[0.13, 0.33, 0.89]]), np.array([[0.0, 1.0, 0.0]])), 4)
    1.2724

    Args:
        Z: Logits, shape `(M, k)`.
        Y: One-hot labels (or probabilities), shape `(M, k)`, each row with sum 1.

    Returns:
        The loss in nats.
    """
    shifted = Z - Z.max(axis=-1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return float(-np.sum(Y * log_probabilities) / len(Y))


@dataclass(frozen=True)
class Pairing:
    """An output activation with its loss, and what backpropagation needs of the two together.

    The pairs are chosen so that the derivative of the loss by `Z` is a plain difference. The activation's own
    derivative has cancelled: multiplying by it again is a common mistake.

    Example:

    >>> PAIRINGS["sigmoid"].delta(np.array([[0.0], [0.0]]), np.array([[1.0], [0.0]]))
    array([[-0.25],
           [ 0.25]])

    Attributes:
        activation: From logits `Z`, shape `(M, k)`, to outputs `Y_hat`.
        loss: From `(Z, Y)` to a number.
        delta_scale: 2 for squared error, 1 for cross-entropies.
    """

    activation: Callable[..., np.ndarray]
    loss: Callable[[np.ndarray, np.ndarray], float]
    delta_scale: int

    def delta(self, Z: np.ndarray, Y: np.ndarray) -> np.ndarray:
        """Return the derivative of the loss by `Z`: `delta_scale * (Y_hat - Y) / M`, shape `(M, k)`."""
        difference: np.ndarray = self.activation(Z) - Y
        return self.delta_scale * difference / len(Y)


#: Each output of a network with its loss.
PAIRINGS = {
    "linear": Pairing(linear, mean_squared_error, delta_scale=2),
    "sigmoid": Pairing(sigmoid, binary_cross_entropy, delta_scale=1),
    "softmax": Pairing(softmax, categorical_cross_entropy, delta_scale=1),
}
