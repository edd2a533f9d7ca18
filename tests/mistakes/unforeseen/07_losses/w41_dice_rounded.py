"""w41_dice_rounded: rounds the probabilities first.

question: 07.11
means: rounding: no gradient
cause: off-the-tape
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_loss(P, Y, smoothing=1.0):
    P = tf.round(P)
    I = tf.reduce_sum(P * Y, axis=(1, 2))
    S = tf.reduce_sum(P + Y, axis=(1, 2))
    return tf.reduce_mean(1 - (2 * I + smoothing) / (S + smoothing))
