"""gn_variance: stddev argument gets the variance.

question: 06.10
means: slide value taken as stddev
cause: missing-function
"""
import math

import keras
import numpy as np
import tensorflow as tf


def glorot_normal(n, m, seed):
    return tf.random.stateless_normal((n, m), (seed, 0), stddev=2 / (n + m))
