"""w25_cce_axis0: log_softmax along axis 0 (over the examples).

question: 07.7
means: wrong axis
cause: axis
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def categorical_cross_entropy(Z, Y):
    return -tf.reduce_mean(tf.reduce_sum(Y * tf.nn.log_softmax(Z, axis=0), axis=1))
