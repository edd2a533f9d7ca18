"""w09_nest_cs231n_one_mu: (1 + mu) v - mu v_old with the two mixed up.

question: 08.3
means: -mu v + (1 + mu) v_old
cause: stale-value, arguments-swapped, operands-swapped, wrong-value
"""
import math

import numpy as np
import tensorflow as tf


def nesterov(w, g, state, learning_rate, mu):
    new_w, new_v = {}, {}
    for k in w:
        v_prev = state[k]
        v = mu * v_prev - learning_rate * g[k]
        new_w[k] = w[k] - mu * v + (1 + mu) * v_prev
        new_v[k] = v
    return new_w, new_v
