"""w45_dgrad_sign_num: plus instead of minus in the quotient rule.

question: 07.12
means: sign of the second term
cause: sign
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_gradient(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2), keepdims=True)
    S = tf.reduce_sum(P + Y, axis=(1, 2), keepdims=True)
    return -1 / len(P) * (2 * Y * (S + smoothing) + (2 * I + smoothing)) / (S + smoothing) ** 2
