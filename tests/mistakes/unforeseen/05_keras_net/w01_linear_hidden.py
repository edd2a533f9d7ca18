"""w01_linear_hidden: the hidden layer has no activation.

question: 05.1
means: forgotten activation
cause: missing-activation
"""
import keras
import numpy as np
import tensorflow as tf


def build_model(n, h, k):
    model = keras.Sequential()
    model.add(keras.Input(shape=(n,)))
    model.add(keras.layers.Dense(h))
    model.add(keras.layers.Dense(k))
    return model
