"""w43_dice_iou: intersection over union instead of Dice.

question: 07.11
means: Jaccard
cause: other-function
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def dice_loss(P, Y, smoothing=1.0):
    I = tf.reduce_sum(P * Y, axis=(1, 2))
    S = tf.reduce_sum(P + Y, axis=(1, 2))
    return tf.reduce_mean(1 - (I + smoothing) / (S - I + smoothing))
