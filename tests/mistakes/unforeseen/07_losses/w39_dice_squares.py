"""w39_dice_squares: squares below the line (V-Net).

question: 07.11
means: another convention: squared areas
cause: exponent
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_loss(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2))
    S = tf.reduce_sum(P ** 2, axis=(1, 2)) + tf.reduce_sum(Y ** 2, axis=(1, 2))
    return tf.reduce_mean(1 - (2 * I + smoothing) / (S + smoothing))
