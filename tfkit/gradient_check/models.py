"""The gradients of this library's networks and of Keras models, checked on a twin in float64."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfkit._arguments import Seed
from tfkit._keras_models import as_batch, checked_outputs, compiled_loss, data_loss
from tfkit.gradient_check._run import matching_gradients, run_check
from tfkit.gradient_check._twin import float64_twin
from tfkit.gradient_check.check import check_gradients
from tfkit.gradient_check.verdicts import GradientCheck
from tfkit.nets.network import Network


def check_model_gradients(
    model: Network | keras.Model,
    X: Any,
    Y: Any,
    *,
    loss: Any = None,
    gradients: Any = None,
    h: float = 1e-5,
    tolerance: float | None = None,
    max_entries: int = 30,
    seed: Seed = 0,
) -> GradientCheck:
    """Check the gradients of a network's loss by its parameters, tensor by tensor, against nudges.

    The check is done on a twin with the same weights in float64; the model itself is not touched. In float32 a nudge
    drowns in rounding: seven digits of the loss leave two or three of a slope. Of a `tfkit` network, `backward`, the
    road written out by hand, is checked; of a Keras model the tape, which is wrong only where a layer or a loss of
    one's own is: `tf.custom_gradient`, `stop_gradient`, an excursion to NumPy. Gradients computed in some other way
    are given as `gradients`. A Keras model is checked as it is at inference, without dropout, and with its
    penalties. Few examples will do, and are better: more of them, more kinks.

    Example:

    >>> from tfkit import NumpyNet
    >>> X, Y = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 0.5]]), np.array([[1.0], [3.0], [2.0]])
    >>> check_model_gradients(NumpyNet(2, 3, 1, seed=0), X, Y).ok
    True
    >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="last")])
    >>> model.compile(loss="mse")
    >>> [verdict.name for verdict in check_model_gradients(model, X, Y)]
    ['last/kernel', 'last/bias']

    Args:
        model: A `NumpyNet`, `TwoLayerNet` or `SequentialNet`, or a Keras model with one input and one output.
        X: Examples, shape `(M, ...)`.
        Y: Targets, as the loss takes them, shape `(M, k)` or `(M,)`.
        loss: For a Keras model, a name, a function or a `keras.losses.Loss`; by default the compiled one.
        gradients: Gradients to check instead of the model's own: a dict by the names of the parameters (`"W1"`, or
            `"dense/kernel"`), or a list in the order of `model.trainable_variables`.
        h: Nudge, in the units of the weights.
        tolerance: Largest relative error of a right tensor; by default 1e-6, or 1e-3 for gradients in float32.
        max_entries: Entries of each tensor that are nudged at most.
        seed: An integer or a `numpy.random.Generator` that draws the entries of larger tensors.

    Returns:
        A `GradientCheck`: `.ok`, a verdict per tensor, `to_frame()`, and a table when printed.

    Raises:
        ValueError: If the model cannot be cloned in float64, has no trainable weights or no loss, or if shapes or
            names do not fit.

    Reference:
        CS231n's notes, "Gradient checks".
    """
    settings: dict[str, Any] = {"h": h, "tolerance": tolerance, "max_entries": max_entries, "seed": seed}
    if isinstance(model, Network):
        if loss is not None:
            raise ValueError(
                "expected no loss for a tfkit network, which has its own; pass loss only with a Keras model"
            )
        return _check_network(model, X, Y, gradients, settings)
    if not isinstance(model, keras.Model):
        raise ValueError(f"expected a tfkit network or a Keras model, received {type(model).__name__}")
    return _check_keras(model, X, Y, compiled_loss(model) if loss is None else loss, gradients, settings)


def _check_network(net: Network, X: Any, Y: Any, gradients: Any, settings: dict[str, Any]) -> GradientCheck:
    twin = type(net).from_params(net.params, activation=net.activation, output=net.output, dtype="float64")
    X, Y = np.asarray(X, np.float64), np.asarray(Y, np.float64)
    given = gradients if gradients is not None else twin.backward(X, Y)
    given = {name: value if value is None else np.asarray(value) for name, value in dict(given).items()}

    def loss(params: Mapping[str, np.ndarray]) -> float:
        twin.params = params
        return np.float64(twin.loss(X, Y))

    return check_gradients(loss, net.params, given, **settings)


def _check_keras(
    model: keras.Model, X: Any, Y: Any, loss: Any, gradients: Any, settings: dict[str, Any]
) -> GradientCheck:
    twin = float64_twin(model)
    x, y = as_batch(X, "X", "float64"), as_batch(Y, "Y", "float64")
    checked_outputs(twin, loss, x, y)
    variables = twin.trainable_variables
    if not variables:
        raise ValueError("expected trainable weights, received none; is every layer frozen (trainable = False)?")
    names = _names(model.trainable_variables)

    def value() -> tf.Tensor:
        total = data_loss(loss, y, twin(x, training=False))
        if total.dtype != tf.float64:
            raise ValueError(
                f"expected a loss in float64 from outputs in float64, received {total.dtype.name}; "
                "let the loss and all layers keep the type they are given"
            )
        return tf.add_n([total, *(tf.cast(penalty, tf.float64) for penalty in twin.losses)])

    # one program for both: Keras's cross-entropies are not the same function in it and outside
    compiled = tf.function(value, jit_compile=False)
    point = {name: np.array(variable.numpy(), np.float64) for name, variable in zip(names, variables, strict=True)}
    if gradients is None:
        given: Any = dict(zip(names, _tape(compiled, variables), strict=True))
    elif isinstance(gradients, Mapping):
        given = dict(gradients)
    else:
        if len(gradients) != len(names):
            raise ValueError(
                f"expected {len(names)} gradients, one for each trainable variable, received {len(gradients)}"
            )
        given = dict(zip(names, gradients, strict=True))
    analytic, in_float32 = matching_gradients(given, point)
    by_name = dict(zip(names, variables, strict=True))

    def value_at(name: str, index: tuple[int, ...], number: float | None) -> float:
        if number is None:
            return float(compiled())
        nudged = point[name].copy()
        nudged[index] = number
        by_name[name].assign(nudged)
        result = float(compiled())
        by_name[name].assign(point[name])
        return result

    tolerance = settings["tolerance"] or (1e-3 if in_float32 else 1e-6)
    return run_check(value_at, point, analytic, settings["h"], tolerance, settings["max_entries"], settings["seed"])


def _tape(value: Callable[[], tf.Tensor], variables: list[Any]) -> list[np.ndarray | None]:
    with tf.GradientTape() as tape:
        result = value()
    gradients = tape.gradient(result, [variable.value for variable in variables])
    return [None if g is None else np.asarray(tf.convert_to_tensor(g)) for g in gradients]


def _names(variables: list[Any]) -> list[str]:
    """Return the variables' paths without the model's own name, where that leaves them different."""
    paths = [variable.path for variable in variables]
    short = [path.split("/", 1)[1] if path.count("/") > 1 else path for path in paths]
    return short if len(set(short)) == len(paths) else paths
