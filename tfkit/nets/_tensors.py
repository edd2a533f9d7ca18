"""The formulas in TensorFlow operations: activations, losses from logits, and backpropagation by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfkit.nets.losses import PAIRINGS

#: Activations of either layer by name.
ACTIVATIONS: dict[str, Callable[..., Any]] = {
    "sigmoid": tf.sigmoid,
    "tanh": tf.tanh,
    "relu": tf.nn.relu,
    "linear": tf.identity,
    "softmax": tf.nn.softmax,
}

#: Derivatives of the hidden ones, as functions of the pre-activation `Z`.
DERIVATIVES: dict[str, Callable[..., Any]] = {
    "sigmoid": lambda Z: tf.sigmoid(Z) * tf.sigmoid(-Z),
    "tanh": lambda Z: 1 - tf.square(tf.tanh(Z)),
    "relu": lambda Z: tf.cast(Z > 0, Z.dtype),
}

#: The loss of each example, shape `(M,)`, of logits `Z` and targets `Y`, summed over outputs. A probability that was
#: rounded to 0 or 1 has lost its gradient; logits have not, and TensorFlow has stable operations for them.
EXAMPLE_LOSSES: dict[str, Callable[..., Any]] = {
    "linear": lambda Z, Y: tf.reduce_sum(tf.square(Z - Y), axis=1),
    "sigmoid": lambda Z, Y: tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=Y, logits=Z), axis=1),
    "softmax": lambda Z, Y: tf.nn.softmax_cross_entropy_with_logits(labels=Y, logits=Z),
}


def backpropagate(X: Any, Z1: Any, H: Any, Z2: Any, Y: Any, W2: Any, activation: str, output: str) -> dict[str, Any]:
    """Return the gradients of a two-layer network's loss, without a tape."""
    M = tf.cast(tf.shape(X)[0], X.dtype)
    # each output is paired with the loss whose derivative by Z2 is this difference; only the square brings a 2
    dZ2 = PAIRINGS[output].delta_scale * (ACTIVATIONS[output](Z2) - Y) / M
    dH = tf.matmul(dZ2, W2, transpose_b=True)
    dZ1 = dH * DERIVATIVES[activation](Z1)
    return {
        "W1": tf.matmul(X, dZ1, transpose_a=True),
        "b1": tf.reduce_sum(dZ1, axis=0, keepdims=True),
        "W2": tf.matmul(H, dZ2, transpose_a=True),
        "b2": tf.reduce_sum(dZ2, axis=0, keepdims=True),
    }


def gradient_descent(learning_rate: float) -> Any:
    """Return Keras's SGD with the learning rate as it was given, to all digits of float64."""
    # Keras stores a number in a float32 variable, where 0.1 becomes 0.100000001: float64 networks would agree to
    # eight digits and no further. What a function returns is cast to the type of the weights, and to nothing else.
    return keras.optimizers.SGD(learning_rate=lambda: tf.constant(learning_rate, tf.float64))


def as_tensor(array: Any, dtype: str) -> Any:
    """Return `array` as a tensor of `dtype`, differentiable if it was a tensor before."""
    if not hasattr(array, "dtype"):
        array = np.asarray(array, dtype=dtype)  # TensorFlow would make a list float32, and 0.1 with it
    return tf.cast(tf.convert_to_tensor(array), dtype)
