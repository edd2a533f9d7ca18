"""x01_fromlogits: binary: from_logits=True after a sigmoid

question: 05.6
means: binary: from_logits=True after a sigmoid
cause: other-function
"""
import keras
import numpy as np
import tensorflow as tf


def output_layer(task, k):
    if task == "regression":
        return keras.layers.Dense(k), "mse"
    if task == "binary":
        return keras.layers.Dense(1, activation="sigmoid"), keras.losses.BinaryCrossentropy(from_logits=True)
    if task == "multi-class":
        return keras.layers.Dense(k, activation="softmax"), "categorical_crossentropy"
    if task == "multi-label":
        return keras.layers.Dense(k, activation="sigmoid"), "binary_crossentropy"
    raise ValueError(task)
