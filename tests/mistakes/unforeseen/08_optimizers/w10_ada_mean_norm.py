"""w10_ada_mean_norm: one sum for the whole weight instead of one for each entry.

question: 08.4
means: reduce_sum of the squares
cause: extra-function, normalised, axis, other-function, shape
"""
import math

import numpy as np
import tensorflow as tf


def adagrad(w, g, state, learning_rate, epsilon):
    s = {k: state[k] + tf.reduce_sum(g[k] ** 2) for k in w}
    return {k: w[k] - learning_rate * g[k] / (tf.sqrt(s[k]) + epsilon) for k in w}, s
