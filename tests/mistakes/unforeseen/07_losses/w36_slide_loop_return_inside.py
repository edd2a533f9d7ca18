"""w36_slide_loop_return_inside: loop over examples with return inside the loop.

question: 07.10
means: returns after the first example
cause: wrong-value
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def slide_cross_entropy(P, Y):
    N = len(P)
    loss = 0
    for p, y in zip(P, Y):
        loss += -(1 / N) * tf.reduce_sum(y * tf.math.log(tf.maximum(p, EPSILON)))
        return loss
