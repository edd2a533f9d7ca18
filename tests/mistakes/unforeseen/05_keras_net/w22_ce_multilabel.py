"""w22_ce_multilabel: multi-label: sigmoid with categorical crossentropy; regression: mae.

question: 05.6
means: losses mixed up
cause: other-function
"""
import keras
import numpy as np
import tensorflow as tf


def output_layer(task, k):
    losses = {"regression": "mae", "binary": "binary_crossentropy",
              "multi-class": "categorical_crossentropy", "multi-label": "categorical_crossentropy"}
    activations = {"regression": None, "binary": "sigmoid", "multi-class": "softmax", "multi-label": "sigmoid"}
    if task not in losses:
        raise ValueError(task)
    return keras.layers.Dense(k, activation=activations[task]), losses[task]
