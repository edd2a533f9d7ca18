"""softmax_sign: outer product minus diag (sign flipped).

question: 06.7
means: sign
cause: sign
"""
import math

import keras
import numpy as np
import tensorflow as tf


def softmax(Z):
    P = tf.nn.softmax(Z)
    return P, P[:, :, None] * P[:, None, :] - tf.linalg.diag(P)
