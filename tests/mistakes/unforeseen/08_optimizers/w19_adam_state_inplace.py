"""w19_adam_state_inplace: the state is changed and handed back.

question: 08.6
means: mutates state
cause: changes-argument, no-copy
"""
import math

import numpy as np
import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    state["t"] += 1
    t = state["t"]
    new_w = {}
    for k in w:
        state["m"][k] = beta_1 * state["m"][k] + (1 - beta_1) * g[k]
        state["s"][k] = beta_2 * state["s"][k] + (1 - beta_2) * g[k] ** 2
        mh = state["m"][k] / (1 - beta_1 ** t)
        sh = state["s"][k] / (1 - beta_2 ** t)
        new_w[k] = w[k] - learning_rate * mh / (tf.sqrt(sh) + epsilon)
    return new_w, state
