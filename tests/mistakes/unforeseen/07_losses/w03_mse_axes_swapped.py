"""w03_mse_axes_swapped: mean over axis 1, sum over axis 0.

question: 07.1
means: wrong axes
cause: wrong-count
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def mse(Y_hat, Y):
    return tf.reduce_sum(tf.reduce_mean((Y_hat - Y) ** 2, axis=1), axis=0)
