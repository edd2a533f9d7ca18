"""w09_norm_no_keepdims: mean and variance are vectors.

question: 09.3
means: rows without their axis
cause: keepdims, shape
"""
import math

import numpy as np
import tensorflow as tf


def batchnorm_forward(Z, gamma, beta, epsilon):
    mean, variance = tf.nn.moments(Z, axes=[0])
    hat = (Z - mean) / tf.sqrt(variance + epsilon)
    return gamma * hat + beta, hat, mean, variance
