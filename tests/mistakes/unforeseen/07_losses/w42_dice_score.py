"""w42_dice_score: gives the Dice coefficient, not 1 minus it.

question: 07.11
means: 1 - forgotten
cause: complement
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_loss(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2))
    S = tf.reduce_sum(P + Y, axis=(1, 2))
    return tf.reduce_mean((2 * I + smoothing) / (S + smoothing))
