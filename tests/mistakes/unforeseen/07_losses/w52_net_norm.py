"""w52_net_norm: tf.norm (root of the sum of squares) in place of the sum of squares.

question: 07.13
means: norm not squared
cause: extra-function
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def elastic_net_penalty(params, strength, mix):
    total = 0.0
    for name, W in params.items():
        if name.startswith("W"):
            total += mix * tf.reduce_sum(tf.abs(W)) + (1 - mix) / 2 * tf.norm(W)
    return strength * total
