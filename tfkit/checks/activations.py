"""How large signals are layer by layer: the check that shows a bad start before any training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras
    import pandas

#: Layers that hand on what they receive: their statistics would repeat those of the layer before.
_PASSING = "Dropout Flatten Reshape Permute RepeatVector ZeroPadding1D ZeroPadding2D ZeroPadding3D InputLayer".split()

#: Ends of the activations that have ends.
_ENDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "hard_sigmoid": (0.0, 1.0)}


def activation_statistics(model: keras.Model, x: Any) -> pandas.DataFrame:
    """Return mean, deviation and the share of silent and saturated activations, layer by layer.

    At a good start the deviation stays about the same from layer to layer. If it shrinks towards 0, so do the
    gradients; if it grows, sigmoids and tanhs end at their flat ends. `tfkit.lsuv` gives a start with equal variances,
    and Keras's initialisers `glorot_uniform` (tanh, sigmoid) and `he_normal` (ReLU) come close.

    Example:

    >>> import keras
    >>> layers = [keras.layers.Dense(50, "relu", name=f"h{i}", kernel_initializer="he_normal") for i in range(3)]
    >>> model = keras.Sequential([keras.Input((20,)), *layers])
    >>> frame = activation_statistics(model, np.random.default_rng(0).normal(size=(200, 20)))
    >>> frame["layer"].tolist()
    ['input', 'h0', 'h1', 'h2']
    >>> bool((frame["std"] > 0.3).all())
    True

    Args:
        model: A Sequential or functional Keras model with one input, or a `tfkit.SequentialNet`.
        x: Some hundred examples, scaled as for training, shape `(M, ...)`.

    Returns:
        A frame, indexed by depth (0 is the input), with the columns `layer`, `activation`, `mean`, `std` (over
        examples and units together), `zeros` (share of activations that are exactly 0), `saturated` (share within one
        hundredth of an end of a sigmoid or tanh; NaN for others), and `dead` (share of units with one and the
        same activation for all examples, through which nothing is learned). Dropout is off, and layers that hand on
        what they receive, such as `Flatten`, have no row; a model inside the model has one.

    Raises:
        ValueError: If the model has no inputs or outputs to read, or `x` is empty or not finite.

    Reference:
        Intuition lecture, slides "Activations" and "Initialization"; Glorot and Bengio, 2010, figures 2 to 4.
    """
    import keras
    import pandas

    from tfkit._keras_models import as_batch, check_one_input, check_used_once

    model = model if isinstance(model, keras.Model) else getattr(model, "model", model)
    check_one_input(model)
    inputs = as_batch(x, "x", model.inputs[0].dtype)
    layers = [layer for layer in model.layers if type(layer).__name__ not in _PASSING]
    for layer in layers:
        check_used_once(layer)
    if not layers:
        raise ValueError("expected a model with layers that compute something, such as Dense, received one without")
    reader = keras.Model(model.inputs, [layer.output for layer in layers])
    outputs = reader(inputs, training=False)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    rows = [_row("input", "", np.asarray(inputs))]
    rows += [_row(layer.name, _activation(layer), np.asarray(out)) for layer, out in zip(layers, outputs, strict=True)]
    return pandas.DataFrame(rows, index=pandas.RangeIndex(len(rows), name="depth"))


def _activation(layer: Any) -> str:
    activation = getattr(layer, "activation", None)
    if activation is None:
        return type(layer).__name__.lower() if "relu" in type(layer).__name__.lower() else ""
    return getattr(activation, "__name__", type(activation).__name__)


def _row(name: str, activation: str, values: np.ndarray) -> dict[str, Any]:
    values = values.astype(np.float64)
    low_high = _ENDS.get(activation)
    saturated = np.nan
    if low_high is not None:
        low, high = low_high
        near = 0.01 * (high - low)
        saturated = float(((values <= low + near) | (values >= high - near)).mean())
    # a filter of a convolution is one unit, wherever in the image it is applied
    units = values.reshape(-1, values.shape[-1]) if values.ndim > 2 else values.reshape(len(values), -1)
    return {
        "layer": name,
        "activation": activation,
        "mean": float(values.mean()),
        "std": float(values.std()),
        "zeros": float((values == 0).mean()),
        "saturated": saturated,
        "dead": float((units == units[:1]).all(axis=0).mean()) if len(units) > 1 else np.nan,
    }
