"""What is wrong with the arguments of `fit`, in a line: before Keras sees them, or after it has stumbled over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from tfkit._arguments import check_positive_integer, described


def check_model(model: Any) -> None:
    """Raise unless the model is a compiled Keras model."""
    if not isinstance(model, keras.Model):
        is_network = hasattr(model, "params") and hasattr(model, "fit")
        advice = (
            "; it trains by itself: network.fit(X, Y, epochs, batch_size, seed=0, learning_rate=0.1)"
            if is_network
            else "; the model comes first: tfkit.fit(model, x, y)"
        )
        raise ValueError(f"expected a Keras model, received {described(model)}{advice}")
    if not model.compiled:
        raise ValueError(
            "expected a compiled model, received one that is not; call model.compile(optimizer, loss) first"
        )


def check_settings(
    epochs: Any, batch_size: Any, initial_epoch: Any, callbacks: Any, class_weight: Any, sample_weight: Any
) -> None:
    """Raise where an argument other than the data cannot be what was meant."""
    check_positive_integer("epochs", epochs)
    check_positive_integer("batch_size", batch_size)
    if initial_epoch:
        check_positive_integer("initial_epoch", initial_epoch)
    for callback in [] if hasattr(callbacks, "callbacks") else keras.tree.flatten(callbacks or []):
        if isinstance(callback, type) or not hasattr(callback, "set_model"):
            raise ValueError(
                f"expected callbacks to be a list of Keras callbacks, received {described(callback)}; "
                "write callbacks=[keras.callbacks.EarlyStopping(patience=5)]"
            )
    if class_weight is not None and not isinstance(class_weight, Mapping):
        raise ValueError(
            f"expected class_weight to be a dict from class number to weight, received {described(class_weight)}; "
            "write {0: 1.0, 1: 5.0}"
        )
    if sample_weight is not None and np.ndim(sample_weight) == 0 and isinstance(sample_weight, (int, float, str)):
        raise ValueError(
            f"expected sample_weight to be an array, a weight for each example, received {described(sample_weight)}"
        )


def check_data(model: Any, x: Any, y: Any, validation_data: Any) -> None:
    """Raise where x, y or validation_data are no data at all: a data set, lists of numbers, texts, one of a pair."""
    _check_arrays("x", x)
    _check_arrays("y", y)
    own_step = type(model).train_step is not keras.Model.train_step
    if y is None and hasattr(x, "dtype") and model.loss is not None and not own_step:
        raise ValueError(f"expected x and y, received {described(x)} alone; write tfkit.fit(model, x, y)")
    if (hasattr(validation_data, "dtype") and y is not None) or _is_dataset(validation_data):
        raise ValueError(
            f"expected validation_data to be a pair (x, y), received {described(validation_data)}; "
            "write validation_data=(x_val, y_val)"
        )
    if isinstance(validation_data, (list, tuple)):
        if len(validation_data) not in (2, 3) and y is not None:
            raise ValueError(
                f"expected validation_data to be a pair (x, y), received {described(validation_data)}; "
                "write validation_data=(x_val, y_val)"
            )
        for name, part in zip(("x of validation_data", "y of validation_data"), validation_data, strict=False):
            _check_arrays(name, part)


def complaint_of_shapes(model: Any, data: Any) -> str | None:
    """Say which shape does not go with the model, if that is why Keras stumbled, or return None."""
    x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
    inputs, outputs = getattr(model, "inputs", None) or [], getattr(model, "outputs", None) or []
    if len(inputs) != 1 or len(outputs) != 1 or not hasattr(x, "shape"):
        return None
    expected, received = tuple(inputs[0].shape[1:]), tuple(x.shape[1:])
    if None not in expected and expected != received and expected != (*received, 1):
        return f"expected x of shape {_rows(expected)}, as the model's input, received {_rows(received)}"
    expected = tuple(outputs[0].shape[1:])
    if not hasattr(y, "shape") or "sparse" in str(getattr(model.loss, "name", model.loss)).lower():
        return None
    received = tuple(y.shape[1:])
    if None not in expected and expected != received and expected != (*received, 1):
        advice = (
            "; for class numbers, use the loss sparse_categorical_crossentropy, or keras.utils.to_categorical(y)"
            if received == () and expected != (1,)
            else ""
        )
        return f"expected y of shape {_rows(expected)}, as the model's output, received {_rows(received)}{advice}"
    return None


def _rows(shape: tuple[Any, ...]) -> str:
    return f"({', '.join(map(str, ('M', *shape)))}{'' if shape else ','})"


def _is_dataset(value: Any) -> bool:
    return hasattr(value, "X") and hasattr(value, "Y")


def _check_arrays(name: str, value: Any) -> None:
    if _is_dataset(value):
        raise ValueError(
            f"expected arrays x and y, received {described(value)} for {name}; write tfkit.fit(model, data.X, data.Y)"
        )
    if isinstance(value, str) or (isinstance(value, np.ndarray) and value.dtype.kind not in "fiubO"):
        raise ValueError(f"expected numbers in {name}, received {described(value)}; load and encode them first")
    if isinstance(value, (list, tuple)) and value and all(isinstance(leaf, (int, float)) for leaf in _leaves(value)):
        raise ValueError(
            f"expected an array for {name}, received {described(value)}; write np.array({name.split()[0]})"
        )


def _leaves(value: Any) -> list[Any]:
    """Some of the innermost entries of nested lists: the first of each, which tells what kind of list it is."""
    while isinstance(value, (list, tuple)) and value and isinstance(value[0], (list, tuple)):
        value = value[0]
    return list(value)
