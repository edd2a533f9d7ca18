"""z19_running_weighted_by_size: lets a batch count by its number of examples compared with the largest batch.

question: 09.5
means: larger batches count more
cause: weighted-mean, wrong-count, other-mean
"""

import tensorflow as tf


def running_statistics(batches, momentum):
    mean = tf.zeros_like(batches[0][:1])
    variance = tf.ones_like(batches[0][:1])
    largest = max(len(Z) for Z in batches)
    for Z in batches:
        new = (1 - momentum) * len(Z) / largest
        mu = tf.reduce_mean(Z, axis=0, keepdims=True)
        v = tf.reduce_mean((Z - mu) ** 2, axis=0, keepdims=True)
        mean = (1 - new) * mean + new * mu
        variance = (1 - new) * variance + new * v
    return mean, variance
