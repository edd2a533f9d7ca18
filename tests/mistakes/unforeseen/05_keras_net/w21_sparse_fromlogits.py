"""w21_sparse_fromlogits: sparse loss for multi-class, from_logits=True with a sigmoid for binary, returns an error instead of raising.

question: 05.6
means: three web copies at once
cause: other-function
"""
import keras
import numpy as np
import tensorflow as tf


def output_layer(task, k):
    if task == "regression":
        return keras.layers.Dense(k, activation="linear"), "mean_squared_error"
    if task == "binary":
        return keras.layers.Dense(1, activation="sigmoid"), keras.losses.BinaryCrossentropy(from_logits=True)
    if task == "multi-class":
        return keras.layers.Dense(k, activation="softmax"), "sparse_categorical_crossentropy"
    if task == "multi-label":
        return keras.layers.Dense(k, activation="sigmoid"), "binary_crossentropy"
    return ValueError("unknown task: " + task)
