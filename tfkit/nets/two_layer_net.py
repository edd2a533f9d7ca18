"""The network on `tf.Variable` and `tf.GradientTape`: the left column of the lecture's slide."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import tensorflow as tf

from tfkit.nets._parameters import PARAMETER_NAMES, Training
from tfkit.nets._tensors import ACTIVATIONS, EXAMPLE_LOSSES, as_tensor, backpropagate
from tfkit.nets.network import Network
from tfkit.training._compiler import worth_compiling
from tfkit.training._loop import run_epochs
from tfkit.training._orders import orders_of
from tfkit.training._program import Program


class TwoLayerNet(Network):
    """A two-layer network whose variables, tape and update stand in the open.

    Arguments, verbs and errors are those of `Network`. `SequentialNet` is the same network in Keras.

    Example:

    >>> net = TwoLayerNet(2, 3, 1, seed=0)
    >>> X, Y = np.array([[0.0, 1.0], [1.0, 2.0]]), np.array([[1.0], [3.0]])
    >>> net.forward(X).shape
    TensorShape([2, 1])
    >>> {name: tuple(gradient.shape) for name, gradient in net.gradients(X, Y).items()}
    {'W1': (2, 3), 'b1': (1, 3), 'W2': (3, 1), 'b2': (1, 1)}
    >>> history = net.fit(X, Y, epochs=20, batch_size=2, seed=1, learning_rate=0.1)
    >>> history.losses[-1] < history.losses[0]
    True

    Attributes:
        variables: The four `tf.Variable`s by name.
    """

    _compiles = True
    _program: tuple[Any, Program] | None = None

    def forward(self, X: Any) -> tf.Tensor:
        """Return the outputs `Y_hat`, shape `(M, k)`, of examples `X`, shape `(M, n)`."""
        _, _, Z2 = self._layers(self._examples(X))
        return ACTIVATIONS[self.output](Z2)

    def loss(self, X: Any, Y: Any) -> tf.Tensor:
        """Return the loss, a scalar tensor, computed from the logits `Z2`."""
        return self._loss(*self._batch(X, Y))

    def gradients(self, X: Any, Y: Any) -> dict[str, tf.Tensor]:
        """Return the gradients `{"W1", "b1", "W2", "b2"}` of the loss by the tape."""
        return self._loss_and_gradients(*self._batch(X, Y))[1]

    def backward(self, X: Any, Y: Any) -> dict[str, tf.Tensor]:
        """Return the same gradients by backpropagation, written out by hand in TensorFlow operations."""
        X, Y = self._batch(X, Y)
        Z1, H, Z2 = self._layers(X)
        return backpropagate(X, Z1, H, Z2, Y, self.variables["W2"], self.activation, self.output)

    def _train(self, training: Training) -> list[float]:
        """Train by one compiled program over epochs and batches."""
        X, Y, batch_size = training.X, training.Y, training.batch_size
        program = self._program_for(training)
        data = (tf.constant(X), tf.constant(Y))
        program.compile(data, None)
        draw = orders_of(len(X), batch_size, True, training.rng)
        losses: list[float] = []

        def call(epoch: int, count: int) -> tuple[int, dict[str, np.ndarray]]:
            return program.run(data, None, draw(count))

        def record(epoch: int, count: int, logs: dict[str, np.ndarray]) -> bool:
            losses.extend(logs["loss"].tolist())
            return False

        run_epochs(call, record, 0, training.epochs, program.capacity)
        return losses

    def _program_for(self, training: Training) -> Program:
        """Return the compiled loop: the last one, if it fits."""
        n_examples, batch_size, optimizer = len(training.X), training.batch_size, training.optimizer
        jit_compile = training.jit_compile
        if jit_compile is None:
            jit_compile = worth_compiling(training.epochs * math.ceil(n_examples / batch_size), 0)
        if training.learning_rate is not None:
            self._learning_rate.assign(training.learning_rate)
        else:
            optimizer.build(list(self.variables.values()))  # its variables must exist before the step is traced
        key = (n_examples, batch_size, optimizer, jit_compile)
        if self._program is None or self._program[0] != key:
            self._program = (key, self._loop(n_examples, batch_size, optimizer, jit_compile))
        return self._program[1]

    def _loop(self, n_examples: int, batch_size: int, optimizer: Any, jit_compile: bool) -> Program:
        total = tf.Variable(0.0, dtype=tf.float64)

        def train_step(batch: tuple[tf.Tensor, tf.Tensor]) -> None:
            X_batch, Y_batch = batch
            loss, gradients = self._loss_and_gradients(X_batch, Y_batch)
            if optimizer is None:
                for name in PARAMETER_NAMES:
                    self.variables[name].assign_sub(self._learning_rate * gradients[name])
            else:
                optimizer.apply_gradients([(gradients[name], self.variables[name]) for name in PARAMETER_NAMES])
            # the mean over examples, not over batches: a short last batch counts for less
            total.assign_add(tf.cast(loss, total.dtype) * tf.cast(tf.shape(X_batch)[0], total.dtype))

        return Program(
            n_examples=n_examples,
            batch_size=min(batch_size, n_examples),
            begin=lambda: total.assign(0.0),
            step=train_step,
            end=lambda extra, flag: {"loss": total / n_examples},
            quantities={"loss": tf.TensorSpec([], total.dtype)},
            jit_compile=jit_compile,
        )

    def _layers(self, X: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        Z1 = tf.matmul(X, self.variables["W1"]) + self.variables["b1"]
        H = ACTIVATIONS[self.activation](Z1)
        return Z1, H, tf.matmul(H, self.variables["W2"]) + self.variables["b2"]

    def _loss(self, X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
        _, _, Z2 = self._layers(X)
        # one number: the tape sums whatever it is given, and the gradient of M losses would be M times too large
        return tf.reduce_mean(EXAMPLE_LOSSES[self.output](Z2, Y))

    def _loss_and_gradients(self, X: tf.Tensor, Y: tf.Tensor) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        with tf.GradientTape() as tape:
            loss = self._loss(X, Y)
        return loss, tape.gradient(loss, self.variables)

    def _as_array(self, value: Any) -> tf.Tensor:
        return as_tensor(value, self.dtype)

    def _create(self, params: dict[str, np.ndarray]) -> None:
        self.variables = {name: tf.Variable(value, name=name) for name, value in params.items()}
        self._learning_rate = tf.Variable(0.0, dtype=self.dtype, name="learning_rate")

    def _read(self) -> list[np.ndarray]:
        return [self.variables[name].numpy() for name in PARAMETER_NAMES]

    def _write(self, params: dict[str, np.ndarray]) -> None:
        for name, value in params.items():
            self.variables[name].assign(value)
