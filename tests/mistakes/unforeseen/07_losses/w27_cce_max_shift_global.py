"""w27_cce_max_shift_global: subtracts the largest logit of the whole batch and takes log of a sum.

question: 07.7
means: global max, underflows to log 0
cause: not-finite
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def categorical_cross_entropy(Z, Y):
    Z = Z - tf.reduce_max(Z)
    log_p = Z - tf.math.log(tf.reduce_sum(tf.exp(Z), axis=1, keepdims=True))
    return -tf.reduce_mean(tf.reduce_sum(Y * log_p, axis=1))
