"""The formulas in TensorFlow operations: activations, losses from logits, and backpropagation by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

#: Hidden activations by name: the function and its derivative, both of `Z`.
HIDDEN_ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    "sigmoid": (tf.sigmoid, lambda Z: tf.sigmoid(Z) * tf.sigmoid(-Z)),
    "tanh": (tf.tanh, lambda Z: 1 - tf.square(tf.tanh(Z))),
    "relu": (tf.nn.relu, lambda Z: tf.cast(Z > 0, Z.dtype)),
}

OUTPUT_ACTIVATIONS: dict[str, Callable] = {
    "linear": tf.identity,
    "sigmoid": tf.sigmoid,
    "softmax": tf.nn.softmax,
}

#: The loss of each example, shape `(M,)`, of logits `Z` and targets `Y`. A probability that was rounded to
#: 0 or 1 has lost its gradient; logits have not, and TensorFlow has stable operations for them.
EXAMPLE_LOSSES: dict[str, Callable] = {
    "linear": lambda Z, Y: tf.reduce_sum(tf.square(Z - Y), axis=1),
    "sigmoid": lambda Z, Y: tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=Y, logits=Z), axis=1),
    "softmax": lambda Z, Y: tf.nn.softmax_cross_entropy_with_logits(labels=Y, logits=Z),
}


def backpropagate(X: Any, Z1: Any, H: Any, Z2: Any, Y: Any, W2: Any, activation: str, output: str) -> dict[str, Any]:
    """Return the gradients of a two-layer network's loss, without a tape.

    Example:

    >>> one = tf.ones((1, 1))
    >>> gradients = backpropagate(one, one, one, one, 3 * one, one, "relu", "linear")
    >>> {name: float(value[0, 0]) for name, value in gradients.items()}
    {'W1': -4.0, 'b1': -4.0, 'W2': -4.0, 'b2': -4.0}

    Args:
        X: Examples, shape `(M, n)`.
        Z1: Hidden pre-activations, shape `(M, h)`.
        H: Hidden activations, shape `(M, h)`.
        Z2: Logits, shape `(M, k)`.
        Y: Targets, shape `(M, k)`.
        W2: Weights of the second layer, shape `(h, k)`.
        activation: Name of the hidden activation.
        output: Name of the output.

    Returns:
        A dict of tensors `{"W1", "b1", "W2", "b2"}` of the parameters' shapes.
    """
    M = tf.cast(tf.shape(X)[0], X.dtype)
    # each output is paired with the loss whose derivative by Z2 is this difference; only the square brings
    # a 2
    scale = 2 if output == "linear" else 1
    dZ2 = scale * (OUTPUT_ACTIVATIONS[output](Z2) - Y) / M
    dH = tf.matmul(dZ2, W2, transpose_b=True)
    dZ1 = dH * HIDDEN_ACTIVATIONS[activation][1](Z1)
    return {
        "W1": tf.matmul(X, dZ1, transpose_a=True),
        "b1": tf.reduce_sum(dZ1, axis=0, keepdims=True),
        "W2": tf.matmul(H, dZ2, transpose_a=True),
        "b2": tf.reduce_sum(dZ2, axis=0, keepdims=True),
    }


def gradient_descent(learning_rate: float) -> Any:
    """Return Keras's SGD with the learning rate as it was given, to all digits of float64.

    Keras stores a number in a float32 variable, where 0.1 becomes 0.100000001: float64 networks would agree
    to eight digits and no further. What a function returns is cast to the type of the weights, and to
    nothing else.

    Example:

    >>> w = tf.Variable([1.0], dtype=tf.float64)
    >>> _ = gradient_descent(0.1).apply_gradients([(tf.constant([1.0], tf.float64), w)])
    >>> float(w[0])
    0.9

    Args:
        learning_rate: Step of plain gradient descent.

    Returns:
        A `keras.optimizers.SGD`.
    """
    return keras.optimizers.SGD(learning_rate=lambda: tf.constant(learning_rate, tf.float64))


def as_tensor(array: Any, dtype: str) -> Any:
    """Return `array` as a tensor of `dtype`, differentiable if it was a tensor before.

    Example:

    >>> as_tensor([[0.1, 2]], "float64").numpy()
    array([[0.1, 2. ]])

    Args:
        array: List, array or tensor.
        dtype: Name of a floating-point type.

    Returns:
        A tensor.
    """
    if not hasattr(array, "dtype"):
        array = np.asarray(array, dtype=dtype)  # TensorFlow would make a list float32, and 0.1 with it
    return tf.cast(tf.convert_to_tensor(array), dtype)
