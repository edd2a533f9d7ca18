"""he_seed: seed ignored: global set_seed at module level, uses tf.random.normal(seed=seed).

question: 06.11
means: op seed depends on what was drawn before
cause: seed
"""
import math

import keras
import numpy as np
import tensorflow as tf


def he_normal(n, m, seed):
    return tf.random.normal((n, m), stddev=math.sqrt(2 / n), seed=seed)
