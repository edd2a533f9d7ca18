"""z17_running_momentum_swapped: gives the momentum to the new batch, as PyTorch's momentum does; at 0.5 nobody sees it.

question: 09.5
means: momentum weighs the new batch
cause: weights-swapped
"""

import math

import tensorflow as tf


def running_statistics(batches, momentum):
    mean = tf.zeros_like(batches[0][:1])
    variance = tf.ones_like(batches[0][:1])
    for Z in batches:
        mean = (1 - momentum) * mean + momentum * tf.reduce_mean(Z, axis=0, keepdims=True)
        variance = (1 - momentum) * variance + momentum * tf.math.reduce_variance(Z, axis=0, keepdims=True)
    return mean, variance
