"""What decides the program that trains a model, beside its weights: two models of one structure share one program."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import keras
import tensorflow as tf

#: Layers whose computation follows from their settings and their variables alone.
_LAYERS = (
    "Activation Add Average AveragePooling1D AveragePooling2D BatchNormalization Concatenate Conv1D Conv2D Dense "
    "DepthwiseConv2D Dropout ELU Embedding Flatten GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D "
    "GlobalMaxPooling1D GlobalMaxPooling2D InputLayer LayerNormalization LeakyReLU MaxPooling1D MaxPooling2D Multiply "
    "PReLU ReLU Rescaling Reshape SeparableConv2D Softmax SpatialDropout2D UpSampling2D ZeroPadding2D"
)
_KNOWN = {getattr(keras.layers, name) for name in _LAYERS.split()}
_HOOKS = {"call", "compute_loss", "compute_metrics", "train_step", "test_step"}


class _Other(Exception):
    """Something of the user's own, of which nobody knows what it computes."""


def variables_of(model: Any) -> list[Any]:
    """Return all variables that training reads or writes, in an order that is the same for models of one structure."""
    found = [*model.variables, *(one for metric in model.metrics for one in metric.variables)]
    return list({id(one): one for one in [*found, *model.optimizer.variables]}.values())


def structure_of(model: Any) -> Hashable | None:
    """Return what decides the program of a built, compiled model, or None if it holds anything of the user's own."""
    # what lies in variables is no part of it: weights, the learning rate, the state of optimizer and dropout
    try:
        trained = {id(one): place for place, one in enumerate(model.trainable_variables)}
        return (
            _layer(model),
            _optimizer(model.optimizer),
            _losses(model),
            tuple((type(metric).__name__, _metrics(metric)) for metric in model.metrics),
            tuple(_variable(one, trained) for one in variables_of(model)),
            tuple(trained[id(one)] for one in model.optimizer._trainable_variables),
            (keras.config.floatx(), keras.config.epsilon(), keras.config.image_data_format()),
            tf.config.functions_run_eagerly(),
        )
    except (_Other, AttributeError, KeyError):
        return None


def _layer(layer: Any) -> Hashable:
    """Describe a layer, or a model of layers, without the names."""
    _check_stock(layer)
    if type(layer) is keras.Sequential:
        return "Sequential", layer.trainable, tuple(_layer(one) for one in layer.layers)
    if isinstance(layer, keras.Model):
        return _functional(layer)
    if type(layer) not in _KNOWN:
        raise _Other
    config = {
        name: value
        for name, value in layer.get_config().items()
        if name not in ("name", "seed") and not name.endswith("_initializer")
    }
    functions = {name: value for name, value in vars(layer).items() if hasattr(value, "__qualname__")}
    return type(layer).__name__, _told(config), _told(functions)


def _functional(model: Any) -> Hashable:
    """Describe a functional model by its layers and who follows whom."""
    config = model.get_config()
    named = [one["config"]["name"] for one in config["layers"]]
    if type(model).__name__ != "Functional" or [one.name for one in model.layers] != named:
        raise _Other  # a class of the user's own, or a step that is an operation and no layer
    places = {one.name: place for place, one in enumerate(model.layers)}

    def rename(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            if len(value) == 3 and value[0] in places and isinstance(value[1], int):
                return (places[value[0]], *value[1:])
            return tuple(map(rename, value))
        if isinstance(value, dict):
            return {name: rename(one) for name, one in value.items() if name != "name"}
        return value

    edges = [one["inbound_nodes"] for one in config["layers"]] + [config["input_layers"], config["output_layers"]]
    return "Functional", model.trainable, tuple(_layer(one) for one in model.layers), _told(rename(edges))


def _optimizer(optimizer: Any) -> Hashable:
    _check_stock(optimizer)
    rate = optimizer._learning_rate
    config = {name: value for name, value in optimizer.get_config().items() if name not in ("name", "learning_rate")}
    if getattr(optimizer, "_exclude_from_weight_decay", None):
        raise _Other
    return type(optimizer).__name__, _told(config), None if isinstance(rate, keras.Variable) else _told(rate)


def _losses(model: Any) -> Hashable:
    loss = model._compile_loss
    return loss and tuple((_told(path), _told(one), _told(weight)) for path, one, weight, _ in loss._flat_losses)


def _metrics(metric: Any) -> Hashable:
    """Describe a metric, or those of a compiled model."""
    if not hasattr(metric, "_flat_metrics"):
        return _told(metric)
    groups = (metric._flat_metrics, metric._flat_weighted_metrics)
    return tuple(
        tuple(one and (one.output_name, tuple(_told(own) for own in one.metrics)) for one in group) for group in groups
    )


def _variable(variable: Any, trained: dict[int, int]) -> Hashable:
    own = (getattr(variable, "constraint", None), getattr(variable, "regularizer", None))
    return tuple(variable.shape), variable.dtype, trained.get(id(variable)), _told(own)


def _told(value: Any) -> Hashable:
    """Describe a setting: equal descriptions mean equal computations."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return type(value).__name__, value
    if isinstance(value, (list, tuple)):
        return tuple(map(_told, value))
    if isinstance(value, dict):
        return tuple(sorted((str(name), _told(one)) for name, one in value.items()))
    _check_stock(value)
    if hasattr(value, "__qualname__"):
        return value.__module__, value.__qualname__
    if hasattr(value, "get_config"):
        return type(value).__name__, _told(value.get_config())
    raise _Other


def _check_stock(value: Any) -> None:
    """Raise `_Other` if an object is not Keras's own, or holds a function or an object that is not."""
    held: list[Callable[..., Any]] = [one for one in getattr(value, "__dict__", {}).values() if callable(one)]
    for one in [value, *held]:
        module = one.__module__ if hasattr(one, "__qualname__") else type(one).__module__
        if not str(module).startswith(("keras.", "tensorflow.")):
            raise _Other
    if _HOOKS & getattr(value, "__dict__", {}).keys():
        raise _Other
