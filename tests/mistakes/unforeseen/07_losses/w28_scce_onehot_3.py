"""w28_scce_onehot_3: one-hot with depth 3 hard-coded.

question: 07.8
means: hard-coded number of classes
cause: raises
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def sparse_categorical_cross_entropy(Z, labels):
    Y = tf.one_hot(labels, 3)
    return -tf.reduce_mean(tf.reduce_sum(Y * tf.nn.log_softmax(Z), axis=1))
