"""The network as a `keras.Sequential`: the right column of the lecture's slide."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfkit.nets._parameters import PARAMETER_NAMES, Training, batches
from tfkit.nets._tensors import ACTIVATIONS, EXAMPLE_LOSSES, as_tensor, backpropagate, gradient_descent
from tfkit.nets.network import Network


class _ExampleLoss(keras.losses.Loss):
    """The loss of each output, which Keras averages over the batch."""

    # Keras's own `mse` averages over the outputs as well: with k outputs its loss and its gradients are k times smaller
    # than those of the lecture's formula, and equal to them only when k is 1. A function would do, were it not computed
    # in float32, whatever the type of the model; here the type is given.

    def __init__(self, output: str, dtype: str) -> None:
        super().__init__(name="example_loss", reduction="sum_over_batch_size", dtype=dtype)
        self.output = output

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return the loss of each example, shape `(M,)`; the base class takes the mean."""
        return EXAMPLE_LOSSES[self.output](y_pred, y_true)


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
        return ACTIVATIONS[self.output](self.model(self._examples(X)))

    def loss(self, X: Any, Y: Any) -> tf.Tensor:
        """Return the loss, a scalar tensor, computed by Keras from the logits."""
        X, Y = self._batch(X, Y)
        return _ExampleLoss(self.output, self.dtype)(Y, self.model(X))

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

    def _train(self, training: Training) -> list[float]:
        """Train with Keras's `compile` and `fit`."""
        # `fit` rather than `train_on_batch`, because it is the call on the slide and takes the same steps when it is
        # given the batches in order. It gets a stream of batches and not the arrays, for two reasons: its own shuffling
        # could not be repeated by the other networks, and it turns float64 arrays into float32.
        X, Y, epochs, batch_size = training.X, training.Y, training.epochs, training.batch_size
        loss = _ExampleLoss(self.output, self.dtype)
        self.model.compile(
            optimizer=training.optimizer or gradient_descent(training.learning_rate or 0.0),
            loss=loss,
            # Keras reports its own "loss" in float32. A metric sees the same outputs, those before the
            # update, and takes the same mean over the examples of the epoch, in the type that it is given.
            metrics=[keras.metrics.MeanMetricWrapper(loss.call, name="exact_loss", dtype="float64")],
            # compiled by XLA, operations are fused and round differently; "auto" would do so on every GPU
            jit_compile=False,
        )

        def stream() -> Iterator[tuple[np.ndarray, np.ndarray]]:
            for _ in range(epochs):
                for rows in batches(len(X), batch_size, training.rng):
                    yield X[rows], Y[rows]

        signature = tuple(tf.TensorSpec([None, array.shape[1]], self.dtype) for array in (X, Y))
        record = self.model.fit(
            tf.data.Dataset.from_generator(stream, output_signature=signature),
            epochs=epochs,
            steps_per_epoch=math.ceil(len(X) / batch_size),
            shuffle=False,  # the stream is shuffled already
            verbose=0,
        )
        return [float(value) for value in record.history["exact_loss"]]

    def _as_array(self, value: Any) -> tf.Tensor:
        return as_tensor(value, self.dtype)

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
