"""w12_back_gamma_in_dgamma: gamma is multiplied into its own gradient.

question: 09.4
means: a factor too many
cause: doubled-factor, extra-term
"""
import math

import numpy as np
import tensorflow as tf


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    d = G * gamma
    dg = tf.reduce_sum(d * Z_norm, 0, keepdims=True)
    dZ = (d - tf.reduce_mean(d, 0, keepdims=True) - Z_norm * dg / len(G)) / tf.sqrt(variance + epsilon)
    return {"Z": dZ, "gamma": dg, "beta": tf.reduce_sum(G, 0, keepdims=True)}
