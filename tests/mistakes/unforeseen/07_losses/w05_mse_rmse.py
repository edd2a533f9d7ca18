"""w05_mse_rmse: takes the root of the squared error of each example (Euclidean distance).

question: 07.1
means: root too much
cause: extra-function
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def mse(Y_hat, Y):
    return tf.reduce_mean(tf.sqrt(tf.reduce_sum((Y_hat - Y) ** 2, axis=1)))
