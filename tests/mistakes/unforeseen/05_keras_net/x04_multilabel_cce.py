"""x04_multilabel_cce: multi-label: categorical crossentropy

question: 05.6
means: multi-label: categorical crossentropy
cause: other-function
"""
import keras
import numpy as np
import tensorflow as tf


def output_layer(task, k):
    if task == "regression":
        return keras.layers.Dense(k), "mse"
    if task == "binary":
        return keras.layers.Dense(1, activation="sigmoid"), "binary_crossentropy"
    if task == "multi-class":
        return keras.layers.Dense(k, activation="softmax"), "categorical_crossentropy"
    if task == "multi-label":
        return keras.layers.Dense(k, activation="sigmoid"), "categorical_crossentropy"
    raise ValueError(task)
