"""stats_fromX: each layer gets X anew through zip; forgets the data entry.

question: 06.13
means: first entry missing
cause: shape
"""
import math

import keras
import numpy as np
import tensorflow as tf


def activation_statistics(model, X):
    mean, std = [], []
    H = X
    for layer in model.layers:
        mean.append(float(tf.reduce_mean(H)))
        std.append(float(tf.math.reduce_std(H)))
        H = layer(H)
    return {"mean": mean, "std": std}
