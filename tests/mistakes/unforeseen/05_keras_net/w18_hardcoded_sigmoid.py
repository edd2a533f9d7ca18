"""w18_hardcoded_sigmoid: activation ignored, and units[1:] after a first layer of n units.

question: 05.5
means: hard-coded activation, extra layer
cause: other-activation
"""
import keras
import numpy as np
import tensorflow as tf


def build_deep_model(n, units, k, activation="sigmoid"):
    model = keras.Sequential()
    model.add(keras.Input((n,)))
    for u in units[:-1]:
        model.add(keras.layers.Dense(u, activation="sigmoid"))
    model.add(keras.layers.Dense(units[-1], activation="sigmoid"))
    model.add(keras.layers.Dense(k))
    return model
