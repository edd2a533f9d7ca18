"""Activations and their derivatives in NumPy, stable for any finite input.

Derivatives are functions of the pre-activation `Z`, never of the activation: `sigmoid_derivative(Z)`.
float32 stays float32; everything else is computed in float64.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tfkit._arguments import as_numbers


def linear(Z: ArrayLike) -> np.ndarray:
    """Return `Z` itself, the output of a regression.

    Example:

    >>> linear([[1.5, -2.0]])
    array([[ 1.5, -2. ]])

    Args:
        Z: Array of any shape.

    Returns:
        A floating-point array of the same shape and values.
    """
    return _floating(Z)


def sigmoid(Z: ArrayLike) -> np.ndarray:
    """Return `1 / (1 + exp(-Z))`, without overflow.

    Only `exp(-|Z|)` is computed, which lies in (0, 1]; `exp(1000)` would be infinite.

    Example:

    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])

    Args:
        Z: Array of any shape.

    Returns:
        An array of the same shape, values in [0, 1].
    """
    Z = _floating(Z)
    small = np.exp(-np.abs(Z))
    value: np.ndarray = np.where(Z >= 0, 1, small) / (1 + small)
    return value


def sigmoid_derivative(Z: ArrayLike) -> np.ndarray:
    """Return `sigmoid(Z) * sigmoid(-Z)`.

    `sigmoid(-Z)` is `1 - sigmoid(Z)` without the cancellation that loses every digit at `Z = 40`.

    Example:

    >>> sigmoid_derivative([0.0, 1000.0])
    array([0.25, 0.  ])

    Args:
        Z: Array of any shape.

    Returns:
        An array of the same shape, values in [0, 1/4].
    """
    Z = _floating(Z)
    value: np.ndarray = sigmoid(Z) * sigmoid(-Z)
    return value


def tanh(Z: ArrayLike) -> np.ndarray:
    """Return the hyperbolic tangent.

    Example:

    >>> tanh([0.0, 1000.0])
    array([0., 1.])

    Args:
        Z: Array of any shape.

    Returns:
        An array of the same shape, values in [-1, 1].
    """
    return np.tanh(_floating(Z))


def tanh_derivative(Z: ArrayLike) -> np.ndarray:
    """Return `1 - tanh(Z)²`.

    Example:

    >>> tanh_derivative([0.0, 1000.0])
    array([1., 0.])

    Args:
        Z: Array of any shape.

    Returns:
        An array of the same shape, values in [0, 1].
    """
    value: np.ndarray = 1 - np.square(tanh(Z))
    return value


def relu(Z: ArrayLike) -> np.ndarray:
    """Return `max(Z, 0)`.

    Example:

    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])

    Args:
        Z: Array of any shape.

    Returns:
        An array of the same shape, values of 0 and above.
    """
    return np.maximum(_floating(Z), 0)


def relu_derivative(Z: ArrayLike) -> np.ndarray:
    """Return 1 where `Z` is positive and 0 elsewhere.

    At `Z = 0` any value in [0, 1] is a subgradient; TensorFlow takes 0, and so do we.

    Example:

    >>> relu_derivative([-2.0, 0.0, 3.0])
    array([0., 0., 1.])

    Args:
        Z: Array of any shape.

    Returns:
        An array of the same shape, values 0 or 1.
    """
    Z = _floating(Z)
    return (Z > 0).astype(Z.dtype)


def softmax(Z: ArrayLike) -> np.ndarray:
    """Return `exp(Z) / sum(exp(Z))` along the last axis, without overflow.

    Subtracting the largest entry of each row changes nothing in the quotient and keeps `exp` at 1 or below.

    Example:

    >>> softmax([[0.13, 0.33, 0.89]]).round(2)
    array([[0.23, 0.28, 0.49]])
    >>> softmax([[1000.0, 1000.0]])
    array([[0.5, 0.5]])

    Args:
        Z: Array of shape `(..., k)`.

    Returns:
        An array of the same shape whose rows are probabilities.
    """
    Z = _floating(Z)
    powers = np.exp(Z - Z.max(axis=-1, keepdims=True))
    value: np.ndarray = powers / powers.sum(axis=-1, keepdims=True)
    return value


def softmax_derivative(Z: ArrayLike) -> np.ndarray:
    """Return the Jacobian of each row's softmax: `diag(p) - p pᵀ`.

    Softmax mixes the entries of a row, so its derivative is a matrix per row and not a number per entry.

    Example:

    >>> softmax_derivative([[0.0, 0.0]])
    array([[[ 0.25, -0.25],
            [-0.25,  0.25]]])

    Args:
        Z: Array of shape `(..., k)`.

    Returns:
        An array of shape `(..., k, k)`; entry `[..., i, j]` is the derivative of output `i` by input `j`.
    """
    P = softmax(Z)
    value: np.ndarray = P[..., :, None] * (np.eye(P.shape[-1], dtype=P.dtype) - P[..., None, :])
    return value


def _floating(Z: ArrayLike) -> NDArray[np.float64]:  # or float32, for which NumPy's types have no common name
    Z = as_numbers("Z", Z)
    return Z if Z.dtype == np.float32 else Z.astype(np.float64)


#: Hidden activations by name: the function and its derivative, both of `Z`.
HIDDEN_ACTIVATIONS: dict[str, tuple[Callable[..., np.ndarray], Callable[..., np.ndarray]]] = {
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (tanh, tanh_derivative),
    "relu": (relu, relu_derivative),
}
