"""w05_mom_rate_later: the rate multiplies the whole velocity, as in PyTorch.

question: 08.2
means: v = mu v + g, w = w - lr v
cause: rate-place, misplaced-factor
"""
import math

import numpy as np
import tensorflow as tf


def momentum(w, g, state, learning_rate, mu):
    v = {k: mu * state[k] + g[k] for k in w}
    return {k: w[k] - learning_rate * v[k] for k in w}, v
