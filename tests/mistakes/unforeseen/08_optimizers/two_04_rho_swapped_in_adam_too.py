"""two_04_rho_swapped_in_adam_too: exchanges rho and 1 - rho in rmsprop, and adam takes its average of squares from there.

question: 08.5
means: rho and 1 - rho exchanged
cause: weights-swapped
"""

import tensorflow as tf


def rmsprop(w, g, state, learning_rate, rho, epsilon):
    s = {name: (1 - rho) * state[name] + rho * tf.square(g[name]) for name in w}
    return {name: w[name] - learning_rate * g[name] / (tf.sqrt(s[name]) + epsilon) for name in w}, s


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    m = {name: beta_1 * state["m"][name] + (1 - beta_1) * g[name] for name in w}
    _, s = rmsprop(w, g, state["s"], learning_rate, beta_2, epsilon)
    new_w = {}
    for name in w:
        m_hat = m[name] / (1 - beta_1**t)
        s_hat = s[name] / (1 - beta_2**t)
        new_w[name] = w[name] - learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)
    return new_w, {"t": t, "m": m, "s": s}
