"""w02_sgd_norm: the gradient is divided by its length, to have steps of one size.

question: 08.1
means: a unit gradient
cause: normalised, extra-function
"""
import math

import numpy as np
import tensorflow as tf


def sgd(w, g, state, learning_rate):
    moved = {}
    for key in w:
        unit = g[key] / tf.norm(g[key])
        moved[key] = w[key] - learning_rate * unit
    return moved, state
