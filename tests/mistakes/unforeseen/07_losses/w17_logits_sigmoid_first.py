"""w17_logits_sigmoid_first: sigmoid first, then the loss of 07.4.

question: 07.5
means: certain and wrong gets no slope
cause: clipped
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def binary_cross_entropy_from_logits(Z, Y):
    P = tf.sigmoid(Z)
    yes = tf.math.log(tf.maximum(P, EPSILON))
    no = tf.math.log(tf.maximum(1 - P, EPSILON))
    return -tf.reduce_mean(tf.reduce_sum(Y * yes + (1 - Y) * no, axis=1))
