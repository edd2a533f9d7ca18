"""w18_adam_keras_form: the paper's efficient form, with epsilon beside the uncorrected root, as Keras has it.

question: 08.6
means: epsilon hat
cause: epsilon, bias-correction, misplaced-factor, order
"""
import math

import numpy as np
import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    m = {k: beta_1 * state["m"][k] + (1 - beta_1) * g[k] for k in w}
    s = {k: beta_2 * state["s"][k] + (1 - beta_2) * g[k] ** 2 for k in w}
    alpha = learning_rate * math.sqrt(1 - beta_2 ** t) / (1 - beta_1 ** t)
    return {k: w[k] - alpha * m[k] / (tf.sqrt(s[k]) + epsilon) for k in w}, {"t": t, "m": m, "s": s}
