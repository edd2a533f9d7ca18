"""The network as a `keras.Sequential`: the right column of the lecture's slide."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike

from tfkit.history import History
from tfkit.network import Network
from tfkit.parameters import PARAMETER_NAMES, Seed, batches
from tfkit.tensors import OUTPUT_ACTIVATIONS, as_tensor, backpropagate, gradient_descent


def squared_error(Y, Z):
    """Return the squared error of each example, shape `(M,)`, summed over its outputs.

    Keras's own `mse` averages over the outputs as well: with k outputs its loss and its gradients are k
    times smaller than those of the lecture's formula, and equal to them only when k is 1.

    Example:

    >>> squared_error(np.array([[1.0, 2.0]]), np.array([[2.0, 4.0]])).numpy()
    array([5.])

    Args:
        Y: Targets, shape `(M, k)`.
        Z: Outputs, shape `(M, k)`.

    Returns:
        A tensor of shape `(M,)`.
    """
    return keras.ops.sum(keras.ops.square(Z - Y), axis=-1)


def binary_cross_entropy(Y, Z):
    """Return the cross-entropy of each example, shape `(M,)`, summed over its labels.

    Keras's own averages over the labels, as its `mse` does.

    Example:

    >>> binary_cross_entropy(np.array([[0.0, 1.0]]), np.array([[1000.0, 1000.0]])).numpy()
    array([1000.])

    Args:
        Y: Labels in [0, 1], shape `(M, k)`.
        Z: Logits, shape `(M, k)`.

    Returns:
        A tensor of shape `(M,)`.
    """
    return keras.ops.sum(keras.ops.binary_crossentropy(Y, Z, from_logits=True), axis=-1)


def categorical_cross_entropy(Y, Z):
    """Return the cross-entropy of each example, shape `(M,)`.

    Example:

    >>> categorical_cross_entropy(np.array([[0.0, 1.0]]), np.array([[1000.0, 0.0]])).numpy()
    array([1000.])

    Args:
        Y: One-hot labels, shape `(M, k)`.
        Z: Logits, shape `(M, k)`.

    Returns:
        A tensor of shape `(M,)`.
    """
    return keras.ops.categorical_crossentropy(Y, Z, from_logits=True)


_LOSSES = {"linear": squared_error, "sigmoid": binary_cross_entropy, "softmax": categorical_cross_entropy}


class ExampleLoss(keras.losses.Loss):
    """A function of `(Y, Z)` that returns a loss per example, as the loss that Keras averages over the batch.

    `compile(loss=function)` would do the same in float32, whatever the type of the model; here the type is
    given.

    Example:

    >>> loss = ExampleLoss(squared_error, dtype="float64")
    >>> float(loss(np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[2.0, 4.0], [0.0, 0.0]])))
    2.5

    Args:
        function: Maps targets and logits, shape `(M, k)`, to losses of shape `(M,)`.
        dtype: `"float32"` or `"float64"`.
    """

    def __init__(self, function: Any, dtype: str):
        super().__init__(name=function.__name__, reduction="sum_over_batch_size", dtype=dtype)
        self.function = function

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return the loss of each example, shape `(M,)`; the base class takes the mean."""
        return self.function(y_true, y_pred)


