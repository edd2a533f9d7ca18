"""w23_weighted_summed_weights: weights averaged over the labels: the same pair for all.

question: 07.6
means: one pair of weights for all labels
cause: wrong-value
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    p, n = tf.reduce_mean(positive), tf.reduce_mean(negative)
    loss = p * Y * tf.nn.softplus(-Z) + n * (1 - Y) * tf.nn.softplus(Z)
    return tf.reduce_mean(tf.reduce_sum(loss, axis=1))
