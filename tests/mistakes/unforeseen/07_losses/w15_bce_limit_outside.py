"""w15_bce_limit_outside: limit on the logarithm, not under it.

question: 07.4
means: where/limit outside: slope NaN
cause: not-finite
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def binary_cross_entropy(P, Y):
    yes = tf.maximum(tf.math.log(P), math.log(EPSILON))
    no = tf.maximum(tf.math.log(1 - P), math.log(EPSILON))
    return -tf.reduce_mean(tf.reduce_sum(Y * yes + (1 - Y) * no, axis=1))
