"""w14_running_weighted_by_size: larger batches count more.

question: 09.5
means: weights by size
cause: weighted-mean, unweighted-mean, wrong-count
named: no
"""
import math

import numpy as np
import tensorflow as tf


def running_statistics(batches, momentum):
    mean, variance = 0.0, 1.0
    largest = max(len(Z) for Z in batches)
    for Z in batches:
        a = (1 - momentum) * len(Z) / largest
        mean = (1 - a) * mean + a * tf.reduce_mean(Z, 0, keepdims=True)
        variance = (1 - a) * variance + a * tf.math.reduce_variance(Z, 0, keepdims=True)
    return mean, variance
