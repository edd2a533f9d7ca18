"""w24_cce_log_softmax_twice: softmax applied before log_softmax.

question: 07.7
means: softmax twice
cause: extra-activation
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def categorical_cross_entropy(Z, Y):
    P = tf.nn.softmax(Z)
    return -tf.reduce_mean(tf.reduce_sum(Y * tf.nn.log_softmax(P), axis=1))
