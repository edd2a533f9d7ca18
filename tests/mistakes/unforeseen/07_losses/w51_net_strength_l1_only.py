"""w51_net_strength_l1_only: strength multiplies the L1 term alone (brackets).

question: 07.13
means: missing brackets
cause: order
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def elastic_net_penalty(params, strength, mix):
    Ws = [v for k, v in params.items() if k.startswith("W")]
    l1 = tf.add_n([tf.reduce_sum(tf.abs(W)) for W in Ws])
    l2 = tf.add_n([tf.reduce_sum(W ** 2) for W in Ws])
    return strength * mix * l1 + (1 - mix) / 2 * l2
