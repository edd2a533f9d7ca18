"""two_02_unbiased_in_running_too: divides by M - 1 in the forward pass, and the running variance takes it from there.

question: 09.3
means: variance divides by M - 1
cause: sample-variance
carried: 09.5
"""

import tensorflow as tf


def batchnorm_forward(Z, gamma, beta, epsilon):
    M = len(Z)
    mean = tf.reduce_mean(Z, axis=0, keepdims=True)
    variance = tf.reduce_sum(tf.square(Z - mean), axis=0, keepdims=True) / max(M - 1, 1)
    Z_norm = (Z - mean) / tf.sqrt(variance + epsilon)
    return gamma * Z_norm + beta, Z_norm, mean, variance


def running_statistics(batches, momentum):
    zero, one = tf.zeros_like(batches[0][:1]), tf.ones_like(batches[0][:1])
    running_mean, running_variance = zero, one
    for Z in batches:
        _, _, mean, variance = batchnorm_forward(Z, one, zero, 1e-3)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_variance = momentum * running_variance + (1 - momentum) * variance
    return running_mean, running_variance
