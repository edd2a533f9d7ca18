"""z11_rmsprop_float32: goes through NumPy and makes float32 tensors of everything, also of float64 weights.

question: 08.5
means: always float32
cause: dtype
"""

import numpy as np
import tensorflow as tf


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    new_w, new_s = {}, {}
    for name in w:
        grad = g[name].numpy()
        s = rho * state[name].numpy() + (1 - rho) * grad**2
        step = learning_rate * grad / (np.sqrt(s) + epsilon)
        new_s[name] = tf.constant(s, dtype=tf.float32)
        new_w[name] = tf.constant(w[name].numpy() - step, dtype=tf.float32)
    return new_w, new_s
