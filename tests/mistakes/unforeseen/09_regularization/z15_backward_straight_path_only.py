"""z15_backward_straight_path_only: takes the mean and the variance as constants, so only the straight path is left.

question: 09.4
means: mean and variance taken as constants
cause: missing-term
"""

import tensorflow as tf


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    beta_grad = tf.reduce_sum(G, axis=0, keepdims=True)
    gamma_grad = tf.reduce_sum(G * Z_norm, axis=0, keepdims=True)
    return {"Z": G * gamma / tf.sqrt(variance + epsilon), "gamma": gamma_grad, "beta": beta_grad}
