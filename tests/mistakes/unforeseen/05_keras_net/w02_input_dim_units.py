"""w02_input_dim_units: n is given as units of a first Dense, input size is left out, so the model is not built.

question: 05.1
means: misread Dense's first argument
cause: missing-step
"""
import keras
import numpy as np
import tensorflow as tf


def build_model(n, h, k):
    model = keras.Sequential([
        keras.layers.Dense(n),
        keras.layers.Dense(h, activation="sigmoid"),
        keras.layers.Dense(k),
    ])
    return model
