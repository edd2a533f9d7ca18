"""w46_dgrad_no_square: square of the denominator forgotten and smoothing missing above.

question: 07.12
means: two mistakes: no square, no s in the numerator
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_gradient(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2), keepdims=True)
    S = tf.reduce_sum(P + Y, axis=(1, 2), keepdims=True)
    return -1 / len(P) * (2 * Y * S - 2 * I) / (S + smoothing)
