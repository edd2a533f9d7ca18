"""w34_slide_1_minus: keeps the slide's 1 - P.

question: 07.10
means: log(1 - P)
cause: complement
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def slide_cross_entropy(P, Y):
    return -tf.reduce_mean(tf.reduce_sum(Y * tf.math.log(tf.maximum(1 - P, EPSILON)), axis=1))
