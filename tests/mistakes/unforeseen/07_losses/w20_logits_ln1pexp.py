"""w20_logits_ln1pexp: softplus written as ln(1+e^z), which overflows.

question: 07.5
means: overflow at 1000
cause: not-finite
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def binary_cross_entropy_from_logits(Z, Y):
    loss = Y * tf.math.log(1 + tf.exp(-Z)) + (1 - Y) * tf.math.log(1 + tf.exp(Z))
    return tf.reduce_mean(tf.reduce_sum(loss, axis=1))
