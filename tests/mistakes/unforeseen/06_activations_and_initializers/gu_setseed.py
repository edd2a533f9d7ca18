"""gu_setseed: tf.random.set_seed and tf.random.uniform in right range with the *std* as the limit.

question: 06.9
means: limit sqrt(2/(n+m)) - confuses std with limit
cause: constant
"""
import math

import keras
import numpy as np
import tensorflow as tf


def glorot_uniform(n, m, seed):
    tf.random.set_seed(seed)
    s = weight_scales(n, m)["glorot_normal"]
    return tf.random.uniform((n, m), -s, s)
