"""w40_dice_smoothing_one: writes 1 where the smoothing belongs.

question: 07.11
means: argument smoothing ignored
cause: hard-coded
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_loss(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2))
    S = tf.reduce_sum(P + Y, axis=(1, 2))
    return tf.reduce_mean(1 - (2 * I + 1) / (S + 1))
