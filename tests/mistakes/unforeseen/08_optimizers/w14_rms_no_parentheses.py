"""w14_rms_no_parentheses: the parentheses below the line are missing.

question: 08.5
means: / sqrt + eps
cause: parentheses
"""
import math

import numpy as np
import tensorflow as tf


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    s = {}
    out = {}
    for k in w:
        s[k] = rho * state[k] + (1 - rho) * g[k] * g[k]
        out[k] = w[k] - learning_rate * g[k] / tf.sqrt(s[k]) + epsilon
    return out, s
