"""w29_scce_gather_nobatch: gather without batch_dims along axis 1.

question: 07.8
means: takes every label's column from every row
cause: broadcast
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def sparse_categorical_cross_entropy(Z, labels):
    log_p = tf.nn.log_softmax(Z)
    return -tf.reduce_mean(tf.gather(log_p, labels, axis=1))
