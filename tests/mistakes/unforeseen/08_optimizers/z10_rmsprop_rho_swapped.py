"""z10_rmsprop_rho_swapped: gives rho to the new square and 1 - rho to the old average.

question: 08.5
means: rho and 1 - rho exchanged
cause: weights-swapped
"""

import tensorflow as tf


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    s = {k: (1 - rho) * state[k] + rho * tf.square(g[k]) for k in w}
    return {k: w[k] - learning_rate * g[k] / (tf.sqrt(s[k]) + epsilon) for k in w}, s
