"""w35_slide_log10: base 10, as the slide's other figure.

question: 07.10
means: logarithm of base 10
cause: logarithm
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def slide_cross_entropy(P, Y):
    log10 = tf.math.log(tf.maximum(P, EPSILON)) / math.log(10)
    return -tf.reduce_mean(tf.reduce_sum(Y * log10, axis=1))
