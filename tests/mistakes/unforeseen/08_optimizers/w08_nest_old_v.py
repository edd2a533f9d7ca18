"""w08_nest_old_v: the look-ahead uses the old velocity: w + mu v_old - lr g.

question: 08.3
means: plain momentum by another road
cause: nesterov, stale-value, other-function
"""
import math

import numpy as np
import tensorflow as tf


def nesterov(w, g, state, learning_rate, mu):
    v = {k: mu * state[k] - learning_rate * g[k] for k in w}
    new_w = {k: w[k] + mu * state[k] - learning_rate * g[k] for k in w}
    return new_w, v
