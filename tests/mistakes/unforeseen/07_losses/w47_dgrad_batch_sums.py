"""w47_dgrad_batch_sums: sums over the whole batch.

question: 07.12
means: I and S over all images
cause: axis
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_gradient(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y)
    S = tf.reduce_sum(P + Y)
    return -1 / len(P) * (2 * Y * (S + smoothing) - (2 * I + smoothing)) / (S + smoothing) ** 2
