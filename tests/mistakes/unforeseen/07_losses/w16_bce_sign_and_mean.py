"""w16_bce_sign_and_mean: minus sign forgotten and mean over everything.

question: 07.4
means: two mistakes: sign, mean over outputs
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def binary_cross_entropy(P, Y):
    P = tf.clip_by_value(P, EPSILON, 1 - EPSILON)
    return tf.reduce_mean(Y * tf.math.log(P) + (1 - Y) * tf.math.log(1 - P))
