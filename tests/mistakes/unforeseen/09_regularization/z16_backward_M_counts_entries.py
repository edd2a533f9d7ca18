"""z16_backward_M_counts_entries: takes tf.size for the number of examples, which is right for a layer of one unit.

question: 09.4
means: M counts all entries, not examples
cause: wrong-count
"""

import tensorflow as tf


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    M = tf.cast(tf.size(G), G.dtype)
    d_beta = tf.reduce_sum(G, 0, keepdims=True)
    d_gamma = tf.reduce_sum(G * Z_norm, 0, keepdims=True)
    d_Z = gamma / tf.sqrt(variance + epsilon) * (G - d_beta / M - Z_norm * d_gamma / M)
    return {"Z": d_Z, "gamma": d_gamma, "beta": d_beta}
