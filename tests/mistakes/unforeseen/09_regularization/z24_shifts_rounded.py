"""z24_shifts_rounded: rounds uniform numbers from -largest to largest, so both ends are half as likely as the others.

question: 09.7
means: both ends half as likely
cause: distribution, rounding
"""

import tensorflow as tf


def random_shifts(count, largest, seed):
    drawn = tf.random.stateless_uniform((count, 2), (seed, 0), -float(largest), float(largest))
    return tf.cast(tf.round(drawn), tf.int32)
