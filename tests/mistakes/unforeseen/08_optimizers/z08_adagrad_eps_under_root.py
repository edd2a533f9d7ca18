"""z08_adagrad_eps_under_root: adds epsilon under the root as Keras does.

question: 08.4
means: epsilon under the root
cause: inside-root
"""

import tensorflow as tf


def adagrad(w, g, state, learning_rate, epsilon):
    s = {k: state[k] + g[k] ** 2 for k in w}
    return {k: w[k] - learning_rate * g[k] / tf.sqrt(s[k] + epsilon) for k in w}, s
