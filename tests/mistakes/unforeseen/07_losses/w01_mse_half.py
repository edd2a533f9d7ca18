"""w01_mse_half: half of the squared error, as in another lecture.

question: 07.1
means: factor 1/2 too much
cause: factor-half
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def mse(Y_hat, Y):
    return 0.5 * tf.reduce_mean(tf.reduce_sum(tf.square(Y_hat - Y), axis=1))
