"""z15_adam_state_in_place: counts t and fills m and s in the dict it was given and returns the same one.

question: 08.6
means: writes into the given state
cause: changes-argument, no-copy
"""

import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    state["t"] += 1
    t = state["t"]
    new_w = {}
    for name in w:
        state["m"][name] = beta_1 * state["m"][name] + (1 - beta_1) * g[name]
        state["s"][name] = beta_2 * state["s"][name] + (1 - beta_2) * g[name] ** 2
        m_hat = state["m"][name] / (1 - beta_1**t)
        s_hat = state["s"][name] / (1 - beta_2**t)
        new_w[name] = w[name] - learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)
    return new_w, state
