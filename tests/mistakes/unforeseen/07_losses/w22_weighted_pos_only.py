"""w22_weighted_pos_only: pos_weight as in tf.nn.weighted_cross_entropy_with_logits: the ratio of weights.

question: 07.6
means: negative weight left out
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def weighted_binary_cross_entropy(Z, Y, positive, negative):
    loss = positive / negative * Y * tf.nn.softplus(-Z) + (1 - Y) * tf.nn.softplus(Z)
    return tf.reduce_mean(tf.reduce_sum(loss, axis=1))
