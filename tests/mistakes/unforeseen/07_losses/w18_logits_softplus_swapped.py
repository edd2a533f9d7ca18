"""w18_logits_softplus_swapped: softplus(z) and softplus(-z) swapped.

question: 07.5
means: labels swapped
cause: weights-swapped
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def binary_cross_entropy_from_logits(Z, Y):
    return tf.reduce_mean(tf.reduce_sum(Y * tf.nn.softplus(Z) + (1 - Y) * tf.nn.softplus(-Z), axis=1))
