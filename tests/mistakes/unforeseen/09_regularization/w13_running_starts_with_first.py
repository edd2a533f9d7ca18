"""w13_running_starts_with_first: the first batch is the start.

question: 09.5
means: another start
cause: start-value
"""
import math

import numpy as np
import tensorflow as tf


def running_statistics(batches, momentum):
    mean, variance = (tf.reduce_mean(batches[0], 0, keepdims=True), tf.math.reduce_variance(batches[0], 0, keepdims=True))
    for Z in batches[1:]:
        mean = momentum * mean + (1 - momentum) * tf.reduce_mean(Z, 0, keepdims=True)
        variance = momentum * variance + (1 - momentum) * tf.math.reduce_variance(Z, 0, keepdims=True)
    return mean, variance
