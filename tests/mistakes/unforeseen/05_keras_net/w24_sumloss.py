"""w24_sumloss: regression with own sum loss from 05.3, relu on the regression layer.

question: 05.6
means: loss of 05.3 copied; prices are positive so relu
cause: extra-activation
"""
import keras
import numpy as np
import tensorflow as tf


def output_layer(task, k):
    def squared(Y, Y_hat):
        return tf.reduce_sum((Y - Y_hat) ** 2, axis=-1)

    match task:
        case "regression":
            return keras.layers.Dense(k, activation="relu"), squared
        case "binary":
            return keras.layers.Dense(k, activation="sigmoid"), "binary_crossentropy"
        case "multi-class":
            return keras.layers.Dense(k, activation="softmax"), "categorical_crossentropy"
        case "multi-label":
            return keras.layers.Dense(k, activation="sigmoid"), "binary_crossentropy"
        case _:
            raise ValueError(task)
