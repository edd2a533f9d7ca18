"""z12_forward_unbiased: divides the squared deviations by M - 1 as in statistics.

question: 09.3
means: variance divides by M - 1
cause: sample-variance
"""

import tensorflow as tf


def batchnorm_forward(Z, gamma, beta, epsilon):
    M = Z.shape[0]
    mean = tf.reduce_sum(Z, axis=0, keepdims=True) / M
    variance = tf.reduce_sum((Z - mean) ** 2, axis=0, keepdims=True) / (M - 1)
    Z_norm = (Z - mean) / tf.sqrt(variance + epsilon)
    return gamma * Z_norm + beta, Z_norm, mean, variance
