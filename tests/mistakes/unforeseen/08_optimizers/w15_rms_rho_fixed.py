"""w15_rms_rho_fixed: rho is 0.9, whatever is given.

question: 08.5
means: hard coded
cause: hard-coded, not-used, constant
"""
import math

import numpy as np
import tensorflow as tf


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    s = {k: 0.9 * state[k] + 0.1 * g[k] ** 2 for k in w}
    return {k: w[k] - learning_rate * g[k] / (tf.sqrt(s[k]) + epsilon) for k in w}, s
