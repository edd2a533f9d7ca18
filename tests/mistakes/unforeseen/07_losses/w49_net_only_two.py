"""w49_net_only_two: W1 and W2 alone, hard-coded.

question: 07.13
means: hard-coded number of layers
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def elastic_net_penalty(params, strength, mix):
    total = 0.0
    for W in (params["W1"], params["W2"]):
        total += mix * tf.reduce_sum(tf.abs(W)) + (1 - mix) / 2 * tf.reduce_sum(W ** 2)
    return strength * total
