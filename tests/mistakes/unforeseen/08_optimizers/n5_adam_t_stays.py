"""n5_adam_t_stays: hands t back as it was.

question: 08.6
means: t is not counted up
cause: fresh-state, missing-step
"""

import math

import numpy as np
import tensorflow as tf


def adam(
    w: Tensors, g: Tensors, state: dict, learning_rate: float, beta_1: float, beta_2: float, epsilon: float
) -> tuple[Tensors, dict]:
    t = state["t"] + 1
    m = {name: beta_1 * state["m"][name] + (1 - beta_1) * g[name] for name in w}
    s = {name: beta_2 * state["s"][name] + (1 - beta_2) * tf.square(g[name]) for name in w}
    moved = {}
    for name in w:
        m_hat = m[name] / (1 - beta_1**t)
        s_hat = s[name] / (1 - beta_2**t)
        moved[name] = w[name] - learning_rate * m_hat / (tf.sqrt(s_hat) + epsilon)
    return moved, {"t": state["t"], "m": m, "s": s}
