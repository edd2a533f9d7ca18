"""w13_rms_average_of_g: the average is of the gradients, and its square is below the line.

question: 08.5
means: squares the average
cause: order, missing-function, other-function
"""
import math

import numpy as np
import tensorflow as tf


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    a = {k: rho * state[k] + (1 - rho) * g[k] for k in w}
    return {k: w[k] - learning_rate * g[k] / (tf.sqrt(a[k] ** 2) + epsilon) for k in w}, a
