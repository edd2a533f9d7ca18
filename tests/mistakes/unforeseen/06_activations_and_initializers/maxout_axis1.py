"""maxout_axis1: max over units (axis 1) instead of pieces.

question: 06.6
means: wrong axis
cause: axis
"""
import math

import keras
import numpy as np
import tensorflow as tf


def maxout(Z):
    H = tf.reduce_max(Z, axis=1)
    return H, tf.one_hot(tf.argmax(Z, axis=1), Z.shape[1], axis=1, dtype=Z.dtype)
