"""n9_next_seed_to_the_right: draws down with the seed, and right with the next one.

question: 09.7
means: right is drawn as down of the next seed
cause: seed, same-draws
"""

import math

import numpy as np
import tensorflow as tf


def random_shifts(count, largest, seed):
    down = tf.random.stateless_uniform((count,), (seed, 0), -largest, largest + 1, dtype=tf.int32)
    right = tf.random.stateless_uniform((count,), (seed + 1, 0), -largest, largest + 1, dtype=tf.int32)
    return tf.stack([down, right], axis=1)
