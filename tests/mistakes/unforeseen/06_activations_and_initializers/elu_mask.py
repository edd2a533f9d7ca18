"""elu_mask: mask multiplication instead of where: inf*0 = NaN at 1000.

question: 06.5
means: 0 times infinity
cause: not-finite
"""
import math

import keras
import numpy as np
import tensorflow as tf


def elu(Z, alpha):
    pos = tf.cast(Z > 0, Z.dtype)
    H = pos * Z + (1 - pos) * alpha * (tf.exp(Z) - 1)
    return H, pos + (1 - pos) * alpha * tf.exp(Z)
