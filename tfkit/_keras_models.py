"""What checks ask of a Keras model: its layers, and the loss that it was compiled with, penalties apart."""

from __future__ import annotations

import re
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfkit._arguments import check_finite


def check_one_input(model: Any) -> None:
    """Raise unless a model can be read layer by layer: Sequential or functional, with one input."""
    if not isinstance(model, keras.Model) or not getattr(model, "inputs", None):
        raise ValueError(
            f"expected a Sequential or functional model with its inputs, received {type(model).__name__}; "
            "begin a Sequential model with keras.Input"
        )
    if len(model.inputs) > 1:
        raise ValueError(f"expected a model with one input, received one with {len(model.inputs)}")


def check_used_once(layer: Any) -> None:
    """Raise if a layer stands in several places of its model: which of its inputs and outputs is meant?"""
    if len(layer._inbound_nodes) > 1:
        raise ValueError(f"expected each layer to be used once, received {layer.name!r} in several places")


def compiled_loss(model: keras.Model) -> Any:
    """Return the loss that a model was compiled with."""
    loss = getattr(model, "loss", None)
    if isinstance(loss, (list, tuple)) and len(loss) == 1:
        loss = loss[0]
    if isinstance(loss, dict) and len(loss) == 1:
        loss = next(iter(loss.values()))
    if loss is None:
        raise ValueError(
            "expected a model compiled with a loss, received one without; call model.compile(loss=...), or pass "
            "loss=..."
        )
    if isinstance(loss, (dict, list, tuple)):
        raise ValueError(f"expected a model with one loss, received {len(loss)}; check one output at a time")
    return loss


def data_loss(loss: Any, y: tf.Tensor, outputs: tf.Tensor) -> tf.Tensor:
    """Return the loss of a batch, one number, in the precision of the outputs."""
    # A `keras.losses.Loss` returns `floatx`, mostly float32, whatever it is given. Its `call` does not, and what
    # `__call__` adds to it, a mean or a sum, is added here.
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
    """Return a model's outputs for a batch, or say why model, loss and targets do not go together."""
    outputs = model(x, training=False)
    if not isinstance(outputs, tf.Tensor):
        raise ValueError(f"expected a model with one output, received a {type(outputs).__name__} of outputs")
    if len(y) != len(outputs):
        raise ValueError(f"expected a target for each of {len(outputs)} examples, received {len(y)} targets")
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
        raise ValueError(f"expected targets between 0 and 1 for {name}, received {low:g} to {high:g}; check the labels")
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
    """Return the name of the last layer's activation, `""` if it has none."""
    last = model.layers[-1] if model.layers else None
    return getattr(getattr(last, "activation", None), "__name__", "")


def loss_name(loss: Any) -> str:
    """Return a loss's name in Keras's spelling for functions."""
    if isinstance(loss, keras.losses.Loss):
        loss = type(loss).__name__  # its `name` is the user's to choose
    name = loss if isinstance(loss, str) else getattr(loss, "__name__", "")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(name)).lower()


def as_batch(x: Any, name: str, dtype: str) -> tf.Tensor:
    """Return examples or targets as a tensor; whole numbers stay what they are, being labels or word numbers."""
    array = np.asarray(x)
    if array.dtype.kind not in "fiub" or array.ndim == 0 or array.size == 0:
        raise ValueError(
            f"expected numbers in {name}, a row for each example, received {array.dtype} of shape {array.shape}"
        )
    check_finite(name, array)
    return tf.convert_to_tensor(array if array.dtype.kind in "iu" else array.astype(dtype))
