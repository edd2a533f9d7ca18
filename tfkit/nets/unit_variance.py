"""A start at which every layer passes on signals of one size: layer-sequential unit variance."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np

from tfkit._arguments import Seed, check_positive, check_positive_integer, generator
from tfkit._keras_models import check_one_input, check_used_once
from tfkit.nets.layers import Maxout

_LAYERS = (
    keras.layers.Dense,
    keras.layers.Conv1D,
    keras.layers.Conv2D,
    keras.layers.Conv3D,
    keras.layers.Conv2DTranspose,
    Maxout,
)


def lsuv(
    model: keras.Model,
    batch: Any,
    *,
    seed: Seed,
    tolerance: float = 0.01,
    iterations: int = 10,
) -> dict[str, float]:
    """Give the model orthogonal weights, scaled so that each layer's pre-activations have variance 1 on `batch`.

    Layers are done in order, from the inputs on: a layer's inputs are final when its turn comes. A kernel is
    divided by the standard deviation (not the variance) of what the layer computes *before* its activation,
    over examples, positions and units together, until that is 1 within the tolerance. Biases become 0. The
    mean is left as it is. All `Dense`, `Conv` and `Maxout` layers are set, other layers keep their weights,
    dropout is off, and batch normalisation works with its moving statistics, as at inference.

    Keras has the orthogonal start alone, `keras.initializers.Orthogonal(gain=...)`.

    Example:

    >>> layers = [keras.layers.Dense(16, "tanh") for _ in range(3)]
    >>> model = keras.Sequential([keras.Input((8,)), *layers])
    >>> batch = np.random.default_rng(0).normal(size=(64, 8))
    >>> [round(variance, 3) for variance in lsuv(model, batch, seed=0).values()]
    [1.0, 1.0, 1.0]

    Args:
        model: A Sequential or functional model that has its weights; changed in place.
        batch: Some hundred *training* examples, shape `(M, ...)`, scaled as for training.
        seed: An integer or a `numpy.random.Generator`; each layer draws its own weights.
        tolerance: How far from 1 a variance may stay.
        iterations: Divisions per layer at most.

    Returns:
        A dict from layers' names to the variances reached, in the order of the layers.

    Raises:
        ValueError: If the model has no weights yet, no layer to set, a model inside with layers to set, or a
            layer used twice; if a layer's inputs on this batch are all 0, or a variance is not finite.

    Reference:
        Mishkin and Matas, "All you need is a good init", 2016, algorithm 1; Saxe, McClelland and Ganguli,
        "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014.
    """
    check_positive_integer("iterations", iterations)
    check_positive("tolerance", tolerance)
    layers = _layers_to_set(model)
    array = np.asarray(batch)
    if array.ndim < 2 or len(array) < 2 or not np.isfinite(array).all():
        raise ValueError(f"expected a batch of two finite examples or more, received shape {array.shape}")
    rng = generator(seed)
    reached = {}
    for layer in layers:
        initializer = keras.initializers.Orthogonal(seed=int(rng.integers(2**31)))
        layer.kernel.assign(initializer(layer.kernel.shape, dtype=layer.kernel.dtype))
        if layer.bias is not None:
            layer.bias.assign(keras.ops.zeros_like(layer.bias))
        inputs = keras.Model(model.inputs[0], layer.input)(array, training=False)
        reached[layer.name] = _scale(layer, inputs, tolerance, iterations)
    return reached


def _scale(layer: Any, inputs: Any, tolerance: float, iterations: int) -> float:
    """Divide the kernel by the pre-activations' deviation until their variance is 1; return the variance."""
    variance = _variance(layer, inputs)
    for _ in range(iterations):
        if abs(variance - 1) <= tolerance:
            break
        if not (math.isfinite(variance) and variance > 0):
            raise ValueError(
                f"expected pre-activations that vary in layer {layer.name!r}, received variance {variance}; "
                "is the batch all zeros, or not scaled?"
            )
        layer.kernel.assign(layer.kernel / math.sqrt(variance))
        variance = _variance(layer, inputs)
    return variance


def _variance(layer: Any, inputs: Any) -> float:
    if isinstance(layer, Maxout):
        outputs = layer.pre_activation(inputs)
    else:
        activation, layer.activation = layer.activation, keras.activations.linear
        try:
            outputs = layer.call(inputs)
        finally:
            layer.activation = activation
    return float(np.var(keras.ops.convert_to_numpy(outputs), dtype=np.float64))


def _layers_to_set(model: Any) -> list[Any]:
    check_one_input(model)
    layers = []
    for layer in model.layers:
        if isinstance(layer, keras.Model) and any(isinstance(inner, _LAYERS) for inner in layer.layers):
            raise ValueError(
                f"expected layers, received the model {layer.name!r} inside the model; call lsuv on that one too"
            )
        if isinstance(layer, _LAYERS):
            check_used_once(layer)
            layers.append(layer)
    if not layers:
        raise ValueError("expected a model with Dense, Conv or Maxout layers, received one without")
    return layers
