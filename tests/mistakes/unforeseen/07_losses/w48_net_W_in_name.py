"""w48_net_W_in_name: 'W' in name rather than at its beginning.

question: 07.13
means: would count names such as bW
right: names begin with W or with b, as the docstring says
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def elastic_net_penalty(params, strength, mix):
    total = 0.0
    for name in params:
        if "W" in name:
            W = params[name]
            total += mix * tf.reduce_sum(tf.abs(W)) + (1 - mix) / 2 * tf.reduce_sum(W ** 2)
    return strength * total
