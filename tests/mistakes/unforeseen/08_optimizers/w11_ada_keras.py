"""w11_ada_keras: as in Keras: epsilon under the root.

question: 08.4
means: eps inside sqrt
cause: inside-root
"""
import math

import numpy as np
import tensorflow as tf


def adagrad(w, g, state, learning_rate, epsilon):
    s = {k: state[k] + tf.square(g[k]) for k in w}
    return {k: w[k] - learning_rate * g[k] * tf.math.rsqrt(s[k] + epsilon) for k in w}, s
