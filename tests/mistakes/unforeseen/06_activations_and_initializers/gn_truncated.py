"""gn_truncated: truncated normal as Keras does, without the 0.8796 correction.

question: 06.10
means: stateless_truncated_normal copied from Keras
cause: distribution
"""
import math

import keras
import numpy as np
import tensorflow as tf


def glorot_normal(n, m, seed):
    return tf.random.stateless_truncated_normal((n, m), (seed, 0), stddev=weight_scales(n, m)["glorot_normal"])
