"""z20_inference_uses_the_batch: normalizes with the mean and the variance of the batch and does not use the running ones.

question: 09.6
means: statistics of the test batch
cause: wrong-source
"""

import math

import tensorflow as tf


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    mean = tf.reduce_mean(Z, axis=0, keepdims=True)
    variance = tf.math.reduce_variance(Z, axis=0, keepdims=True)
    return gamma * (Z - mean) / tf.sqrt(variance + epsilon) + beta