class SequentialNet(Network):
    """A two-layer network built and trained by Keras.

    Arguments, verbs and errors are those of `Network`. `TwoLayerNet` is the same network with everything in
    the open. The model returns logits, as Keras advises for stable losses; `forward` applies the output
    activation.

    Example:

    >>> net = SequentialNet(2, 3, 1, seed=0)
    >>> X, Y = np.array([[0.0, 1.0], [1.0, 2.0]]), np.array([[1.0], [3.0]])
    >>> net.forward(X).shape
    TensorShape([2, 1])
    >>> [layer.units for layer in net.model.layers]
    [3, 1]
    >>> history = net.fit(X, Y, epochs=20, batch_size=2, seed=1, learning_rate=0.1)
    >>> history.losses[-1] < history.losses[0]
    True

    Attributes:
        model: The `keras.Sequential`.
    """

    def forward(self, X: Any) -> tf.Tensor:
        """Return the outputs `Y_hat`, shape `(M, k)`, of examples `X`, shape `(M, n)`."""
        X = as_tensor(X, self.dtype)
        self._check_batch(X)
        return OUTPUT_ACTIVATIONS[self.output](self.model(X))

    def loss(self, X: Any, Y: Any) -> tf.Tensor:
        """Return the loss, a scalar tensor, computed by Keras from the logits."""
        X, Y = self._batch(X, Y)
        return ExampleLoss(_LOSSES[self.output], self.dtype)(Y, self.model(X))

    def gradients(self, X: Any, Y: Any) -> dict[str, tf.Tensor]:
        """Return the gradients `{"W1", "b1", "W2", "b2"}` of Keras's loss by the tape."""
        with tf.GradientTape() as tape:
            loss = self.loss(X, Y)
        gradients = tape.gradient(loss, self.model.trainable_variables)
        return dict(zip(PARAMETER_NAMES, map(_as_row, gradients), strict=True))

    def backward(self, X: Any, Y: Any) -> dict[str, tf.Tensor]:
        """Return the same gradients by backpropagation by hand, from what the layers compute."""
        X, Y = self._batch(X, Y)
        first, second = self.model.layers
        Z1 = tf.matmul(X, first.kernel) + first.bias
        H = first(X)
        return backpropagate(X, Z1, H, second(H), Y, second.kernel, self.activation, self.output)

    def fit(
        self,
        X: ArrayLike,
        Y: ArrayLike,
        epochs: int,
        batch_size: int,
        *,
        seed: Seed,
        learning_rate: float | None = None,
        optimizer: Any = None,
    ) -> History:
        """Train with Keras's `compile` and `fit`: see `Network.fit`.

        `fit` rather than `train_on_batch`, because it is the call on the slide and takes the same steps when
        it is given the batches in order.

        It gets a stream of batches and not the arrays, for two reasons: its own shuffling could not be
        repeated by the other networks, and it turns float64 arrays into float32.
        """
        X, Y, rng = self._check_training(X, Y, epochs, batch_size, seed, learning_rate, optimizer)
        function = _LOSSES[self.output]
        self.model.compile(
            optimizer=gradient_descent(learning_rate) if learning_rate is not None else optimizer,
            loss=ExampleLoss(function, self.dtype),
            # Keras reports its own "loss" in float32. A metric sees the same outputs, those before the
            # update, and takes the same mean over the examples of the epoch, in the type that it is given.
            metrics=[keras.metrics.MeanMetricWrapper(function, name="exact_loss", dtype="float64")],
            # compiled by XLA, operations are fused and round differently; "auto" would do so wherever there
            # is a GPU
            jit_compile=False,
        )

        def stream():
            for _ in range(epochs):
                for rows in batches(len(X), batch_size, rng):
                    yield X[rows], Y[rows]

        signature = tuple(tf.TensorSpec([None, array.shape[1]], self.dtype) for array in (X, Y))
        record = self.model.fit(
            tf.data.Dataset.from_generator(stream, output_signature=signature),
            epochs=epochs,
            steps_per_epoch=math.ceil(len(X) / batch_size),
            shuffle=False,  # the stream is shuffled already
            verbose=0,
        )
        return History.of_losses(record.history["exact_loss"])

    def _batch(self, X: Any, Y: Any) -> tuple[tf.Tensor, tf.Tensor]:
        X, Y = as_tensor(X, self.dtype), as_tensor(Y, self.dtype)
        self._check_batch(X, Y)
        return X, Y

    def _create(self, params: dict[str, np.ndarray]) -> None:
        self.model = keras.Sequential(
            [
                keras.Input((self.n_features,), dtype=self.dtype),
                keras.layers.Dense(self.hidden, activation=self.activation, dtype=self.dtype),
                keras.layers.Dense(self.n_outputs, dtype=self.dtype),
            ]
        )
        self._write(params)

    def _read(self) -> list[np.ndarray]:
        return [_as_row(value) for value in self.model.get_weights()]

    def _write(self, params: dict[str, np.ndarray]) -> None:
        # Keras's biases have one axis, ours two: rows are examples, and a bias is one row
        self.model.set_weights([params["W1"], params["b1"][0], params["W2"], params["b2"][0]])


def _as_row(value: Any) -> Any:
    return value if len(value.shape) == 2 else value[None, :]
