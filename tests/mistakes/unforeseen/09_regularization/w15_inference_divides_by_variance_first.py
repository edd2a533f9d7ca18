"""w15_inference_divides_by_variance_first: mean is subtracted after the division.

question: 09.6
means: two steps in the wrong order
cause: order, parentheses
named: no
"""
import math

import numpy as np
import tensorflow as tf


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    return gamma * (Z / tf.sqrt(variance + epsilon) - mean) + beta
