"""z13_forward_all_entries: forgets the axis, so all units share one mean and one variance; with one unit it is right.

question: 09.3
means: mean over all entries, not per unit
cause: axis
"""

import tensorflow as tf


def batchnorm_forward(Z, gamma, beta, epsilon):
    mean = tf.reduce_mean(Z, keepdims=True)
    variance = tf.reduce_mean(tf.square(Z - mean), keepdims=True)
    Z_norm = (Z - mean) / tf.sqrt(variance + epsilon)
    return gamma * Z_norm + beta, Z_norm, mean, variance
