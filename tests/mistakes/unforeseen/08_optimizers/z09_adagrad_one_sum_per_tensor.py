"""z09_adagrad_one_sum_per_tensor: sums the squares over all entries of a tensor, so each entry has the same rate; for a single number it is right.

question: 08.4
means: one sum for a whole tensor
cause: axis
"""

import tensorflow as tf


def adagrad(w, g, state, learning_rate, epsilon):
    new_w, new_s = {}, {}
    for name in w:
        new_s[name] = state[name] + tf.reduce_sum(tf.square(g[name]))
        new_w[name] = w[name] - learning_rate * g[name] / (tf.sqrt(new_s[name]) + epsilon)
    return new_w, new_s
