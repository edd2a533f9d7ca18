"""What the three networks have in common: the same arguments, the same verbs, the same checks."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import (
    Seed,
    as_numbers,
    check_choice,
    check_exactly_one,
    check_finite,
    check_positive,
    check_positive_integer,
    described,
    generator,
)
from tfkit.nets._parameters import (
    PARAMETER_NAMES,
    Training,
    check_parameters,
    check_rows,
    check_shape,
    check_targets,
    initial_parameters,
)
from tfkit.nets.activations import HIDDEN_ACTIVATIONS
from tfkit.nets.losses import PAIRINGS
from tfkit.training.history import History
from tfkit.training.warnings import NonFiniteLossWarning


class Network(ABC):
    """A two-layer network: `Z1 = X W1 + b1`, `H = activation(Z1)`, `Z2 = H W2 + b2`, `Y_hat = output(Z2)`.

    `NumpyNet`, `TwoLayerNet` and `SequentialNet` are this network in NumPy, on a gradient tape, and in
    Keras. They take the same arguments, have the same verbs, and from the same weights compute the same
    numbers.

    Example:

    >>> from tfkit import NumpyNet
    >>> isinstance(NumpyNet(5, 4, 3, seed=0), Network)
    True

    Args:
        n_features: Number of inputs, n.
        hidden: Number of hidden neurons, h.
        n_outputs: Number of outputs, k.
        seed: An integer or a `numpy.random.Generator`; the same integer gives every kind of network the
            same weights.
        activation: Hidden activation: `"sigmoid"`, `"tanh"` or `"relu"`.
        output: `"linear"` (squared error), `"sigmoid"` (binary cross-entropy, k labels that do not exclude
            each other) or `"softmax"` (categorical cross-entropy). The loss sums over outputs and averages
            over examples.
        dtype: `"float32"` or `"float64"`; by default float64 for NumPy and float32 for TensorFlow.

    Raises:
        ValueError: If an argument is none of these.
    """

    default_dtype = "float32"
    _compiles = False

    def __init__(
        self,
        n_features: int,
        hidden: int,
        n_outputs: int,
        *,
        seed: Seed,
        activation: str = "sigmoid",
        output: str = "linear",
        dtype: str | None = None,
    ):
        check_choice("activation", activation, tuple(HIDDEN_ACTIVATIONS))
        check_choice("output", output, tuple(PAIRINGS))
        self.dtype = _type_name(dtype or self.default_dtype)
        check_choice("dtype", self.dtype, ("float32", "float64"))
        params = initial_parameters(n_features, hidden, n_outputs, seed)
        if output == "softmax" and n_outputs == 1:
            raise ValueError(
                "expected 2 outputs or more for softmax, received 1, which is always 1; use output='sigmoid'"
            )
        self.n_features, self.hidden, self.n_outputs = n_features, hidden, n_outputs
        self.activation, self.output = activation, output
        self._create(self._typed(params))

    @classmethod
    def from_params(
        cls,
        params: Mapping[str, ArrayLike],
        *,
        activation: str = "sigmoid",
        output: str = "linear",
        dtype: str | None = None,
    ) -> Any:
        """Make a network from copies of another one's parameters.

        Args:
            params: Dict of `W1 (n, h)`, `b1 (1, h)`, `W2 (h, k)`, `b2 (1, k)`, such as another network's
                `params`.
            activation: Hidden activation, as in the constructor.
            output: Output, as in the constructor.
            dtype: By default that of `W1`, if it is float32 or float64.

        Returns:
            A network of this class.

        Raises:
            ValueError: If the names or shapes do not fit together.
        """
        n_features, hidden, n_outputs = check_parameters(params)
        given = np.asarray(params["W1"]).dtype.name
        dtype = dtype or (given if given in ("float32", "float64") else None)
        network = cls(n_features, hidden, n_outputs, seed=0, activation=activation, output=output, dtype=dtype)
        network.params = params
        return network

    @property
    def params(self) -> dict[str, np.ndarray]:
        """Copies of the parameters, a dict of NumPy arrays. A dict assigned is copied into the network."""
        return {name: np.array(value) for name, value in zip(PARAMETER_NAMES, self._read(), strict=True)}

    @params.setter
    def params(self, params: Mapping[str, ArrayLike]) -> None:
        received = check_parameters(params)
        expected = (self.n_features, self.hidden, self.n_outputs)
        if received != expected:
            raise ValueError(f"expected parameters of sizes (n, h, k) = {expected}, received {received}")
        self._write(self._typed(params))

    @abstractmethod
    def forward(self, X: Any) -> Any:
        """Return the outputs `Y_hat`, shape `(M, k)`, of examples `X`, shape `(M, n)`."""

    @abstractmethod
    def loss(self, X: Any, Y: Any) -> Any:
        """Return the loss, one number: the sum over outputs, averaged over examples."""

    @abstractmethod
    def gradients(self, X: Any, Y: Any) -> dict[str, Any]:
        """Return the loss's gradients by the surest road the library has: the tape where there is one."""

    @abstractmethod
    def backward(self, X: Any, Y: Any) -> dict[str, Any]:
        """Return the loss's gradients by backpropagation, written out by hand."""

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
        jit_compile: bool | None = None,
    ) -> History:
        """Train on `X`, `Y` by gradient descent in batches; called again, go on from where it stopped.

        A loss that becomes NaN or infinite is told by a `NonFiniteLossWarning`.

        Args:
            X: Examples, shape `(M, n)`.
            Y: Targets, shape `(M, k)`.
            epochs: How often each example is visited.
            batch_size: Examples for each step. The last batch of an epoch may be short.
            seed: An integer or a generator; every epoch visits the examples in the order
                `rng.permutation(M)`.
            learning_rate: Step of plain gradient descent. Give this or `optimizer`.
            optimizer: A Keras optimizer of this network's own (not for `NumpyNet`).
            jit_compile: Whether XLA compiles the training (`TwoLayerNet` alone); None lets it do so when the
                training is long enough.

        Returns:
            A `History` whose `losses[e]` is the mean over the examples of epoch `e` of the losses of their
            batches, each taken before its update. It lags behind the loss of the final weights, as in
            Keras's `fit`.

        Raises:
            ValueError: If shapes, labels or settings do not fit, or X or Y holds NaN or infinity.
        """
        given = Training(X, Y, epochs, batch_size, seed, learning_rate, optimizer, jit_compile)
        losses = self._train(self._checked(given))
        _warn_of_nonfinite(losses)
        return History.of_losses(losses)

    @abstractmethod
    def _train(self, training: Training) -> list[float]:
        """Train, and return the loss of each epoch."""

    @abstractmethod
    def _create(self, params: dict[str, np.ndarray]) -> None: ...

    @abstractmethod
    def _read(self) -> list[Any]: ...

    @abstractmethod
    def _write(self, params: dict[str, np.ndarray]) -> None: ...

    def _typed(self, params: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
        return {name: np.array(params[name], dtype=self.dtype) for name in PARAMETER_NAMES}

    @abstractmethod
    def _as_array(self, value: Any) -> Any:
        """Return an array or tensor of this network's type."""

    def _examples(self, X: Any) -> Any:
        """Return examples of this network's type, with their shape checked."""
        X = self._of_this_type("X", X)
        self._check_batch(X)
        return X

    def _batch(self, X: Any, Y: Any) -> tuple[Any, Any]:
        """Return examples and targets of this network's type, with their shapes checked."""
        X, Y = self._of_this_type("X", X), self._of_this_type("Y", Y)
        self._check_batch(X, Y)
        return X, Y

    def _of_this_type(self, name: str, value: Any) -> Any:
        # tensors, symbolic ones too, go their own way
        if not hasattr(value, "dtype") or isinstance(value, np.ndarray):
            if value is None:
                raise ValueError(f"expected an array for {name}, a row for each example, received None")
            value = as_numbers(name, value)
        return self._as_array(value)

    def _check_batch(self, X: Any, Y: Any = None) -> None:
        """Check the shapes of arrays and tensors alike; under `tf.function` M may be unknown (None)."""
        n_examples = check_rows("X", X)[0]
        check_shape("X", check_rows("X", X), "(M, n_features)", (n_examples, self.n_features))
        if n_examples == 0:
            raise ValueError("expected one example or more, received none, because X has no rows")
        if Y is not None:
            check_shape("Y", tuple(Y.shape), "(M, n_outputs)", (n_examples, self.n_outputs))

    def _checked(self, given: Training) -> Training:
        """Return the arguments of `fit` as arrays of this network's type and a generator."""
        training = replace(given, X=as_numbers("X", given.X, self.dtype), Y=as_numbers("Y", given.Y, self.dtype))
        self._check_batch(training.X, training.Y)
        check_finite("X", training.X)
        check_finite("Y", training.Y)
        check_targets(training.Y, self.output)
        check_positive_integer("epochs", training.epochs)
        check_positive_integer("batch_size", training.batch_size)
        rate, optimizer = training.learning_rate, training.optimizer
        check_exactly_one(learning_rate=rate, optimizer=optimizer)
        if optimizer is not None and not hasattr(optimizer, "apply_gradients"):
            raise ValueError(
                f"expected a Keras optimizer such as keras.optimizers.Adam(0.01), received {described(optimizer)}"
            )
        if rate is not None:
            check_positive("learning_rate", rate)
        if training.jit_compile is not None and not self._compiles:
            raise ValueError(f"expected no jit_compile for {type(self).__name__}, received {training.jit_compile}")
        return replace(training, rng=generator(training.rng))


def _warn_of_nonfinite(losses: list[float]) -> None:
    bad = np.flatnonzero(~np.isfinite(losses))
    if len(bad):
        warnings.warn(
            f"the loss of epoch {bad[0] + 1} is {losses[bad[0]]}; try a smaller learning_rate (a tenth), standardize X "
            "and Y, and begin again with a new network: the weights of this one are not finite any more",
            NonFiniteLossWarning,
            stacklevel=3,
        )


def _type_name(dtype: Any) -> str:
    name = getattr(dtype, "name", dtype)  # a tf.DType has one, which NumPy understands
    try:
        return str(np.dtype(name).name)
    except TypeError:
        return str(name)  # to be refused by name
