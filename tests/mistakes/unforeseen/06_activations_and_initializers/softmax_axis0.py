"""softmax_axis0: softmax over examples (axis 0), with global max subtraction.

question: 06.7
means: wrong axis
cause: axis
"""
import math

import keras
import numpy as np
import tensorflow as tf


def softmax(Z):
    E = tf.exp(Z - tf.reduce_max(Z, axis=0, keepdims=True))
    P = E / tf.reduce_sum(E, axis=0, keepdims=True)
    return P, P[:, :, None] * (tf.eye(Z.shape[1], dtype=Z.dtype) - P[:, None, :])
