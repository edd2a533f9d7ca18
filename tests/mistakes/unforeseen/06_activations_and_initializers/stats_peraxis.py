"""stats_peraxis: mean of column means is fine, std = mean of column stds.

question: 06.13
means: std per unit averaged
cause: axis
"""
import math

import keras
import numpy as np
import tensorflow as tf


def activation_statistics(model, X):
    mean, std = [float(tf.reduce_mean(X))], [float(tf.reduce_mean(tf.math.reduce_std(X, axis=0)))]
    H = X
    for layer in model.layers:
        H = layer(H)
        mean.append(float(tf.reduce_mean(H)))
        std.append(float(tf.reduce_mean(tf.math.reduce_std(H, axis=0))))
    return {"mean": mean, "std": std}
