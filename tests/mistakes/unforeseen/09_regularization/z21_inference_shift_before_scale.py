"""z21_inference_shift_before_scale: adds beta before it multiplies by gamma.

question: 09.6
means: shifts first, then scales
cause: order, parentheses
"""

import tensorflow as tf


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    Z_norm = (Z - mean) / tf.sqrt(variance + epsilon)
    return gamma * (Z_norm + beta)
