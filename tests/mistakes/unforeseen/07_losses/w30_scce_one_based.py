"""w30_scce_one_based: labels taken as 1-based.

question: 07.8
means: off by one
cause: off-by-one
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def sparse_categorical_cross_entropy(Z, labels):
    Y = tf.one_hot(labels - 1, tf.shape(Z)[1], dtype=Z.dtype)
    return -tf.reduce_mean(tf.reduce_sum(Y * tf.nn.log_softmax(Z), axis=1))
