"""w12_ada_old_sum: the step divides by the root of the old sum.

question: 08.4
means: old sum
cause: stale-value
"""
import math

import numpy as np
import tensorflow as tf


def adagrad(w, g, state, learning_rate, epsilon):
    new_w = {}
    new_s = {}
    for k, grad in g.items():
        new_w[k] = w[k] - learning_rate * grad / (tf.sqrt(state[k]) + epsilon)
        new_s[k] = state[k] + grad ** 2
    return new_w, new_s
