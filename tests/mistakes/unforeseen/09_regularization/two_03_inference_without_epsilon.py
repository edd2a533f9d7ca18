"""two_03_inference_without_epsilon: leaves epsilon out of the inference, and the forward pass calls it with the statistics of the batch.

question: 09.6
means: epsilon is left out
cause: missing-term, epsilon
"""

import tensorflow as tf


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    return gamma * (Z - mean) / tf.sqrt(variance) + beta


def batchnorm_forward(Z, gamma, beta, epsilon):
    mean = tf.reduce_mean(Z, axis=0, keepdims=True)
    variance = tf.reduce_mean((Z - mean) ** 2, axis=0, keepdims=True)
    Z_norm = batchnorm_inference(Z, tf.ones_like(gamma), tf.zeros_like(beta), mean, variance, epsilon)
    return gamma * Z_norm + beta, Z_norm, mean, variance
