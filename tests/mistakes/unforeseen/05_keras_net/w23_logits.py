"""w23_logits: linear layers with from_logits=True losses everywhere; unknown task raises KeyError.

question: 05.6
means: the numerically stable way from the TF docs
cause: missing-activation
"""
import keras
import numpy as np
import tensorflow as tf


def output_layer(task, k):
    losses = {"regression": "mse", "binary": keras.losses.BinaryCrossentropy(from_logits=True),
              "multi-class": keras.losses.CategoricalCrossentropy(from_logits=True),
              "multi-label": keras.losses.BinaryCrossentropy(from_logits=True)}
    return keras.layers.Dense(k), losses[task]
