"""w17_adam_t_in_loop: t is counted up once for each weight.

question: 08.6
means: t + 1 inside the loop
cause: repeated-step, exponent, off-by-one, bias-correction, factor-two
"""
import math

import numpy as np
import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"]
    m, s, new_w = {}, {}, {}
    for k in w:
        t += 1
        m[k] = beta_1 * state["m"][k] + (1 - beta_1) * g[k]
        s[k] = beta_2 * state["s"][k] + (1 - beta_2) * g[k] ** 2
        mh = m[k] / (1 - beta_1 ** t)
        sh = s[k] / (1 - beta_2 ** t)
        new_w[k] = w[k] - learning_rate * mh / (tf.sqrt(sh) + epsilon)
    return new_w, {"t": t, "m": m, "s": s}
