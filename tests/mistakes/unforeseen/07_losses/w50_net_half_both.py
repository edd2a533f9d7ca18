"""w50_net_half_both: one half at both terms, as on the slide.

question: 07.13
means: 1/2 at the L1 term too
cause: factor-half
"""
import math

import numpy as np
import tensorflow as tf

EPSILON = 2.0**-23


def elastic_net_penalty(params, strength, mix):
    total = 0.0
    for name, W in params.items():
        if name.startswith("W"):
            total += 0.5 * (mix * tf.reduce_sum(tf.abs(W)) + (1 - mix) * tf.reduce_sum(W ** 2))
    return strength * total
