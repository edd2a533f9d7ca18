"""w20_adam_hats_kept: what is kept is corrected.

question: 08.6
means: m_hat and s_hat go into the state
cause: stale-value, bias-correction
"""
import math

import numpy as np
import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    m, s, new_w = {}, {}, {}
    for k in w:
        m[k] = (beta_1 * state["m"][k] + (1 - beta_1) * g[k]) / (1 - beta_1 ** t)
        s[k] = (beta_2 * state["s"][k] + (1 - beta_2) * g[k] ** 2) / (1 - beta_2 ** t)
        new_w[k] = w[k] - learning_rate * m[k] / (tf.sqrt(s[k]) + epsilon)
    return new_w, {"t": t, "m": m, "s": s}
