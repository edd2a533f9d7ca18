"""Arrays as the program wants them: tensors of Keras's types, weights for examples, a tail for validation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfkit.training._program import map_tensors


def arrays_in_memory(*structures: Any) -> bool:
    """Return whether every leaf of nested lists, tuples and dicts is an array, a tensor, a table or None."""
    return all(leaf is None or _is_array(leaf) for leaf in keras.tree.flatten(list(structures)))


def n_examples(*structures: Any) -> int:
    """Return the number of examples on which all arrays agree."""
    shapes = [tuple(leaf.shape) for leaf in keras.tree.flatten(list(structures)) if leaf is not None]
    if any(len(shape) == 0 for shape in shapes):
        raise ValueError("expected arrays with one row for each example, received a single number")
    lengths = {shape[0] for shape in shapes}
    if len(lengths) != 1:
        raise ValueError(
            f"expected as many examples in each of x, y and sample_weight, received {sorted(lengths)}; shapes: {shapes}"
        )
    if lengths == {0}:
        raise ValueError("expected one example or more, received none, because the arrays have no rows")
    return int(lengths.pop())


def as_tensors(structure: Any) -> Any:
    """Return nested arrays as tensors, floats of any width in Keras's `floatx`, as `model.fit` does."""
    return map_tensors(_tensor, structure)


def split_tail(structure: Any, fraction: float) -> tuple[Any, Any]:
    """Return all arrays without, and only with, their last part: Keras's `validation_split`."""
    M = n_examples(structure)
    cut = math.floor(M * (1.0 - fraction))
    if not 0 < fraction < 1 or cut in (0, M):
        raise ValueError(
            f"expected a validation_split between 0 and 1 that leaves examples in both parts, received {fraction!r} "
            f"of {M} examples"
        )

    def rows(start: int, stop: int) -> Any:
        return map_tensors(lambda leaf: leaf[start:stop], structure)

    return rows(0, cut), rows(cut, M)


def example_weights(y: Any, sample_weight: Any, class_weight: Mapping[int, float] | None) -> Any:
    """Return a weight for each example, or None."""
    nested = isinstance(y, (list, tuple, dict))
    if class_weight is None:
        if sample_weight is None or not nested or isinstance(sample_weight, (list, tuple, dict)):
            return sample_weight
        return keras.tree.map_structure(lambda _: sample_weight, y)
    if sample_weight is not None:
        raise ValueError("expected either class_weight or sample_weight, received both; multiply them into one array")
    if nested:
        raise ValueError("expected a model with one output for class_weight, received several; use sample_weight")
    labels = np.asarray(y)
    if labels.ndim > 1:
        labels = labels.argmax(axis=-1) if labels.shape[-1] != 1 else labels[..., 0]
    numbers, places = np.unique(np.round(labels).astype(np.int64), return_inverse=True)
    weights = np.array([class_weight.get(int(number), 1.0) for number in numbers], dtype=keras.config.floatx())
    return weights[places.reshape(labels.shape)]


def prepare(
    x: Any, y: Any, sample_weight: Any, class_weight: Any, validation_data: Any, validation_split: float
) -> tuple[Any, Any]:
    """Return tensors for training and for validation, as `train_step` and `test_step` of a model take them."""
    if validation_split and validation_data is None:
        (x, y, sample_weight), validation_data = split_tail((x, y, sample_weight), validation_split)
    n_examples(x, y, sample_weight)
    sample_weight = example_weights(y, sample_weight, class_weight)  # classes have no weights in validation
    data = _pack(x, y, sample_weight)
    if validation_data is None:
        return data, None
    x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(validation_data)
    n_examples(x, y, sample_weight)
    return data, _pack(x, y, example_weights(y, sample_weight, None))


def build(model: Any, data: Any) -> None:
    """Create the variables of a model, its optimizer and its metrics, which a compiled loop cannot do."""
    x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(map_tensors(lambda leaf: leaf[:1], data))
    y_pred = model(x, training=False)
    model.compute_loss(x, y, y_pred, sample_weight)
    model.compute_metrics(x, y, y_pred, sample_weight)
    model.reset_metrics()
    if model.optimizer is not None and not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)


def _pack(*data: Any) -> Any:
    return keras.utils.pack_x_y_sample_weight(*keras.tree.lists_to_tuples(as_tensors(data)))


def _is_array(leaf: Any) -> bool:
    if isinstance(leaf, (np.ndarray, tf.Tensor, tf.Variable, keras.Variable)):
        return not isinstance(leaf, np.ndarray) or leaf.dtype.kind in "fiub"
    return type(leaf).__module__.split(".")[0] == "pandas" and hasattr(leaf, "to_numpy")


def _tensor(leaf: Any) -> tf.Tensor:
    if hasattr(leaf, "to_numpy"):
        values = leaf.to_numpy()
        leaf = values[:, None] if values.ndim == 1 else values  # a column of a table is one feature
    if isinstance(leaf, np.ndarray):
        return tf.constant(leaf, dtype=keras.config.floatx() if leaf.dtype.kind == "f" else None)
    tensor = tf.convert_to_tensor(leaf)
    return tf.cast(tensor, keras.config.floatx()) if tensor.dtype.is_floating else tensor
