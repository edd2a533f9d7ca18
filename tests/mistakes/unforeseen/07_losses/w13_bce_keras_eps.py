"""w13_bce_keras_eps: adds 1e-7 inside the logarithm, as Keras does.

question: 07.4
means: another epsilon, added rather than a limit
cause: epsilon
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def binary_cross_entropy(P, Y):
    eps = 1e-7
    bce = Y * tf.math.log(P + eps) + (1 - Y) * tf.math.log(1 - P + eps)
    return -tf.reduce_mean(tf.reduce_sum(bce, axis=1))
