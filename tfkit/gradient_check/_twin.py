"""A copy of a Keras model that computes in float64."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def float64_twin(model: keras.Model) -> keras.Model:
    """Return a copy of a Keras model that computes in float64, with the same weights."""
    # Setting `floatx`, or casting the inputs, does not do it: every layer has a type of its own, given when it was
    # made, and converts what it receives.
    if model.built and not getattr(model, "inputs", None):
        raise ValueError(
            f"expected a Sequential or functional model, received the subclassed {type(model).__name__}, which cannot "
            "be cloned; build it with layers of dtype='float64' and check its loss with check_gradients"
        )
    if not model.built:
        raise ValueError("expected a model with weights; begin a Sequential model with keras.Input, or call it once")

    def in_float64(layer: Any) -> Any:
        if isinstance(layer, keras.Model):
            return float64_twin(layer)
        twin = type(layer).from_config({**layer.get_config(), "dtype": "float64"})
        twin.trainable = layer.trainable
        return twin

    def input_in_float64(tensor: Any) -> Any:
        # a model inside the model would round what it receives to its inputs' type
        dtype = "float64" if keras.backend.is_float_dtype(tensor.dtype) else tensor.dtype
        return keras.Input(batch_shape=tensor.shape, dtype=dtype, name=tensor.name)

    try:
        structure = model.inputs if isinstance(model, keras.Sequential) else model.input
        inputs = keras.tree.map_structure(input_in_float64, structure)
        twin = keras.models.clone_model(model, input_tensors=inputs, clone_function=in_float64)
        twin.trainable = model.trainable if not model.trainable else twin.trainable
        twin.set_weights([np.asarray(weight, np.float64) for weight in model.get_weights()])
    except Exception as error:
        raise ValueError(
            f"expected a Sequential or functional model whose layers can be rebuilt from get_config(), but cloning "
            f"{model.name!r} in float64 failed: {type(error).__name__}: {str(error).splitlines()[0]}; write a "
            "get_config for your own layer, or check its function with check_gradients"
        ) from error
    return twin
