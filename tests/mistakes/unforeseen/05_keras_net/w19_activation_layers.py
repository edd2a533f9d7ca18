"""w19_activation_layers: activations as layers of their own.

question: 05.5
means: separate Activation layers (the doc wants Dense layers only)
cause: extra-activation
"""
import keras
import numpy as np
import tensorflow as tf


def build_deep_model(n, units, k, activation="sigmoid"):
    model = keras.Sequential([keras.Input((n,))])
    for u in units:
        model.add(keras.layers.Dense(u))
        model.add(keras.layers.Activation(activation))
    model.add(keras.layers.Dense(k, activation=activation))
    return model
