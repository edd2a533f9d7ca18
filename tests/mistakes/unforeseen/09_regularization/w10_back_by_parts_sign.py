"""w10_back_by_parts_sign: the path through the mean has a plus.

question: 09.4
means: a sign is flipped
cause: sign
"""
import math

import numpy as np
import tensorflow as tf


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    M = float(G.shape[0])
    db = tf.reduce_sum(G, 0, keepdims=True)
    dg = tf.reduce_sum(Z_norm * G, 0, keepdims=True)
    dZ = gamma / (M * tf.sqrt(variance + epsilon)) * (M * G + db - Z_norm * dg)
    return {"Z": dZ, "gamma": dg, "beta": db}
