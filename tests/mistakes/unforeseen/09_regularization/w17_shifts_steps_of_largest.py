"""w17_shifts_steps_of_largest: only -largest, 0 and largest.

question: 09.7
means: another distribution
cause: distribution
"""
import math

import numpy as np
import tensorflow as tf


def random_shifts(count, largest, seed):
    return largest * tf.random.stateless_uniform((count, 2), (seed, 3), -1, 2, dtype=tf.int32)
