"""z14_forward_epsilon_outside: adds epsilon to the standard deviation, as Adam does, and not to the variance.

question: 09.3
means: epsilon added to the standard deviation
cause: inside-root
"""

import math

import tensorflow as tf


def batchnorm_forward(Z, gamma, beta, epsilon):
    mean = tf.reduce_mean(Z, axis=0, keepdims=True)
    std = tf.math.reduce_std(Z, axis=0, keepdims=True)
    Z_norm = (Z - mean) / (std + epsilon)
    return gamma * Z_norm + beta, Z_norm, mean, std**2
