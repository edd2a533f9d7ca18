"""w16_shifts_int64: NumPy's int64.

question: 09.7
means: another dtype
cause: dtype
"""
import math

import numpy as np
import tensorflow as tf


def random_shifts(count, largest, seed):
    return tf.constant(np.random.default_rng(seed).integers(-largest, largest + 1, size=(count, 2)))
