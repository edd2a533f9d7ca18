"""w04_mse_numpy: computes with NumPy so the tape finds no gradient.

question: 07.1
means: numpy instead of tf: no gradient
cause: off-the-tape
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def mse(Y_hat, Y):
    d = np.asarray(Y_hat) - np.asarray(Y)
    return tf.constant(np.mean(np.sum(d ** 2, axis=1)))
