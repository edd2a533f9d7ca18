"""z22_shifts_without_upper_end: forgets that maxval is left out, so no image moves by the largest number down or right.

question: 09.7
means: largest itself is never drawn
cause: off-by-one
"""

import tensorflow as tf


def random_shifts(count, largest, seed):
    return tf.random.stateless_uniform((count, 2), (seed, seed), minval=-largest, maxval=largest, dtype=tf.int32)
