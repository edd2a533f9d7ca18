"""w44_dgrad_no_M: the 1/M is forgotten.

question: 07.12
means: gradient of the sum over images
cause: missing-mean
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_gradient(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2), keepdims=True)
    S = tf.reduce_sum(P + Y, axis=(1, 2), keepdims=True)
    return -(2 * Y * (S + smoothing) - (2 * I + smoothing)) / (S + smoothing) ** 2
