"""z13_adam_no_power_of_t: divides by 1 - beta in every step, which is right in the first step alone.

question: 08.6
means: correction without the power t
cause: bias-correction, exponent
"""

import tensorflow as tf


def adam(w, g, state, learning_rate, beta_1, beta_2, epsilon):
    m = {k: beta_1 * state["m"][k] + (1 - beta_1) * g[k] for k in w}
    s = {k: beta_2 * state["s"][k] + (1 - beta_2) * g[k] ** 2 for k in w}
    new_w = {}
    for k in w:
        m_hat = m[k] / (1 - beta_1)
        s_hat = s[k] / (1 - beta_2)
        new_w[k] = w[k] - learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)
    return new_w, {"t": state["t"] + 1, "m": m, "s": s}
