"""w07_mae_abs_outside: abs outside of the sum over outputs.

question: 07.2
means: errors cancel within an example
cause: order
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def mae(Y_hat, Y):
    return tf.reduce_mean(tf.abs(tf.reduce_sum(Y_hat - Y, axis=1)))
