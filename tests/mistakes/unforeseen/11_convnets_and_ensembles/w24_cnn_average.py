"""w24_cnn_average: average pooling.

question: 11.8
means: another pooling
cause: other-function
"""
import math

import keras
import numpy as np
import tensorflow as tf


def build_cnn(shape, filters, k):
    layers = [keras.layers.Input(shape)]
    for n in filters:
        layers += [keras.layers.Conv2D(n, 3, padding="same", activation="relu"), keras.layers.AveragePooling2D(2)]
    return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(k, activation="softmax")])
