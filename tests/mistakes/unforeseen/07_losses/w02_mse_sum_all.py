"""w02_mse_sum_all: sums everything, no mean over examples.

question: 07.1
means: missing mean
cause: missing-mean
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def mse(Y_hat, Y):
    return tf.reduce_sum((Y_hat - Y) ** 2)
