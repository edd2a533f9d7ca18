"""w22_cnn_valid: convolutions without padding.

question: 11.8
means: the default of Keras
cause: shape, flag
"""
import math

import keras
import numpy as np
import tensorflow as tf


def build_cnn(shape, filters, k):
    model = keras.Sequential([keras.Input(shape)])
    for n in filters:
        model.add(keras.layers.Conv2D(n, (3, 3), activation="relu"))
        model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(k, activation="softmax"))
    return model
