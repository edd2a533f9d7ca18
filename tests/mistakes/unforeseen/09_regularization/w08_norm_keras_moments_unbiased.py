"""w08_norm_keras_moments_unbiased: NumPy's deviation with ddof=1.

question: 09.3
means: divides by M - 1
cause: sample-variance
"""
import math

import numpy as np
import tensorflow as tf


def batchnorm_forward(Z, gamma, beta, epsilon):
    z = Z.numpy()
    mu = z.mean(axis=0, keepdims=True)
    v = z.var(axis=0, keepdims=True, ddof=1 if len(z) > 1 else 0)
    hat = (z - mu) / np.sqrt(v + np.asarray(epsilon, z.dtype))
    return tuple(tf.constant(one) for one in (gamma.numpy() * hat + beta.numpy(), hat, mu, v))
