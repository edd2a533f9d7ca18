"""w11_back_no_keepdims: the gradients of scale and shift are vectors.

question: 09.4
means: vectors where rows belong
cause: shape, keepdims
"""
import math

import numpy as np
import tensorflow as tf


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    db, dg = tf.reduce_sum(G, 0), tf.reduce_sum(Z_norm * G, 0)
    dZ = gamma / tf.sqrt(variance + epsilon) * (G - db / len(G) - Z_norm * dg / len(G))
    return {"Z": dZ, "gamma": dg, "beta": db}
