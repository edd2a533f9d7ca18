"""w07_mom_swapped_return: velocity first, weights second.

question: 08.2
means: returned in the wrong order
cause: returned-swapped
"""
import math

import numpy as np
import tensorflow as tf


def momentum(w, g, state, learning_rate, mu):
    v = {k: mu * state[k] - learning_rate * g[k] for k in w}
    new_w = {k: w[k] + v[k] for k in w}
    return v, new_w
