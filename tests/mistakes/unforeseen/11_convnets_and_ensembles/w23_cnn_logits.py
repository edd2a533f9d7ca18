"""w23_cnn_logits: no softmax, as from_logits is usual.

question: 11.8
means: from_logits
cause: missing-activation
"""
import math

import keras
import numpy as np
import tensorflow as tf


def build_cnn(shape, filters, k):
    layers = [keras.layers.Input(shape)]
    for n in filters:
        layers += [keras.layers.Conv2D(n, 3, padding="same", activation="relu"), keras.layers.MaxPool2D()]
    return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(k)])
