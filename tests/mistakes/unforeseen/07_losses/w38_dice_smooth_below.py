"""w38_dice_smooth_below: smoothing below alone, as Keras.

question: 07.11
means: smoothing missing above
cause: missing-term
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_loss(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2))
    S = tf.reduce_sum(P, axis=(1, 2)) + tf.reduce_sum(Y, axis=(1, 2))
    return tf.reduce_mean(1 - 2 * I / (S + smoothing))
