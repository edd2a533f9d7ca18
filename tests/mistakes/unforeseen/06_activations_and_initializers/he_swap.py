"""he_swap: shape (m, n), as PyTorch stores weights, fan-in right.

question: 06.11
means: transposed convention
cause: transpose
"""
import math

import keras
import numpy as np
import tensorflow as tf


def he_normal(n, m, seed):
    return math.sqrt(2 / n) * tf.random.stateless_normal((m, n), (seed, 0))
