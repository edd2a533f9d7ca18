"""w16_adam_t_old: the correction takes the t that was given.

question: 08.6
means: t not yet counted up
cause: bias-correction, exponent, stale-value
"""
import math

import numpy as np
import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t, m, s = state["t"], {}, {}
    new_w = {}
    for k in w:
        m[k] = beta_1 * state["m"][k] + (1 - beta_1) * g[k]
        s[k] = beta_2 * state["s"][k] + (1 - beta_2) * g[k] ** 2
        mh = m[k] / (1 - beta_1 ** t) if t else m[k]
        sh = s[k] / (1 - beta_2 ** t) if t else s[k]
        new_w[k] = w[k] - learning_rate * mh / (tf.sqrt(sh) + epsilon)
    return new_w, {"t": t + 1, "m": m, "s": s}
