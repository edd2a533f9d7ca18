"""w53_net_mix_swapped: mix and 1 - mix swapped.

question: 07.13
means: L1 and L2 swapped
cause: weights-swapped
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def elastic_net_penalty(params, strength, mix):
    total = 0.0
    for name, W in params.items():
        if name.startswith("W"):
            total += (1 - mix) * tf.reduce_sum(tf.abs(W)) + mix / 2 * tf.reduce_sum(W ** 2)
    return strength * total
