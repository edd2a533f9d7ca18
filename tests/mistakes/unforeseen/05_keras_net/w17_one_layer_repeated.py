"""w17_one_layer_repeated: one Dense object reused by list multiplication; output has the activation too.

question: 05.5
means: one object several times
cause: raises
"""
import keras
import numpy as np
import tensorflow as tf


def build_deep_model(n, units, k, activation="sigmoid"):
    layers = [keras.Input((n,))]
    layers += [keras.layers.Dense(units[0], activation=activation)] * len(units)
    layers.append(keras.layers.Dense(k))
    return keras.Sequential(layers)
