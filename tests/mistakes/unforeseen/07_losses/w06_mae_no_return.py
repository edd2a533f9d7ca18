"""w06_mae_no_return: return forgotten.

question: 07.2
means: missing return
cause: no-return
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def mae(Y_hat, Y):
    loss = tf.reduce_mean(tf.reduce_sum(tf.abs(Y_hat - Y), axis=1))
