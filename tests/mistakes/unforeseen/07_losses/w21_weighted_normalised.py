"""w21_weighted_normalised: divides by the sum of the weights (weighted mean).

question: 07.6
means: normalised by weights
cause: normalised
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    w = positive * Y + negative * (1 - Y)
    loss = Y * tf.nn.softplus(-Z) + (1 - Y) * tf.nn.softplus(Z)
    return tf.reduce_sum(w * loss) / tf.reduce_sum(w)
