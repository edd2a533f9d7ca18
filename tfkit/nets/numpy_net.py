"""The network in NumPy alone: every formula in sight, nothing differentiated for you."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfkit.nets._parameters import PARAMETER_NAMES, Training, batches
from tfkit.nets.activations import HIDDEN_ACTIVATIONS
from tfkit.nets.losses import PAIRINGS
from tfkit.nets.network import Network


class NumpyNet(Network):
    """A two-layer network in NumPy, trained by plain gradient descent.

    Arguments, verbs and errors are those of `Network`. It is the float64 reference that the TensorFlow
    networks are compared with.

    Example:

    >>> net = NumpyNet(2, 3, 1, seed=0, output="sigmoid")
    >>> X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [1]])
    >>> history = net.fit(X, Y, epochs=500, batch_size=4, seed=1, learning_rate=2.0)
    >>> net.forward(X).round().ravel()
    array([0., 1., 1., 1.])
    >>> history.losses[-1] < history.losses[0]
    True
    """

    default_dtype = "float64"

    def forward(self, X: Any) -> np.ndarray:
        """Return the outputs `Y_hat`, shape `(M, k)`, of examples `X`, shape `(M, n)`."""
        _, _, Z2 = self._layers(self._examples(X))
        return PAIRINGS[self.output].activation(Z2)

    def loss(self, X: Any, Y: Any) -> float:
        """Return the loss, computed from the logits `Z2`."""
        X, Y = self._batch(X, Y)
        _, _, Z2 = self._layers(X)
        return PAIRINGS[self.output].loss(Z2, Y)

    def gradients(self, X: Any, Y: Any) -> dict[str, np.ndarray]:
        """Return what `backward` returns: NumPy has no tape. To check it, use `tfkit.numeric_gradient`."""
        return self.backward(X, Y)

    def backward(self, X: Any, Y: Any) -> dict[str, np.ndarray]:
        """Return the gradients `{"W1", "b1", "W2", "b2"}` of the loss by backpropagation.

        The division by M happens once, in `dZ2`; everything below inherits it. A bias belongs to every
        example, so its gradient is the sum of the rows.
        """
        X, Y = self._batch(X, Y)
        Z1, H, Z2 = self._layers(X)
        dZ2 = PAIRINGS[self.output].delta(Z2, Y)
        dH = dZ2 @ self.W2.T
        dZ1 = dH * HIDDEN_ACTIVATIONS[self.activation][1](Z1)
        return {
            "W1": X.T @ dZ1,
            "b1": dZ1.sum(axis=0, keepdims=True),
            "W2": H.T @ dZ2,
            "b2": dZ2.sum(axis=0, keepdims=True),
        }

    def _train(self, training: Training) -> list[float]:
        """Train by plain gradient descent."""
        if training.optimizer is not None:
            raise ValueError("expected learning_rate, received optimizer: NumpyNet has plain gradient descent only")
        X, Y = training.X, training.Y
        step = np.dtype(self.dtype).type(training.learning_rate)
        losses = []
        for _ in range(training.epochs):
            total = 0.0
            for rows in batches(len(X), training.batch_size, training.rng):
                # the mean over examples, not over batches: a short last batch counts for less
                total += self.loss(X[rows], Y[rows]) * len(rows)
                gradients = self.backward(X[rows], Y[rows])
                for name in PARAMETER_NAMES:
                    setattr(self, name, getattr(self, name) - step * gradients[name])
            losses.append(total / len(X))
        return losses

    def _layers(self, X: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        Z1 = X @ self.W1 + self.b1
        H = HIDDEN_ACTIVATIONS[self.activation][0](Z1)
        return Z1, H, H @ self.W2 + self.b2

    def _as_array(self, value: Any) -> np.ndarray:
        return np.asarray(value, dtype=self.dtype)

    def _create(self, params: dict[str, np.ndarray]) -> None:
        self.W1, self.b1, self.W2, self.b2 = (params[name] for name in PARAMETER_NAMES)

    def _read(self) -> list[np.ndarray]:
        return [self.W1, self.b1, self.W2, self.b2]

    def _write(self, params: dict[str, np.ndarray]) -> None:
        self._create(params)
