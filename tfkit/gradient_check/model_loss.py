"""The loss that a Keras model was compiled with, at the precision of the outputs, penalties apart."""

from __future__ import annotations

import re
from typing import Any

import keras
import numpy as np
import tensorflow as tf


def compiled_loss(model: keras.Model) -> Any:
    """Return the loss that a model was compiled with.

    Example:

    >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    >>> model.compile(loss="mse")
    >>> compiled_loss(model)
    'mse'

    Args:
        model: A compiled Keras model with one output.

    Returns:
        A name, a function or a `keras.losses.Loss`.

    Raises:
        ValueError: If the model is not compiled, or has several losses.
    """
    loss = getattr(model, "loss", None)
    if isinstance(loss, (list, tuple)) and len(loss) == 1:
        loss = loss[0]
    if isinstance(loss, dict) and len(loss) == 1:
        loss = next(iter(loss.values()))
    if loss is None:
        raise ValueError("expected a model compiled with a loss; call model.compile(loss=...), or give loss=...")
    if isinstance(loss, (dict, list, tuple)):
        raise ValueError(f"expected a model with one loss, received {len(loss)}; check one output at a time")
    return loss


def data_loss(loss: Any, y: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
    """Return the loss of a batch, one number, in the precision of the outputs.

    A `keras.losses.Loss` returns `floatx`, mostly float32, whatever it is given. Its `call` does not, and what
    `__call__` adds to it, a mean or a sum, is added here.

    Example:

    >>> y, outputs = tf.constant([[1.0], [2.0]], tf.float64), tf.constant([[1.0], [4.0]], tf.float64)
    >>> data_loss(keras.losses.MeanSquaredError(), y, outputs)
    <tf.Tensor: shape=(), dtype=float64, numpy=2.0>

    Args:
        loss: A name, a function of `(y_true, y_pred)`, or a `keras.losses.Loss`.
        y: Targets.
        outputs: What the model returned for the same examples.

    Returns:
        A scalar tensor. Sample and class weights are not part of it.
    """
    if y.dtype.is_floating:
        y = tf.cast(y, outputs.dtype)
    if y.shape.rank == 1 and outputs.shape.rank == 2 and outputs.shape[-1] == 1:
        y = y[:, None]  # as `fit` does; a loss written by hand would broadcast to (M, M)
    if isinstance(loss, keras.losses.Loss):
        values, reduction = loss.call(y, outputs), loss.reduction
    else:
        values, reduction = keras.losses.get(loss)(y, outputs), "sum_over_batch_size"
    return tf.reduce_sum(values) if reduction == "sum" else tf.reduce_mean(values)


def checked_outputs(model: keras.Model, loss: Any, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Return a model's outputs for a batch, or say why model, loss and targets do not go together.

    Example:

    >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(2, "softmax")])
    >>> checked_outputs(model, "categorical_crossentropy", tf.zeros((3, 1)), tf.constant([0, 1, 1]))
    Traceback (most recent call last):
    ...
    ValueError: expected one-hot targets of shape (3, 2) for categorical_crossentropy, received (3,); make them
        one-hot with keras.utils.to_categorical, or use sparse_categorical_crossentropy

    Args:
        model: A Keras model.
        loss: A name, a function or a `keras.losses.Loss`.
        x: Examples.
        y: Targets.

    Returns:
        The outputs, without dropout.

    Raises:
        ValueError: If they do not, in one line.
    """
    outputs = model(x, training=False)
    if not isinstance(outputs, tf.Tensor):
        raise ValueError(f"expected a model with one output, received {type(outputs).__name__} of them")
    if len(y) != len(outputs):
        raise ValueError(f"expected a target for each of {len(outputs)} examples, received {len(y)}")
    name, classes = loss_name(loss), outputs.shape[-1]
    low, high = float(tf.reduce_min(y)), float(tf.reduce_max(y))
    if name == "categorical_crossentropy" and y.shape != outputs.shape:
        raise ValueError(
            f"expected one-hot targets of shape {tuple(outputs.shape)} for {name}, received {tuple(y.shape)}; "
            "make them one-hot with keras.utils.to_categorical, or use sparse_categorical_crossentropy"
        )
    if name == "sparse_categorical_crossentropy" and (low < 0 or high >= classes):
        raise ValueError(
            f"expected labels from 0 to {classes - 1} for {classes} outputs, received {low:g} to {high:g}; "
            "number the classes from 0"
        )
    # with a label of 9, the loss falls without end, and looks like success
    if name in ("categorical_crossentropy", "binary_crossentropy") and (low < 0 or high > 1):
        raise ValueError(f"expected targets between 0 and 1 for {name}, received {low:g} to {high:g}")
    # Keras's losses look through a softmax to its logits: a single one trains well, and predicts 1 for every example
    if classes == 1 and last_activation(model) == "softmax":
        raise ValueError("expected two outputs or more for softmax, received 1, which is always 1; use a sigmoid")
    try:
        data_loss(loss, y, outputs)
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        raise ValueError(
            f"expected targets that fit {name}, received shape {tuple(y.shape)} for outputs {tuple(outputs.shape)}: "
            f"{str(error).splitlines()[0]}"
        ) from error
    return outputs


def last_activation(model: keras.Model) -> str:
    """Return the name of the last layer's activation, `""` if it has none.

    Example:

    >>> last_activation(keras.Sequential([keras.Input((1,)), keras.layers.Dense(2, "softmax")]))
    'softmax'

    Args:
        model: A Keras model.

    Returns:
        A name, as in `keras.activations`.
    """
    last = model.layers[-1] if model.layers else None
    return getattr(getattr(last, "activation", None), "__name__", "")


def loss_name(loss: Any) -> str:
    """Return a loss's name in Keras's spelling for functions.

    Example:

    >>> loss_name("CategoricalCrossentropy"), loss_name("mse")
    ('categorical_crossentropy', 'mse')

    Args:
        loss: A name, a function or a `keras.losses.Loss`.

    Returns:
        The name; `""` if it has none.
    """
    if isinstance(loss, keras.losses.Loss):
        loss = type(loss).__name__  # its `name` is the user's to choose
    name = loss if isinstance(loss, str) else getattr(loss, "__name__", "")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(name)).lower()


def as_batch(x: Any, name: str, dtype: str) -> tf.Tensor:
    """Return examples or targets as a tensor; whole numbers stay what they are, being labels or word numbers.

    Example:

    >>> as_batch([[0.5]], "x", "float64").dtype.name, as_batch([1, 2], "y", "float64").dtype.name
    ('float64', 'int64')

    Args:
        x: Array, tensor or nested list.
        name: What it is called.
        dtype: Type that other numbers get.

    Returns:
        A tensor.

    Raises:
        ValueError: If there are no examples, or something else than finite numbers.
    """
    array = np.asarray(x)
    if array.dtype.kind not in "fiub" or array.ndim == 0 or array.size == 0:
        raise ValueError(f"expected numbers, one example a row, in {name}, received {array.dtype} {array.shape}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(f"expected finite numbers in {name}, received NaN or infinity; fill or drop such rows")
    return tf.convert_to_tensor(array if array.dtype.kind in "iu" else array.astype(dtype))
