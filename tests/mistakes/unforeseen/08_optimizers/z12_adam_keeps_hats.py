"""z12_adam_keeps_hats: puts the corrected averages into the state, so they are corrected again in each step.

question: 08.6
means: keeps corrected averages in the state
cause: stale-value, wrong-value
"""

import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    t = state["t"] + 1
    new_w, new_m, new_s = {}, {}, {}
    for name in w:
        m = beta_1 * state["m"][name] + (1 - beta_1) * g[name]
        s = beta_2 * state["s"][name] + (1 - beta_2) * tf.square(g[name])
        m = m / (1 - beta_1**t)
        s = s / (1 - beta_2**t)
        new_w[name] = w[name] - learning_rate * m / (tf.sqrt(s) + epsilon)
        new_m[name], new_s[name] = m, s
    return new_w, {"t": t, "m": new_m, "s": new_s}
