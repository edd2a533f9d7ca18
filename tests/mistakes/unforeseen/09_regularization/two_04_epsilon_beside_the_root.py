"""two_04_epsilon_beside_the_root: adds epsilon to the root instead of the variance, forward and backward.

question: 09.3
means: epsilon added to the root
cause: inside-root
"""

import tensorflow as tf


def batchnorm_forward(Z, gamma, beta, epsilon):
    mean = tf.reduce_mean(Z, axis=0, keepdims=True)
    variance = tf.reduce_mean((Z - mean) ** 2, axis=0, keepdims=True)
    Z_norm = (Z - mean) / (tf.sqrt(variance) + epsilon)
    return gamma * Z_norm + beta, Z_norm, mean, variance


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    M = G.shape[0]
    beta_grad = tf.reduce_sum(G, axis=0, keepdims=True)
    gamma_grad = tf.reduce_sum(G * Z_norm, axis=0, keepdims=True)
    inner = G - beta_grad / M - Z_norm * gamma_grad / M
    return {"Z": gamma / (tf.sqrt(variance) + epsilon) * inner, "gamma": gamma_grad, "beta": beta_grad}
