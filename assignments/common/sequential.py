"""Sequential models of Dense layers, described here and built in the process of the submission."""

import json

import numpy as np

from autograder.testing import Remote


def _softmax(Z):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


ACTIVATIONS = {
    "linear": lambda Z: Z,
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    "tanh": np.tanh,
    "relu": lambda Z: np.maximum(Z, 0),
    "softmax": _softmax,
}


def builder(n, layers, bias=True, **compiled):
    """A function without arguments that builds a model of n features; `layers` are (units, activation, initializer).

    It is compiled where a loss and an optimizer are given, as Keras describes them.
    """
    told = [{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, n]}}]
    for units, activation, start in layers:
        initializer = {"module": "keras.initializers", "class_name": start, "config": {}}
        config = {"units": units, "activation": activation, "use_bias": bias, "kernel_initializer": initializer}
        told.append({"module": "keras.layers", "class_name": "Dense", "config": config})
    model = {"module": "keras", "class_name": "Sequential", "config": {"name": "given", "layers": told}}
    if compiled:
        model["compile_config"] = {**compiled, "jit_compile": False}
    keras = Remote("importlib.import_module", "keras")
    build = Remote("operator.attrgetter", "models.model_from_json").then("__call__", keras)
    return Remote("functools.partial", build, json.dumps(model))


def optimizer(name, learning_rate):
    """An optimizer of Keras, as a part of what is described."""
    return {"module": "keras.optimizers", "class_name": name, "config": {"learning_rate": learning_rate}}


def outputs_of(X, weights, activations):
    """What a network computes, in float64."""
    H = np.asarray(X, np.float64)
    for W, b, name in zip(weights[::2], weights[1::2], activations, strict=True):
        H = ACTIVATIONS[name](H @ W + b)
    return H
