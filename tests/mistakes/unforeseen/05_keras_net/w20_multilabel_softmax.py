"""w20_multilabel_softmax: multi-label gets softmax and categorical crossentropy.

question: 05.6
means: multi-label confused with multi-class
cause: other-activation
"""
import keras
import numpy as np
import tensorflow as tf


def output_layer(task, k):
    if task == "regression":
        return keras.layers.Dense(k), "mse"
    elif task == "binary":
        return keras.layers.Dense(1, activation="sigmoid"), "binary_crossentropy"
    elif task in ("multi-class", "multi-label"):
        return keras.layers.Dense(k, activation="softmax"), "categorical_crossentropy"
    else:
        raise ValueError("unknown task")
