"""z23_shifts_both_the_same: draws one number for each image and uses it for both directions.

question: 09.7
means: down and right are the same number
cause: same-draws
"""

import numpy as np
import tensorflow as tf


def random_shifts(count, largest, seed):
    rng = np.random.default_rng(seed)
    one = rng.integers(-largest, largest + 1, size=(count, 1))
    return tf.constant(np.repeat(one, 2, axis=1), dtype=tf.int32)
