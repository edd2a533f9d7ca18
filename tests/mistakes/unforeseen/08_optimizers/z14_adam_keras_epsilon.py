"""z14_adam_keras_epsilon: copies Keras's update, where the correction is in the rate and epsilon is added to the root of the uncorrected average.

question: 08.6
means: epsilon at the uncorrected root
cause: order, inside-root, epsilon, bias-correction
"""

import math

import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    m = {k: beta_1 * state["m"][k] + (1 - beta_1) * g[k] for k in w}
    s = {k: beta_2 * state["s"][k] + (1 - beta_2) * tf.square(g[k]) for k in w}
    alpha = learning_rate * math.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return {k: w[k] - alpha * m[k] / (tf.sqrt(s[k]) + epsilon) for k in w}, {"t": t, "m": m, "s": s}
